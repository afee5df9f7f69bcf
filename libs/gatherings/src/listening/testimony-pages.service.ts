import { Injectable } from '@nestjs/common';
import { unauthenticated, type Actor } from '@unionhall/identity';
import { accessLedger, Database } from '@unionhall/platform';
import { notAMember } from '../gatherings.errors';
import { testimonyInvalid } from './listening.errors';
import type { Naming, Quoting, Sharing } from './testimony-input';
import { TestimonyKeys, type SealedText } from './testimony-keys';

export interface ReadText {
  readonly id: string;
  readonly kind: 'original' | 'translation' | 'paraphrase';
  /** BCP 47. */
  readonly language: string;
  /** Null when its key is gone. */
  readonly text: string | null;
  /** What translated it; null for a person. */
  readonly machine: string | null;
  /** The account of who wrote it, or had it written; null to the speaker, and when it is gone. */
  readonly madeBy: string | null;
  readonly madeAt: string;
  readonly reviewedBy: string | null;
  readonly reviewedAt: string | null;
}

export interface NamedTheme {
  readonly id: string;
  readonly name: string;
}

export interface ReadCoding {
  readonly mine: boolean;
  readonly submitted: boolean;
  readonly themes: readonly NamedTheme[];
}

/** A testimony with its words. It does not say whose it is: who codes need not know. */
export interface ReadTestimony {
  readonly id: string;
  readonly gatheringId: string;
  readonly chapterId: string;
  readonly language: string;
  readonly state: 'standing' | 'withdrawn';
  readonly heardAt: string;
  readonly withdrawnAt: string | null;
  readonly quote: Quoting;
  readonly namedAs: Naming;
  readonly pseudonym: string | null;
  readonly sharedWith: Sharing;
  readonly codedCount: number;
  readonly settled: boolean;
  readonly texts: readonly ReadText[];
  /** One's own, and once two have been submitted, both. */
  readonly codings: readonly ReadCoding[];
  readonly themes: readonly NamedTheme[];
}

export interface TestimonyPage {
  readonly nodes: readonly ReadTestimony[];
  /** What `after` takes for the next page; null behind the last. */
  readonly next: string | null;
}

export interface TestimonyFilter {
  readonly gatheringId?: string | null;
  /** A chapter and those below it. */
  readonly withinId?: string | null;
  readonly themeId?: string | null;
  readonly language?: string | null;
  /** `mine`: for the reader to code; `disputed`: two have coded and do not agree; `settled`. */
  readonly work?: 'mine' | 'disputed' | 'settled' | null;
}

export interface PageAsked {
  readonly first?: number | null;
  /** The `next` of the page before. */
  readonly after?: string | null;
}

export const LARGEST_PAGE = 50;

interface Row extends Omit<ReadTestimony, 'texts'> {
  readonly keyId: string;
  readonly texts: readonly (Omit<ReadText, 'text'> & SealedText)[];
  readonly wrapped: Buffer | null;
  readonly more: boolean;
}

/** $1 is the size, $2 the key of the page before. Newest first; ids grow with time. */
const page = (conditions: string, operation: string): string => `
  WITH found AS MATERIALIZED (
    SELECT t.* FROM testimony t WHERE ($2::uuid IS NULL OR t.id < $2) AND ${conditions} ORDER BY t.id DESC LIMIT $1 + 1),
  page AS (SELECT * FROM found ORDER BY id DESC LIMIT $1),
  people AS (SELECT array_agg(DISTINCT member_id) AS ids FROM page
    WHERE member_id IS NOT NULL AND member_id IS DISTINCT FROM (SELECT app.member_id())),
  entry AS (${accessLedger.insert({
    operation: `'${operation}'`,
    fields: `'{Testimony.text}'::text[]`,
    subjects: 'people',
  })})
  SELECT t.id, t.gathering_id AS "gatheringId", t.chapter_id AS "chapterId", t.language, t.state,
    t.heard_at AS "heardAt", t.withdrawn_at AS "withdrawnAt", t.quote, t.named_as AS "namedAs", t.pseudonym,
    t.shared_with AS "sharedWith", t.coded_count AS "codedCount", t.settled_at IS NOT NULL AS settled,
    t.key_id AS "keyId", k.wrapped, (SELECT count(*) > $1 FROM found) AS more,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'kind', x.kind, 'language', x.language,
        'sealed', translate(encode(x.sealed, 'base64'), E'\\n', ''), 'machine', x.machine, 'madeBy', app.email_of_grantee(x.made_by),
        'madeAt', x.made_at, 'reviewedBy', app.email_of_grantee(x.reviewed_by), 'reviewedAt', x.reviewed_at)
        ORDER BY x.kind, x.language), '[]')
      FROM testimony_text x WHERE x.testimony_id = t.id) AS texts,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('mine', c.coder_id IS NOT DISTINCT FROM app.user_id(),
        'submitted', c.submitted_at IS NOT NULL, 'themes', (
          SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('id', n.id, 'name', n.name)), '[]') FROM testimony_code o
          JOIN theme h ON h.id = o.theme_id JOIN theme n ON n.id = coalesce(h.current_id, h.id) WHERE o.coding_id = c.id))
        ORDER BY c.submitted_at, c.id), '[]')
      FROM coding c WHERE c.testimony_id = t.id) AS codings,
    (SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('id', n.id, 'name', n.name)), '[]') FROM testimony_theme s
      JOIN theme h ON h.id = s.theme_id JOIN theme n ON n.id = h.current_id WHERE s.testimony_id = t.id) AS themes
  FROM page t LEFT JOIN vault.testimony_key k ON k.id = t.key_id ORDER BY t.id DESC`;

