import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '@unionhall/identity';
import { Database } from '@unionhall/platform';
import { themeInvalid, themeNameTaken, themeNotFound, themeNotWider } from './listening.errors';
import { reaches } from './reach';

export interface NewTheme {
  /** The chapter whose subtree it is for; the topmost for the whole union. */
  readonly chapterId: string;
  readonly name: string;
  readonly description?: string | null;
}

export interface ActiveTheme {
  readonly id: string;
  readonly chapterId: string;
  readonly path: string;
  readonly name: string;
}

type ChangeKind = 'created' | 'renamed' | 'merged_into' | 'merged_from' | 'split_into' | 'split_from';

/** What testimony is about. A theme is never deleted: it is merged or split, and its history says so. */
@Injectable()
export class ThemesService {
  constructor(private readonly db: Database) {}

  /** @throws AppError AUTHZ.* (listening.code in the chapter), THEME.INVALID, THEME.NAME_TAKEN. */
  async create(actor: Actor, input: NewTheme): Promise<{ id: string }> {
    actor.require('listening.code', input.chapterId);
    return this.db.tx(actor, async (em) => ({ id: await insertTheme(em, actor, input, 'input') }));
  }

  /** @throws AppError AUTHZ.*, THEME.NOT_FOUND (also once merged or split), THEME.INVALID, THEME.NAME_TAKEN. */
  async update(
    actor: Actor,
    input: { themeId: string; name?: string | null; description?: string | null },
  ): Promise<{ id: string }> {
    return this.db.tx(actor, async (em) => {
      const theme = await activeTheme(em, actor, input.themeId);
      const name = input.name == null ? theme.name : checkedName(input.name, 'input.name');
      const description =
        input.description == null ? null : checkedDescription(input.description, 'input.description');
      await unlessTaken('input.name', () =>
        em.query(`UPDATE theme SET name = $2, description = coalesce($3, description) WHERE id = $1`, [
          theme.id,
          name,
          description,
        ]),
      );
      if (name !== theme.name) await note(em, actor, theme.id, 'renamed', name);
      return { id: theme.id };
    });
  }

  /**
   * Merges a theme into another of the same chapter or one above. No code is rewritten: whatever was coded
   * with the first counts as the second, once where a testimony has both.
   * @throws AppError AUTHZ.*, THEME.NOT_FOUND, THEME.NOT_WIDER.
   */
  async merge(actor: Actor, input: { themeId: string; intoId: string }): Promise<{ id: string }> {
    if (input.themeId === input.intoId) throw themeNotFound('input.intoId');
    return this.db.tx(actor, async (em) => {
      await lockThemes(em, [input.themeId, input.intoId]);
      const from = await activeTheme(em, actor, input.themeId);
      const into = await activeTheme(em, actor, input.intoId, 'input.intoId');
      if (!from.path.startsWith(into.path)) throw themeNotWider();
      await em.query(
        `UPDATE theme SET current_id = $2, state = CASE WHEN id = $1 THEN 'merged' ELSE state END WHERE current_id = $1`,
        [from.id, into.id],
      );
      await note(em, actor, from.id, 'merged_into', from.name, into.id);
      await note(em, actor, into.id, 'merged_from', into.name, from.id);
      return { id: into.id };
    });
  }
}

/** A row lock on each, always in one order. */
export async function lockThemes(em: EntityManager, ids: readonly string[]): Promise<void> {
  await em.query(`SELECT id FROM theme WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE`, [ids]);
}

/** Locks a theme in use whose chapter the actor codes in. @throws AppError THEME.NOT_FOUND, AUTHZ.*. */
export async function activeTheme(
  em: EntityManager,
  actor: Actor,
  id: string,
  field = 'input.themeId',
): Promise<ActiveTheme> {
  actor.require('listening.code');
  const [theme] = (await em.query(
    `SELECT h.id, h.chapter_id AS "chapterId", h.name, c.path FROM theme h JOIN chapter c ON c.id = h.chapter_id
     WHERE h.id = $1 AND h.state = 'active'`,
    [id],
  )) as ActiveTheme[];
  if (theme === undefined || !reaches(actor, 'listening.code', theme.chapterId)) throw themeNotFound(field);
  await lockThemes(em, [id]);
  const [still] = (await em.query(`SELECT 1 FROM theme WHERE id = $1 AND state = 'active'`, [
    id,
  ])) as unknown[];
  if (still === undefined) throw themeNotFound(field);
  return theme;
}

/** Makes a theme and begins its history. @throws AppError THEME.INVALID, THEME.NAME_TAKEN under `place`. */
export async function insertTheme(
  em: EntityManager,
  actor: Actor,
  input: NewTheme,
  place: string,
  splitFrom?: string,
): Promise<string> {
  const name = checkedName(input.name, `${place}.name`);
  const description = checkedDescription(input.description ?? '', `${place}.description`);
  const [row] = (await unlessTaken(`${place}.name`, () =>
    em.query(
      `INSERT INTO theme (id, current_id, chapter_id, name, description, created_by)
       SELECT n, n, c.id, $2, $3, $4 FROM chapter c, app.new_id() n WHERE c.id = $1 RETURNING id`,
      [input.chapterId, name, description, actor.userId ?? null],
    ),
  )) as { id: string }[];
  if (row === undefined) throw themeInvalid(`${place}.chapterId`, 'No such chapter.');
  if (splitFrom === undefined) await note(em, actor, row.id, 'created', name);
  else await note(em, actor, row.id, 'split_from', name, splitFrom);
  return row.id;
}

/** One line of a theme's history. */
export async function note(
  em: EntityManager,
  actor: Actor,
  themeId: string,
  kind: ChangeKind,
  name: string,
  otherId: string | null = null,
): Promise<void> {
  await em.query(
    `INSERT INTO theme_change (theme_id, kind, other_theme_id, name, changed_by, at) VALUES ($1, $2, $3, $4, $5, app.clock())`,
    [themeId, kind, otherId, name, actor.userId ?? null],
  );
}

function checkedName(given: string, field: string): string {
  const name = given.normalize('NFC').trim();
  if (name === '' || name.length > 120 || name.includes('\0'))
    throw themeInvalid(field, 'A theme is named in 1 to 120 characters.');
  return name;
}

function checkedDescription(given: string, field: string): string {
  if (given.length > 2_000 || given.includes('\0'))
    throw themeInvalid(field, 'A description has at most 2000 characters.');
  return given.trim();
}

function unlessTaken(field: string, work: () => Promise<unknown>): Promise<unknown> {
  return work().catch((error: { code?: string; constraint?: string }) => {
    throw error.code === '23505' && error.constraint === 'theme_name' ? themeNameTaken(field) : error;
  });
}
