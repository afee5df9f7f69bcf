import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Pool, PoolClient, QueryResult } from 'pg';
import { Clock } from '../clock/clock';
import type { DbActor } from './db-actor';
import { statementName } from './named-client';

/** A parameterised statement. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

export interface ReadOptions {
  /** The statement's only write may be forgotten by a crash of the server (a ledger row): do not wait for the disk. */
  readonly relaxedCommit?: boolean;
}

const RELAXED = "SELECT set_config('synchronous_commit', 'off', true)";
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
   * @throws what `work` throws, and PostgreSQL's UH001 / UH002 when the actor's rights have changed.
   */
  async tx<T>(actor: DbActor, work: (em: EntityManager) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      await runner.startTransaction();
      await this.bind(actor, (text, values) => runner.query(text, values));
      const result = await work(runner.manager);
      await runner.commitTransaction();
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
   * One statement in a transaction of its own: BEGIN, the actor's settings, the statement and COMMIT
   * leave in one write and cost one round trip.
   */
  async read(actor: DbActor, statement: Statement, options: ReadOptions = {}): Promise<QueryResult> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      return await pipelined(client, async (send) => {
        const sent: Promise<unknown>[] = [send({ text: 'BEGIN' })];
        await this.bind(actor, (text, values) => {
          sent.push(send({ name: statementName(text), text, values }));
          return Promise.resolve();
        });
        if (options.relaxedCommit === true) sent.push(send({ text: RELAXED }));
        const answer = send({
          name: statementName(statement.text),
          text: statement.text,
          values: [...statement.values],
        });
        const end = send({ text: 'COMMIT' });
        const settled = await Promise.allSettled([...sent, answer, end]);
        const failed = settled.find((one): one is PromiseRejectedResult => one.status === 'rejected');
        if (failed) throw failed.reason;
        return answer;
      });
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

type Send = (config: { name?: string; text: string; values?: unknown[] }) => Promise<QueryResult>;

/**
 * Lets a pooled client send its queries without waiting for each answer. The errors of a failed
 * pipeline arrive statement by statement; COMMIT of a failed transaction rolls it back.
 */
async function pipelined<T>(client: PoolClient, work: (send: Send) => Promise<T>): Promise<T> {
  const switchable = client as unknown as { pipeline: boolean };
  const before = switchable.pipeline;
  switchable.pipeline = true;
  try {
    return await work((config) => client.query(config));
  } finally {
    switchable.pipeline = before;
  }
}

function isConnectionLoss(error: unknown): boolean {
  return error instanceof Error && !('severity' in error);
}
