import { Injectable } from '@nestjs/common';
import type { Actor } from '@unionhall/identity';
import { accessLedger, Database } from '@unionhall/platform';
import { byName, sizeOf, type NamedTheme, type PageAsked } from './testimony-pages.service';
import { TestimonyKeys, type SealedText } from './testimony-keys';

export interface QuotedText {
  /** BCP 47. */
  readonly language: string;
  readonly text: string;
  /** What translated it; null for a person. A machine's words are shown once a person has reviewed them. */
  readonly machine: string | null;
}

/** What may be shown of a testimony, by the consent that stands at the moment of reading. */
export interface Quote {
  readonly id: string;
  /** Whether these are the words of the speaker, or of somebody who has put them in other words. */
  readonly verbatim: boolean;
  /** As the speaker wants to be called; null: not at all. */
  readonly name: string | null;
  readonly language: string;
  readonly text: string;
  readonly translations: readonly QuotedText[];
  /** Month of the session, `YYYY-MM` in UTC: no day, which could tell who was there. */
  readonly heardIn: string;
  readonly themes: readonly NamedTheme[];
}

export interface QuotePage {
  readonly quotes: readonly Quote[];
  readonly next: string | null;
}

interface Row extends Omit<Quote, 'text' | 'translations'> {
  readonly keyId: string;
  readonly wrapped: Buffer | null;
  readonly texts: readonly (SealedText & { readonly machine: string | null })[];
  readonly more: boolean;
}

/** Whoever is signed in may read what is shared with the union; row-level security says the same. */
const QUOTABLE = `t.state = 'standing'
  AND (t.shared_with = 'public' OR (t.shared_with = 'union' AND (SELECT app.kind()) IN ('user', 'system')))
  AND (t.quote = 'verbatim' OR (t.quote = 'paraphrase'
    AND EXISTS (SELECT FROM testimony_text x WHERE x.testimony_id = t.id AND x.kind = 'paraphrase')))`;
const CODED = `EXISTS (SELECT FROM testimony_theme s JOIN theme h ON h.id = s.theme_id
  WHERE s.testimony_id = t.id AND h.current_id IN (SELECT a.current_id FROM theme a WHERE a.id = ANY ($3::uuid[])))`;
const PAGE = `
  WITH found AS MATERIALIZED (
    SELECT t.* FROM testimony t WHERE ($2::uuid IS NULL OR t.id < $2) AND ($4::uuid[] IS NULL OR t.id = ANY ($4))
      AND ${QUOTABLE} AND ${CODED} ORDER BY t.id DESC LIMIT $1 + 1),
  page AS (SELECT * FROM found ORDER BY id DESC LIMIT $1),
  people AS (SELECT array_agg(DISTINCT member_id) AS ids FROM page
    WHERE member_id IS NOT NULL AND member_id IS DISTINCT FROM (SELECT app.member_id())),
  entry AS (${accessLedger.insert({
    operation: `'quotes'`,
    fields: `'{Testimony.quote}'::text[]`,
    subjects: 'people',
  })})
  SELECT t.id, t.quote = 'verbatim' AS verbatim, app.quoted_name(t.id) AS name, t.language,
    to_char(t.heard_at, 'YYYY-MM') AS "heardIn", t.key_id AS "keyId", k.wrapped, (SELECT count(*) > $1 FROM found) AS more,
    (SELECT jsonb_agg(jsonb_build_object('kind', x.kind, 'language', x.language, 'machine', x.machine,
        'sealed', translate(encode(x.sealed, 'base64'), E'\\n', '')) ORDER BY x.kind, x.language)
      FROM testimony_text x WHERE x.testimony_id = t.id AND CASE t.quote WHEN 'paraphrase' THEN x.kind = 'paraphrase'
        ELSE x.kind = 'original' OR (x.kind = 'translation' AND (x.machine IS NULL OR x.reviewed_at IS NOT NULL)) END) AS texts,
    (SELECT jsonb_agg(DISTINCT jsonb_build_object('id', n.id, 'name', n.name)) FROM testimony_theme s
      JOIN theme h ON h.id = s.theme_id JOIN theme n ON n.id = h.current_id
      WHERE s.testimony_id = t.id AND n.id IN (SELECT a.current_id FROM theme a WHERE a.id = ANY ($3::uuid[]))) AS themes
  FROM page t LEFT JOIN vault.testimony_key k ON k.id = t.key_id ORDER BY t.id DESC`;

/** What may be quoted: consent is asked at every reading, so that taking it back is felt at the next. */
@Injectable()
export class QuotesService {
  constructor(
    private readonly db: Database,
    private readonly keys: TestimonyKeys,
  ) {}

  /**
   * Quotes on any of these themes, newest first; open to all, each sees what is shared with them.
   * @param among only of these testimonies; null for all.
   */
  async about(
    actor: Actor,
    themeIds: readonly string[],
    asked: PageAsked,
    among: readonly string[] | null = null,
  ): Promise<QuotePage> {
    const { rows } = await this.db.read(actor, {
      text: PAGE,
      values: [sizeOf(asked), asked.after ?? null, themeIds, among],
    });
    const open = this.keys.reader();
    const quotes = (rows as Row[]).flatMap(({ keyId, wrapped, more: _more, texts, ...one }) => {
      const read = texts.map((x) => ({ ...x, text: open(keyId, wrapped, one.id, x) }));
      const main = read.find(({ kind }) => kind !== 'translation');
      if (main?.text == null) return [];
      const translations = read.flatMap(({ kind, language, machine, text }) =>
        kind === 'translation' && text !== null ? [{ language, machine, text }] : [],
      );
      return [{ ...one, themes: byName(one.themes), language: main.language, text: main.text, translations }];
    });
    const last = (rows as Row[]).at(-1);
    return { quotes, next: last?.more === true ? last.id : null };
  }
}
