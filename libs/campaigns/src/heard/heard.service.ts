import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { QuotesService, ThemeCountsService, type PageAsked, type QuotePage } from '@unionhall/gatherings';
import { anonymousActor, type Actor } from '@unionhall/identity';
import { Database } from '@unionhall/platform';
import { demandNotFound, heardNothing, themeNotLinked, themeUnknown } from '../campaigns.errors';

interface Demand {
  readonly id: string;
  readonly chapterId: string;
  readonly state: string;
}

/** As many quotes as a published version has at most. */
const MOST_QUOTES = 200;

/** What stands behind a demand: the themes that members spoke about, and what may be quoted of it. */
@Injectable()
export class HeardService {
  constructor(
    private readonly db: Database,
    private readonly quotes: QuotesService,
    private readonly counts: ThemeCountsService,
  ) {}

  /**
   * Says that a theme stands behind a demand; gives the link. Saying it again changes nothing.
   * @throws AppError DEMAND.NOT_FOUND, DEMAND.THEME_UNKNOWN, AUTHZ.* (campaigns.edit in the campaign's chapter).
   */
  async link(actor: Actor, input: { demandId: string; themeId: string }): Promise<string> {
    return this.db.tx(actor, async (em) => {
      const demand = await this.editable(em, actor, input.demandId);
      const [theme] = (await em.query(`SELECT 1 FROM theme WHERE id = $1 AND state = 'active'`, [
        input.themeId,
      ])) as unknown[];
      if (theme === undefined) throw themeUnknown();
      const [row] = (await em.query(
        `INSERT INTO demand_theme AS l (demand_id, theme_id, linked_by) VALUES ($1, $2, $3)
         ON CONFLICT (demand_id, theme_id) DO UPDATE SET demand_id = l.demand_id RETURNING id`,
        [demand.id, input.themeId, actor.userId ?? null],
      )) as [{ id: string }];
      return row.id;
    });
  }

  /**
   * Takes a theme from behind a demand, and whatever was merged into it; what was published stays.
   * @throws AppError DEMAND.NOT_FOUND, DEMAND.THEME_NOT_LINKED, AUTHZ.*.
   */
  async unlink(actor: Actor, input: { demandId: string; themeId: string }): Promise<string> {
    return this.db.tx(actor, async (em) => {
      const demand = await this.editable(em, actor, input.demandId);
      const [gone] = (await em.query(
        `DELETE FROM demand_theme WHERE demand_id = $1 AND theme_id IN (
           SELECT b.id FROM theme a JOIN theme b ON b.id = a.id OR b.current_id = a.current_id WHERE a.id = $2) RETURNING id`,
        [demand.id, input.themeId],
      )) as [unknown[], number];
      if (gone.length === 0) throw themeNotLinked();
      return demand.id;
    });
  }

  /**
   * What may be quoted on the themes behind a demand, newest first: to everyone what is public, to whoever
   * is signed in what is shared with the union too.
   * @param versionNumber of a published version, whose quotes are read back as far as they may still be.
   * @throws AppError DEMAND.NOT_FOUND, for drafts of others too, and for a version that is not there.
   */
  async quotesOf(
    actor: Actor,
    input: { demandId: string; versionNumber?: number | null },
    asked: PageAsked,
  ): Promise<QuotePage> {
    const { rows } = await this.db.read(actor, {
      text: `SELECT c.state, c.chapter_id AS "chapterId", v.id AS "versionId",
               (SELECT coalesce(array_agg(theme_id::text), '{}') FROM demand_theme WHERE demand_id = d.id) AS linked,
               (SELECT coalesce(array_agg(theme_id::text), '{}') FROM heard_theme WHERE version_id = v.id) AS told,
               (SELECT coalesce(array_agg(testimony_id::text), '{}') FROM heard_quote WHERE version_id = v.id) AS quoted
             FROM demand d JOIN campaign c ON c.id = d.campaign_id
               LEFT JOIN heard_version v ON v.demand_id = d.id AND v.number = $2 WHERE d.id = $1`,
      values: [input.demandId, input.versionNumber ?? null],
    });
    const [demand] = rows as {
      state: string;
      chapterId: string;
      versionId: string | null;
      linked: string[];
      told: string[];
      quoted: string[];
    }[];
    if (demand === undefined || (demand.state === 'draft' && !holds(actor, demand.chapterId)))
      throw demandNotFound('demandId');
    if (input.versionNumber == null) return this.quotes.about(actor, demand.linked, asked);
    if (demand.versionId === null) throw demandNotFound('versionNumber');
    return this.quotes.about(actor, demand.told, asked, demand.quoted);
  }

