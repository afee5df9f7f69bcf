import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '@unionhall/identity';
import { Database } from '@unionhall/platform';
import {
  codingAgreed,
  codingDone,
  codingOpen,
  codingOwn,
  codingSettled,
  codingSubmitted,
  settlerWrong,
  testimonyNotFound,
  testimonyWithdrawn,
  themeInvalid,
  themeNotFound,
} from './listening.errors';
import { reaches } from './reach';

export interface SaveCoding {
  readonly testimonyId: string;
  /** All that it is about; empty: none of the themes. */
  readonly themeIds: readonly string[];
  /** Once submitted it stays as it is; the other's is seen when both are. */
  readonly submit: boolean;
}

/** `together`: one of the two writes down what both now say; `third`: somebody else decides. */
export const SETTLINGS = ['together', 'third'] as const;
export type Settling = (typeof SETTLINGS)[number];

export interface SettleCoding {
  readonly testimonyId: string;
  /** All that it is about, what both had found included. */
  readonly themeIds: readonly string[];
  readonly how: Settling;
}

interface Coded {
  readonly id: string;
  readonly chapter_id: string;
  readonly member_id: string | null;
  readonly state: string;
  readonly coded_count: number;
  readonly settled_at: Date | null;
}

const MOST_THEMES = 40;

/** What each of two coders found, as the themes stand now, and whether one of them was split since. */
const FOUND = `
  SELECT c.coder_id AS "coderId", coalesce(array_agg(DISTINCT h.current_id::text) FILTER (WHERE h.current_id IS NOT NULL), '{}') AS themes,
    coalesce(bool_or(h.id IS NOT NULL AND h.current_id IS NULL), false) AS split
  FROM coding c LEFT JOIN testimony_code o ON o.coding_id = c.id LEFT JOIN theme h ON h.id = o.theme_id
  WHERE c.testimony_id = $1 AND c.submitted_at IS NOT NULL GROUP BY c.id`;

interface Found {
  readonly coderId: string | null;
  readonly themes: readonly string[];
  readonly split: boolean;
}

/** Two people say, each alone, what a testimony is about; then what holds is settled. */
@Injectable()
export class CodingService {
  constructor(private readonly db: Database) {}

  /**
   * Saves or submits one's own codes. With the second submission what both found is settled, and all of it
   * when they found the same.
   * @throws AppError AUTHZ.* (listening.code), TESTIMONY.NOT_FOUND, WITHDRAWN, CODING.OWN, SUBMITTED, DONE,
   *   THEME.NOT_FOUND naming the theme that is not in use in the testimony's chapter.
   */
  async save(actor: Actor, input: SaveCoding): Promise<{ id: string }> {
    return this.db.tx(actor, async (em) => {
      const testimony = await this.hold(em, actor, input.testimonyId);
      if (testimony.member_id !== null && testimony.member_id === actor.memberId) throw codingOwn();
      const [mine] = (await em.query(
        `SELECT submitted_at FROM coding WHERE testimony_id = $1 AND coder_id = app.user_id()`,
        [testimony.id],
      )) as { submitted_at: Date | null }[];
      if (mine?.submitted_at != null) throw codingSubmitted();
      if (testimony.coded_count === 2) throw codingDone();
      await requireThemes(em, testimony.chapter_id, input.themeIds);
      await this.write(em, testimony, input);
      if (input.submit) await this.submit(em, testimony);
      return { id: testimony.id };
    });
  }

  /**
   * Settles what the two coders did not agree on.
   * @throws AppError AUTHZ.*, TESTIMONY.NOT_FOUND, WITHDRAWN, CODING.OPEN, SETTLED, AGREED (what both found
   *   stands), SETTLER (`together` is for the two, `third` for anybody else), THEME.NOT_FOUND.
   */
  async settle(actor: Actor, input: SettleCoding): Promise<{ id: string }> {
    return this.db.tx(actor, async (em) => {
      const testimony = await this.hold(em, actor, input.testimonyId);
      if (testimony.coded_count < 2) throw codingOpen();
      if (testimony.settled_at !== null) throw codingSettled();
      if (testimony.member_id !== null && testimony.member_id === actor.memberId) throw codingOwn();
      const found = (await em.query(FOUND, [testimony.id])) as Found[];
      const isCoder = found.some(({ coderId }) => coderId === actor.userId);
      if (input.how === 'together' && !isCoder) throw settlerWrong('One of the two coders writes that down.');
      if (input.how === 'third' && isCoder) throw settlerWrong('Somebody decides who has not coded it.');
      await requireThemes(em, testimony.chapter_id, input.themeIds);
      if (bothFound(found).some((id) => !input.themeIds.includes(id))) throw codingAgreed();
      await settleWith(em, actor, testimony, input.themeIds, input.how);
      await em.query(
        `UPDATE testimony SET settled_at = app.now(), settled_how = $2, settled_by = $3 WHERE id = $1`,
        [testimony.id, input.how, actor.userId ?? null],
      );
      return { id: testimony.id };
    });
  }