const OWN = page('t.member_id = app.member_id()', 'myTestimony');
const CODERS = page(
  `t.state = 'standing' AND ($3::uuid[] IS NULL OR t.chapter_id = ANY ($3))
    AND ($4::uuid IS NULL OR t.gathering_id = $4)
    AND ($5::uuid IS NULL OR t.chapter_id IN (SELECT c.id FROM chapter a JOIN chapter c ON c.path LIKE a.path || '%' WHERE a.id = $5))
    AND ($6::uuid IS NULL OR EXISTS (SELECT FROM testimony_theme s JOIN theme h ON h.id = s.theme_id
      WHERE s.testimony_id = t.id AND h.current_id = (SELECT current_id FROM theme WHERE id = $6)))
    AND ($7::text IS NULL OR t.language = $7 OR t.language LIKE $7 || '-%')
    AND CASE $8::text WHEN 'mine' THEN t.coded_count < 2 AND t.member_id IS DISTINCT FROM app.member_id()
          AND NOT EXISTS (SELECT FROM coding c WHERE c.testimony_id = t.id AND c.coder_id = app.user_id() AND c.submitted_at IS NOT NULL)
        WHEN 'disputed' THEN t.coded_count = 2 AND t.settled_at IS NULL
        WHEN 'settled' THEN t.settled_at IS NOT NULL ELSE true END`,
  'testimonyPage',
);

/** Testimony with its words: one statement a page, which writes the access ledger too. */
@Injectable()
export class TestimonyPages {
  constructor(
    private readonly db: Database,
    private readonly keys: TestimonyKeys,
  ) {}

  /**
   * Testimony that stands, for those who code it.
   * @throws AppError AUTHZ.* (listening.code), TESTIMONY.INVALID for a page that is too large.
   */
  async forCoders(actor: Actor, filter: TestimonyFilter, asked: PageAsked): Promise<TestimonyPage> {
    actor.require('listening.code');
    const reach = actor.can('listening.code');
    return this.read(actor, CODERS, asked, [
      reach === 'all' ? null : reach,
      filter.gatheringId ?? null,
      filter.withinId ?? null,
      filter.themeId ?? null,
      filter.language ?? null,
      filter.work ?? null,
    ]);
  }

  /** What the member who asks has said, withdrawn or not. @throws AppError AUTHZ.UNAUTHENTICATED, RSVP.NOT_A_MEMBER. */
  async own(actor: Actor, asked: PageAsked): Promise<TestimonyPage> {
    if (actor.kind === 'anonymous') throw unauthenticated();
    if (actor.kind !== 'user' || actor.memberId === undefined) throw notAMember();
    const { nodes, next } = await this.read(actor, OWN, asked, []);
    return { nodes: nodes.map((one) => ({ ...one, codings: [] })), next };
  }

  private async read(
    actor: Actor,
    text: string,
    asked: PageAsked,
    values: readonly unknown[],
  ): Promise<TestimonyPage> {
    const { rows } = await this.db.read(actor, {
      text,
      values: [sizeOf(asked), asked.after ?? null, ...values],
    });
    const open = this.keys.reader();
    const nodes = (rows as Row[]).map(({ keyId, wrapped, more: _more, texts, ...one }) => ({
      ...one,
      themes: byName(one.themes),
      codings: one.codings.map((coding) => ({ ...coding, themes: byName(coding.themes) })),
      texts: texts.map(({ sealed, ...x }) => ({
        ...x,
        text: open(keyId, wrapped, one.id, { kind: x.kind, language: x.language, sealed }),
      })),
    }));
    const more = (rows as Row[])[0]?.more === true;
    return { nodes, next: more ? nodes.at(-1)!.id : null };
  }
}

export const byName = (themes: readonly NamedTheme[]): NamedTheme[] =>
  [...themes].sort((a, b) => a.name.localeCompare(b.name));

/** How many a page holds. @throws AppError TESTIMONY.INVALID. */
export function sizeOf({ first }: PageAsked): number {
  const size = first ?? 20;
  if (!Number.isInteger(size) || size < 1 || size > LARGEST_PAGE)
    throw testimonyInvalid('first', `A page holds 1 to ${LARGEST_PAGE}.`);
  return size;
}
