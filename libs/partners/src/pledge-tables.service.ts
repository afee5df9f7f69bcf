import { Injectable } from '@nestjs/common';
import type { Actor } from '@unionhall/identity';
import { Database } from '@unionhall/platform';
import type { EntityManager } from 'typeorm';
import { changed, K, suppress, type CountedCell } from './suppression';

interface CountRow {
  kind: string;
  region_id: string;
  members: number;
}

/** Distinct members with a standing pledge, by kind and by the region their chapter stands in. */
const COUNT = `
  SELECT m.kind, r.id AS region_id, count(DISTINCT m.member_id)::int AS members
  FROM commitment m JOIN chapter c ON c.id = m.chapter_id
  CROSS JOIN LATERAL (
    SELECT id FROM chapter a WHERE c.path LIKE a.path || '%'
    ORDER BY (a.kind = 'region') DESC, length(a.path) LIMIT 1) r
  WHERE m.campaign_id = $1 AND m.status IN ('pledged', 'kept', 'unknown') GROUP BY 1, 2`;

const LOOK_AGAIN = '1 day';

/** The registered table of a campaign: pledges by kind and region, taken once a day, shown without small groups. */
@Injectable()
export class PledgeTablesService {
  constructor(private readonly db: Database) {}

  /** Takes the tables that are due, of campaigns in an agreement. @returns how many were looked at. */
  async takeDue(actor: Actor): Promise<number> {
    actor.requireEverywhere('partners.manage');
    const { rows } = await this.db.read(actor, {
      text: `SELECT DISTINCT a.campaign_id AS id FROM agreement_campaign a LEFT JOIN pledge_table t USING (campaign_id)
        WHERE t.looked_at IS NULL OR t.looked_at <= app.now() - interval '${LOOK_AGAIN}'`,
      values: [],
    });
    for (const { id } of rows as { id: string }[]) await this.take(actor, id);
    return rows.length;
  }

  /**
   * Counts a campaign's pledges. While fewer than k people came or went since the table that is
   * shown, that one stays, so that two of them never differ by a few people.
   */
  async take(actor: Actor, campaignId: string): Promise<'taken' | 'kept'> {
    actor.requireEverywhere('partners.manage');
    return this.db.tx(actor, async (em) => {
      await em.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`pledge-table ${campaignId}`]);
      const now = cellsOf((await em.query(COUNT, [campaignId])) as CountRow[]);
      const before = cellsOf(
        (await em.query(`SELECT kind, region_id, members FROM pledge_count WHERE campaign_id = $1`, [
          campaignId,
        ])) as CountRow[],
      );
      const [known] = (await em.query(`SELECT 1 FROM pledge_table WHERE campaign_id = $1`, [
        campaignId,
      ])) as unknown[];
      if (known !== undefined && changed(before, now) < K) {
        await em.query(`UPDATE pledge_table SET looked_at = app.now() WHERE campaign_id = $1`, [campaignId]);
        return 'kept';
      }
      await replace(em, campaignId, now);
      return 'taken';
    });
  }
}

async function replace(em: EntityManager, campaignId: string, now: readonly CountedCell[]): Promise<void> {
  const table = suppress(now);
  const kinds = now.map(({ key }) => key.split(' ')[0]);
  const regions = now.map(({ key }) => key.split(' ')[1]);
  await em.query(`DELETE FROM pledge_table WHERE campaign_id = $1`, [campaignId]);
  await em.query(
    `INSERT INTO pledge_table (campaign_id, taken_at, looked_at, total) VALUES ($1, app.now(), app.now(), $2)`,
    [campaignId, table.total ?? null],
  );
  await em.query(
    `INSERT INTO pledge_count (campaign_id, kind, region_id, members)
     SELECT $1, * FROM unnest($2::text[], $3::uuid[], $4::int[])`,
    [campaignId, kinds, regions, now.map(({ people }) => people)],
  );
  if (table.total === undefined) return;
  await em.query(
    `INSERT INTO pledge_cell (campaign_id, kind, region_id, shown) SELECT $1, * FROM unnest($2::text[], $3::uuid[], $4::int[])`,
    [campaignId, kinds, regions, now.map(({ key }) => table.cells.get(key) ?? null)],
  );
}

const cellsOf = (rows: readonly CountRow[]): CountedCell[] =>
  rows.map(({ kind, region_id, members }) => ({ key: `${kind} ${region_id}`, people: members }));
