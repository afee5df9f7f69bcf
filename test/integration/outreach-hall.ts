import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { systemActor } from '@unionhall/identity';
import { AdvanceService, SendService, SequencesService } from '@unionhall/outreach';
import { Clock, Outbox } from '@unionhall/platform';
import { createApi } from '../../apps/api/src/create-api';
import { asOwner, cloneDatabase, testConfig } from '../support/database';

export const SYSTEM = systemActor('test');
export const DAY = 86_400_000;

export interface Delivery {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly state: string;
  readonly reason: string | null;
  readonly attempts: number;
}

export interface Invited {
  readonly chapterId: string;
  readonly gatheringId: string;
  readonly sequenceId: string;
}

export interface Training {
  /** Local time in the zone; three days from now by default. */
  readonly startsAt?: string;
  readonly timeZone?: string;
  readonly people: number;
}

/** The whole API over a database of its own, sending to a given mail server; nothing moves by itself. */
export interface OutreachHall {
  readonly app: NestFastifyApplication;
  readonly clock: Clock;
  readonly databaseUrl: string;
  readonly send: SendService;
  /** As the owner, seeing all. */
  look<T>(sql: string, values?: readonly unknown[]): Promise<T[]>;
  /** By address, then step. */
  ledger(): Promise<Delivery[]>;
  /** A training, members m001… who may be written to about it, and their sequence; invitations are due. */
  invite(training: Training): Promise<Invited>;
  /** Hands on the news, moves everyone whose time has come, sends what is due. */
  turn(): Promise<void>;
  close(): Promise<void>;
}

export async function openOutreach(environment: NodeJS.ProcessEnv): Promise<OutreachHall> {
  const database = await cloneDatabase();
  const clock = new Clock();
  const app = await createApi({ config: testConfig(database.url, environment), clock });
  const look = <T>(sql: string, values: readonly unknown[] = []): Promise<T[]> =>
    asOwner(database.url, async (client) => {
      await client.query(`SELECT set_config('unionhall.sees_all', 'on', false)`);
      return (await client.query(sql, [...values])).rows as T[];
    });
  let trainings = 0;
  const invite = async ({
    people,
    startsAt,
    timeZone = 'America/Los_Angeles',
  }: Training): Promise<Invited> => {
    const nth = ++trainings;
    const [chapter] = (await look<{ id: string }>(
      `INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ('Oakland', 'city', $1, $2, 'en') RETURNING id`,
      [`oakland-${nth}`, timeZone],
    )) as [{ id: string }];
    await look(
      `WITH made AS (
         INSERT INTO member (chapter_id, given_name, email, email_key, status)
         SELECT $1, 'Given', k, k, 'member' FROM (SELECT 'm' || lpad(n::text, 3, '0') || $3 || '@example.org' AS k
           FROM generate_series(1, $2::int) n) s RETURNING id, chapter_id)
       INSERT INTO consent (member_id, chapter_id, purpose, channel, state, wording, source)
       SELECT id, chapter_id, 'events', 'email', 'granted', 'Yes', 'test' FROM made`,
      [chapter.id, people, nth === 1 ? '' : `.${nth}`],
    );
    const [gathering] = (await look<{ id: string }>(
      `INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone)
       SELECT $1, 'training', 'Log off', t, t + interval '1 hour', $2
         FROM (SELECT coalesce($3::timestamp AT TIME ZONE $2, now() + interval '3 days') AS t) s RETURNING id`,
      [chapter.id, timeZone, startsAt ?? null],
    )) as [{ id: string }];
    const { id } = await app.get(SequencesService).startTraining(SYSTEM, {
      gatheringId: gathering.id,
      segment: { chapterId: chapter.id },
      idempotencyKey: `training ${nth}`,
    });
    await app.get(AdvanceService).advance();
    return { chapterId: chapter.id, gatheringId: gathering.id, sequenceId: id };
  };
  const send = app.get(SendService);
  return {
    app,
    clock,
    databaseUrl: database.url,
    send,
    look,
    invite,
    ledger: () =>
      look(
        `SELECT d.id, m.email, st.config->>'name' AS name, d.state, d.reason, d.attempts
           FROM delivery d JOIN member m ON m.id = d.member_id JOIN sequence_step st ON st.id = d.step_id
          ORDER BY m.email, d.id`,
      ),
    turn: async () => {
      await app.get(Outbox).relay();
      await app.get(AdvanceService).advance();
      await send.send();
    },
    close: async () => {
      await app.close();
      await database.drop();
    },
  };
}
