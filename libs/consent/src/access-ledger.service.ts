import { Injectable } from '@nestjs/common';
import { systemActor } from '@unionhall/identity';
import { Database } from '@unionhall/platform';

/** Reads end well before this; an entry older than it can no longer appear behind the mark. */
const SETTLED = '1 minute';
const BATCH = 5_000;

/** Keeps the members' way into the ledger: writing an entry is one row, finding one's own is an index. */
@Injectable()
export class AccessLedgerService {
  constructor(private readonly db: Database) {}

  /** Spreads settled entries over the people they name. @returns how many entries were spread. */
  async index(): Promise<number> {
    return this.db.tx(systemActor('ledger'), async (em) => {
      const [mark] = (await em.query(
        `SELECT through FROM access_ledger_index FOR UPDATE SKIP LOCKED`,
      )) as unknown[];
      if (mark === undefined) return 0;
      const [done] = (await em.query(
        `WITH due AS MATERIALIZED (
           SELECT id, at, subject_ids FROM access_ledger
            WHERE at > (SELECT through FROM access_ledger_index) AND at <= app.now() - interval '${SETTLED}'
            ORDER BY at LIMIT ${BATCH}),
         -- Entries of one instant stay together: the mark never stands in the middle of them.
         whole AS (
           SELECT id, at, subject_ids FROM due
           UNION SELECT l.id, l.at, l.subject_ids FROM access_ledger l WHERE l.at = (SELECT max(at) FROM due)),
         spread AS (
           INSERT INTO access_ledger_subject (member_id, ledger_id)
           SELECT DISTINCT s, w.id FROM whole w, unnest(w.subject_ids) s ON CONFLICT DO NOTHING),
         moved AS (UPDATE access_ledger_index SET through = (SELECT max(at) FROM whole) WHERE EXISTS (SELECT FROM whole))
         SELECT count(*)::int AS n FROM whole`,
      )) as { n: number }[];
      return done?.n ?? 0;
    });
  }
}
