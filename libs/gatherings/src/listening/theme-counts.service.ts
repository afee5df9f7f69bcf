import { Injectable } from '@nestjs/common';
import { systemActor, type Actor } from '@unionhall/identity';
import { Database } from '@unionhall/platform';
import { gatheringNotFound } from '../gatherings.errors';
import { reaches } from './reach';
import { FEW, FEW_IN_PUBLIC, shown, shownParts, type Cell, type Shown } from './small-counts';

/** How often a theme was heard. A count is of persons; whoever spoke without a name counts as one. */
export interface ThemeCount {
  readonly themeId: string;
  readonly name: string;
  /** Null when there are too few to say. */
  readonly persons: number | null;
  readonly suppressed: boolean;
  /** Names are ids of chapters. */
  readonly byChapter: readonly Shown[];
  /** Names are BCP 47 tags. */
  readonly byLanguage: readonly Shown[];
  /** Names are months, `YYYY-MM` in UTC. */
  readonly byMonth: readonly Shown[];
  /** In sessions of the last 90 days, and of the 90 before. */
  readonly recent: number | null;
  readonly before: number | null;
  /** Null when either is too small to say. */
  readonly trend: 'rising' | 'falling' | 'steady' | null;
}

/** What a session heard, for the people of that session. */
export interface HeardTheme {
  readonly themeId: string;
  readonly name: string;
  readonly persons: number | null;
  readonly suppressed: boolean;
}

interface Line {
  readonly theme_id: string;
  readonly name: string;
  readonly kind: 'all' | 'chapter' | 'language' | 'month' | 'recent' | 'before';
  readonly part: string | null;
  readonly persons: number;
}

/** Settled codes of testimony that stands, each testimony once for each theme as it stands now. */
const SAID = `
  SELECT DISTINCT h.current_id AS theme_id, coalesce(t.member_id, t.id) AS person, t.chapter_id, t.language, t.heard_at
  FROM testimony t JOIN testimony_theme s ON s.testimony_id = t.id JOIN theme h ON h.id = s.theme_id
  WHERE t.state = 'standing' AND h.current_id IS NOT NULL`;
const COUNTS = `
  WITH said AS MATERIALIZED (${SAID} AND t.chapter_id IN (
      SELECT d.id FROM chapter a JOIN chapter d ON d.path LIKE a.path || '%' WHERE a.id = $1)
      AND ($2::uuid[] IS NULL OR h.current_id IN (SELECT a.current_id FROM theme a WHERE a.id = ANY ($2)))),
  parted AS (
    SELECT DISTINCT theme_id, person, p.kind, p.part FROM said, LATERAL (VALUES
      ('all', NULL), ('chapter', chapter_id::text), ('language', language), ('month', to_char(heard_at, 'YYYY-MM')),
      (CASE WHEN heard_at > (SELECT app.now()) - interval '90 days' THEN 'recent'
            WHEN heard_at > (SELECT app.now()) - interval '180 days' THEN 'before' END, NULL)) AS p (kind, part)
    WHERE p.kind IS NOT NULL)
  SELECT x.theme_id, n.name, x.kind, x.part, count(*)::int AS persons
  FROM parted x JOIN theme n ON n.id = x.theme_id GROUP BY 1, 2, 3, 4 ORDER BY x.kind, x.part`;
const SESSION = `
  SELECT x.theme_id, n.name, 'all' AS kind, NULL AS part, count(DISTINCT x.person)::int AS persons
  FROM (${SAID} AND t.gathering_id = $1) x JOIN theme n ON n.id = x.theme_id GROUP BY 1, 2`;
const PEOPLE_OF_SESSION = `
  SELECT g.chapter_id, EXISTS (SELECT FROM attendance a WHERE a.gathering_id = g.id AND a.member_id = app.member_id()
    AND a.status = 'attended') AS came FROM gathering g WHERE g.id = $1 AND g.kind = 'listening_session'`;