  /**
   * Publishes what was heard about a demand, as a version with a date of its own: its themes with how many
   * spoke of them (not below twenty), and which public quotes there are; gives its id. Date and counts stay
   * as they are; a quote leaves with the consent of its speaker.
   * @throws AppError DEMAND.NOT_FOUND, DEMAND.HEARD_NOTHING (no theme stands behind it), AUTHZ.*.
   */
  async publish(actor: Actor, demandId: string): Promise<string> {
    const { chapterId, themeIds } = await this.behind(actor, demandId);
    const counts = await this.counts.forPublication(actor, chapterId, themeIds);
    const { quotes } = await this.publicQuotes(themeIds);
    return this.db.tx(actor, async (em) => {
      await this.editable(em, actor, demandId);
      const [version] = (await em.query(
        `INSERT INTO heard_version (demand_id, number, published_by)
         SELECT $1, coalesce(max(number), 0) + 1, $2 FROM heard_version WHERE demand_id = $1 RETURNING id`,
        [demandId, actor.userId ?? null],
      )) as [{ id: string }];
      await em.query(
        `INSERT INTO heard_theme (version_id, theme_id, name, persons)
         SELECT DISTINCT $1::uuid, n.id, n.name, CASE WHEN c.id IS NULL THEN 0 ELSE c.persons END
         FROM theme h JOIN theme n ON n.id = h.current_id
           LEFT JOIN unnest($3::uuid[], $4::int[]) AS c (id, persons) ON c.id = n.id
         WHERE h.id = ANY ($2::uuid[])`,
        [version.id, themeIds, counts.map((one) => one.themeId), counts.map((one) => one.persons)],
      );
      await em.query(`INSERT INTO heard_quote (version_id, testimony_id) SELECT $1, unnest($2::uuid[])`, [
        version.id,
        quotes,
      ]);
      return version.id;
    });
  }

  private async behind(actor: Actor, demandId: string): Promise<{ chapterId: string; themeIds: string[] }> {
    return this.db.tx(actor, async (em) => {
      const demand = await this.editable(em, actor, demandId);
      const rows = (await em.query(
        `SELECT l.theme_id AS id FROM demand_theme l JOIN theme h ON h.id = l.theme_id
         WHERE l.demand_id = $1 AND h.current_id IS NOT NULL ORDER BY l.linked_at, l.id`,
        [demandId],
      )) as { id: string }[];
      if (rows.length === 0) throw heardNothing();
      return { chapterId: demand.chapterId, themeIds: rows.map(({ id }) => id) };
    });
  }

  /** The ids of what anybody at all may read, as somebody who has not signed in finds it. */
  private async publicQuotes(themeIds: readonly string[]): Promise<{ quotes: string[] }> {
    const quotes: string[] = [];
    let after: string | null = null;
    do {
      const page: QuotePage = await this.quotes.about(anonymousActor(), themeIds, { first: 50, after });
      quotes.push(...page.quotes.map(({ id }) => id));
      after = page.next;
    } while (after !== null && quotes.length < MOST_QUOTES);
    return { quotes };
  }

  private async editable(em: EntityManager, actor: Actor, demandId: string): Promise<Demand> {
    actor.require('campaigns.edit');
    const [demand] = (await em.query(
      `SELECT d.id, c.chapter_id AS "chapterId", c.state FROM demand d JOIN campaign c ON c.id = d.campaign_id
       WHERE d.id = $1 FOR UPDATE OF d`,
      [demandId],
    )) as Demand[];
    if (demand === undefined || !holds(actor, demand.chapterId)) throw demandNotFound();
    return demand;
  }
}

function holds(actor: Actor, chapterId: string): boolean {
  const reach = actor.can('campaigns.edit');
  return reach === 'all' || (reach !== false && reach.includes(chapterId));
}
