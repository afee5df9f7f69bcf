import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Pool, PoolClient } from 'pg';
import { Clock } from '../clock/clock';
import { failpoint } from '../process/failpoint';
import type { DbActor } from './db-actor';
import { inOneWrite, type Rows, type Statement } from './one-write';

const OFFSET = "SELECT set_config('unionhall.clock_offset', $1, true)";

/**
 * The one way to the database. Every transaction runs as an actor: the actor's settings are bound
 * right behind BEGIN, so row-level security holds for whatever follows.
 */
@Injectable()
export class Database {
  constructor(
    @Inject(DataSource) readonly source: DataSource,
    private readonly clock: Clock,
  ) {}

  /** The pool below TypeORM. */
  get pool(): Pool {
    return (this.source.driver as unknown as { master: Pool }).master;
  }

  /**
   * Runs `work` in one transaction as `actor`; commits when it resolves, rolls back when it throws.
   * @param name of a transaction that tests break on either side of its commit: `<name>.committing`, `<name>.committed`.
   * @throws what `work` throws, and PostgreSQL's UH001 / UH002 when the actor's rights have changed.
   */
  async tx<T>(actor: DbActor, work: (em: EntityManager) => Promise<T>, name?: string): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      await runner.startTransaction();
      await this.bind(actor, (text, values) => runner.query(text, values));
      const result = await work(runner.manager);
      if (name !== undefined) failpoint(`${name}.committing`);
      await runner.commitTransaction();
      if (name !== undefined) failpoint(`${name}.committed`);
      return result;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }

  /** As `tx`, on a bare pg client: for COPY and cursors. */
  async client<T>(actor: DbActor, work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      await this.bind(actor, (text, values) => client.query(text, values));
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      // A COPY or cursor may be half way: closing the connection rolls back, whatever state it is in.
      broken = error as Error;
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /**
   * One statement in a transaction of its own: the actor's settings and the statement leave in one
   * write, come back in one answer, and are one transaction without a BEGIN (see `inOneWrite`).
   */
  async read(actor: DbActor, statement: Statement): Promise<Rows> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      const { offsetMs } = this.clock;
      const moved = offsetMs === 0 ? [] : [{ text: OFFSET, values: [`${offsetMs} milliseconds`] }];
      return await inOneWrite(client, [...moved, actor.binding, statement]);
    } catch (error) {
      if (isConnectionLoss(error)) broken = error as Error;
      throw error;
    } finally {
      client.release(broken);
    }
  }

  private async bind(
    actor: DbActor,
    query: (text: string, values: unknown[]) => Promise<unknown>,
  ): Promise<void> {
    const { text, values } = actor.binding;
    if (this.clock.offsetMs !== 0) await query(OFFSET, [`${this.clock.offsetMs} milliseconds`]);
    await query(text, [...values]);
  }
}

function isConnectionLoss(error: unknown): boolean {
  return error instanceof Error && !('severity' in error);
}