/** How often themes are heard, where, in which languages, and whether more or less than before. */
@Injectable()
export class ThemeCountsService {
  constructor(private readonly db: Database) {}

  /**
   * Themes of a chapter and those below it, most heard first. Whoever codes there sees every count; other
   * organizers see none of fewer than eleven persons, nor one that could be worked out from the others.
   * @throws AppError AUTHZ.* (gatherings.read in the chapter).
   */
  async of(actor: Actor, chapterId: string): Promise<readonly ThemeCount[]> {
    actor.require('gatherings.read', chapterId);
    return this.counts(actor, chapterId, null, reaches(actor, 'listening.code', chapterId) ? 0 : FEW);
  }

  /** As `of`, for what is published: themes that were merged into one are one, counts below twenty are hidden. */
  async forPublication(
    actor: Actor,
    chapterId: string,
    themeIds: readonly string[],
  ): Promise<readonly ThemeCount[]> {
    return this.counts(actor, chapterId, themeIds, FEW_IN_PUBLIC);
  }

  /**
   * What a listening session heard, most heard first, small counts hidden from all: for whoever came to it,
   * organizers of its chapter, and messages to them.
   * @throws AppError GATHERING.NOT_FOUND for anybody else.
   */
  async heard(actor: Actor, gatheringId: string): Promise<readonly HeardTheme[]> {
    const { rows } = await this.db.read(actor, { text: PEOPLE_OF_SESSION, values: [gatheringId] });
    const [session] = rows as { chapter_id: string; came: boolean }[];
    if (session === undefined || !(session.came || reaches(actor, 'gatherings.read', session.chapter_id)))
      throw gatheringNotFound();
    const said = await this.db.read(systemActor('listening'), { text: SESSION, values: [gatheringId] });
    return (said.rows as Line[])
      .sort(mostHeard)
      .map(({ theme_id, name, persons }) => ({ themeId: theme_id, name, ...hidden(persons, FEW) }));
  }

  private async counts(
    actor: Actor,
    chapterId: string,
    themeIds: readonly string[] | null,
    k: number,
  ): Promise<readonly ThemeCount[]> {
    const { rows } = await this.db.read(actor, { text: COUNTS, values: [chapterId, themeIds] });
    const lines = rows as Line[];
    return lines
      .filter(({ kind }) => kind === 'all')
      .sort(mostHeard)
      .map((line) =>
        countOf(
          line,
          lines.filter(({ theme_id }) => theme_id === line.theme_id),
          k,
        ),
      );
  }
}

const mostHeard = (a: Line, b: Line): number => b.persons - a.persons || (a.name < b.name ? -1 : 1);

const hidden = (persons: number, k: number): { persons: number | null; suppressed: boolean } => {
  const said = shown(persons, k);
  return { persons: said, suppressed: said === null };
};

function countOf(all: Line, lines: readonly Line[], k: number): ThemeCount {
  const parts = (kind: Line['kind']): Cell[] =>
    lines.filter((one) => one.kind === kind).map(({ part, persons }) => ({ name: part ?? '', persons }));
  const total = hidden(all.persons, k);
  // Where the total is not shown, no part of it is.
  const by = (kind: Line['kind']): Shown[] =>
    total.suppressed
      ? parts(kind).map(({ name }) => ({ name, persons: null, suppressed: true }))
      : shownParts(parts(kind), k);
  const recent = shown(parts('recent')[0]?.persons ?? 0, k);
  const before = shown(parts('before')[0]?.persons ?? 0, k);
  return {
    themeId: all.theme_id,
    name: all.name,
    ...total,
    byChapter: by('chapter'),
    byLanguage: by('language'),
    byMonth: by('month'),
    recent,
    before,
    trend:
      recent === null || before === null
        ? null
        : recent === before
          ? 'steady'
          : recent > before
            ? 'rising'
            : 'falling',
  };
}
