import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../db/database';
import { BACKGROUND } from '../db/background';
import { defineJob, defineSchedule } from '../queue/jobs';
import { Queues } from '../queue/queues';

/** Something that happened. `payload` holds ids and states, never personal data. */
export interface DomainEvent<Payload extends object = Record<string, unknown>> {
  readonly type: string;
  readonly payload: Payload;
}

export interface Subscriber {
  /** Unique and stable: it marks what was handled. */
  readonly name: string;
  readonly event: string;
  /** Runs as the system, in the transaction that marks the event handled: its rows appear once. */
  handle(em: EntityManager, event: DomainEvent): Promise<void>;
}

export const RELAY_OUTBOX = defineJob('platform.relay-outbox');
defineSchedule(RELAY_OUTBOX, 2_000);

const MAX_ATTEMPTS = 12;
const BATCH = 200;

interface OutboxRow {
  id: string;
  type: string;
  payload: Record<string, unknown>;
  handled_by: string[];
}

/** Events leave with the transaction that made them true, and reach each subscriber once in effect. */
@Injectable()
export class Outbox {
  private readonly subscribers = new Map<string, Subscriber[]>();

  constructor(
    private readonly db: Database,
    private readonly queues: Queues,
  ) {}

  /** Adds a subscriber; called while the process starts. */
  subscribe(subscriber: Subscriber): void {
    const known = this.subscribers.get(subscriber.event) ?? [];
    if (known.some((one) => one.name === subscriber.name))
      throw new Error(`Two subscribers are named ${subscriber.name}.`);
    this.subscribers.set(subscriber.event, [...known, subscriber]);
  }

  /** Writes events inside the caller's transaction. */
  async emit(em: EntityManager, ...events: readonly DomainEvent<object>[]): Promise<void> {
    if (events.length === 0) return;
    await em.query(
      `INSERT INTO outbox (type, payload) SELECT type, payload::jsonb FROM unnest($1::text[], $2::text[]) AS e (type, payload)`,
      [events.map((e) => e.type), events.map((e) => JSON.stringify(e.payload))],
    );
  }

  /** Wakes the relay after a commit, so that events travel within milliseconds. */
  async nudge(): Promise<void> {
    await this.queues.wake(RELAY_OUTBOX, {}, { dedupe: 'nudge' });
  }

  /**
   * Hands due events to their subscribers, each event in a transaction of its own; a failing
   * subscriber is tried again later and parked after twelve attempts.
   * @returns how many events were handled.
   */
  async relay(): Promise<number> {
    let handled = 0;
    for (;;) {
      const ids = await this.db.tx(
        BACKGROUND,
        async (em) =>
          (await em.query(
            `SELECT id FROM outbox WHERE handled_at IS NULL AND parked_at IS NULL AND due_at <= app.now()
           ORDER BY due_at, id LIMIT $1`,
            [BATCH],
          )) as { id: string }[],
      );
      let progress = 0;
      for (const { id } of ids) progress += (await this.relayOne(id)) ? 1 : 0;
      handled += progress;
      if (progress === 0) return handled;
    }
  }

  private async relayOne(id: string): Promise<boolean> {
    try {
      return await this.db.tx(
        BACKGROUND,
        async (em) => {
          const [row] = (await em.query(
            `SELECT id, type, payload, handled_by FROM outbox
           WHERE id = $1 AND handled_at IS NULL FOR UPDATE SKIP LOCKED`,
            [id],
          )) as OutboxRow[];
          if (row === undefined) return false;
          for (const subscriber of this.subscribers.get(row.type) ?? []) {
            if (row.handled_by.includes(subscriber.name)) continue;
            await subscriber.handle(em, { type: row.type, payload: row.payload });
          }
          await em.query(`UPDATE outbox SET handled_at = app.now() WHERE id = $1`, [id]);
          return true;
        },
        'outbox.relay',
      );
    } catch (error) {
      await this.db.tx(BACKGROUND, (em) =>
        em.query(
          `UPDATE outbox SET attempts = attempts + 1, last_error = left($2, 500),
             due_at = app.now() + make_interval(secs => least(3600, power(2, attempts))),
             parked_at = CASE WHEN attempts + 1 >= $3 THEN app.now() END
           WHERE id = $1`,
          [id, (error as Error).message, MAX_ATTEMPTS],
        ),
      );
      return false;
    }
  }
}