  private async write(em: EntityManager, testimony: Coded, input: SaveCoding): Promise<void> {
    const [coding] = (await em.query(
      `INSERT INTO coding AS c (testimony_id, chapter_id, coder_id, submitted_at)
       VALUES ($1, $2, app.user_id(), CASE WHEN $3 THEN app.now() END)
       ON CONFLICT (testimony_id, coder_id) DO UPDATE SET saved_at = app.now(), submitted_at = excluded.submitted_at RETURNING id`,
      [testimony.id, testimony.chapter_id, input.submit],
    )) as [{ id: string }];
    await em.query(`DELETE FROM testimony_code WHERE coding_id = $1`, [coding.id]);
    await em.query(`INSERT INTO testimony_code (coding_id, theme_id) SELECT $1, unnest($2::uuid[])`, [
      coding.id,
      input.themeIds,
    ]);
  }

  private async submit(em: EntityManager, testimony: Coded): Promise<void> {
    await em.query(`UPDATE testimony SET coded_count = coded_count + 1 WHERE id = $1`, [testimony.id]);
    if (testimony.coded_count === 0) return;
    const found = (await em.query(FOUND, [testimony.id])) as Found[];
    const both = bothFound(found);
    await settleWith(em, undefined, testimony, both, 'agreed');
    if (found.every(({ themes, split }) => !split && themes.length === both.length))
      await em.query(`UPDATE testimony SET settled_at = app.now(), settled_how = 'agreed' WHERE id = $1`, [
        testimony.id,
      ]);
  }

  private async hold(em: EntityManager, actor: Actor, id: string): Promise<Coded> {
    actor.require('listening.code');
    const [row] = (await em.query(
      `SELECT id, chapter_id, member_id, state, coded_count, settled_at FROM testimony WHERE id = $1 FOR UPDATE`,
      [id],
    )) as Coded[];
    if (row === undefined || !reaches(actor, 'listening.code', row.chapter_id)) throw testimonyNotFound();
    if (row.state === 'withdrawn') throw testimonyWithdrawn();
    return row;
  }
}

const bothFound = ([one, other]: readonly Found[]): string[] =>
  one === undefined || other === undefined ? [] : one.themes.filter((id) => other.themes.includes(id));

/** Themes in use in a chapter: its own and those of chapters above it. They stay in use until the end of the transaction. */
async function requireThemes(
  em: EntityManager,
  chapterId: string,
  themeIds: readonly string[],
): Promise<void> {
  if (themeIds.length > MOST_THEMES) throw themeInvalid('input.themeIds', `At most ${MOST_THEMES} themes.`);
  if (new Set(themeIds).size < themeIds.length)
    throw themeInvalid('input.themeIds', 'The same theme stands here twice.');
  const rows = (await em.query(
    `SELECT h.id FROM theme h JOIN chapter c ON c.id = h.chapter_id JOIN chapter here ON here.id = $1
     WHERE h.id = ANY ($2::uuid[]) AND h.state = 'active' AND here.path LIKE c.path || '%' ORDER BY h.id`,
    [chapterId, themeIds],
  )) as { id: string }[];
  const known = new Set(rows.map(({ id }) => id));
  const missing = themeIds.findIndex((id) => !known.has(id));
  if (missing >= 0) throw themeNotFound(`input.themeIds.${missing}`);
}

async function settleWith(
  em: EntityManager,
  actor: Actor | undefined,
  testimony: Coded,
  themeIds: readonly string[],
  how: 'agreed' | Settling,
): Promise<void> {
  await em.query(
    `INSERT INTO testimony_theme (testimony_id, theme_id, chapter_id, how, settled_by)
     SELECT $1, unnest($2::uuid[]), $3, $4, $5 ON CONFLICT DO NOTHING`,
    [testimony.id, themeIds, testimony.chapter_id, how, actor?.userId ?? null],
  );
  // The insert waited for whoever was splitting one of them; what it waited for is seen now.
  const [gone] = (await em.query(`SELECT id FROM theme WHERE id = ANY ($1::uuid[]) AND current_id IS NULL`, [
    themeIds,
  ])) as { id: string }[];
  if (gone !== undefined) throw themeNotFound(`input.themeIds.${themeIds.indexOf(gone.id)}`);
}
