import { Injectable } from '@nestjs/common';
import { anonymousActor } from '@unionhall/identity';
import { Database } from '@unionhall/platform';
import type { ChapterKind } from './chapter.entity';
import { chapterNotFound } from './chapters.errors';

/** What everyone may see of a chapter. */
export interface ChapterPage {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly kind: ChapterKind;
  readonly parent: { readonly slug: string; readonly name: string } | null;
  readonly children: readonly { readonly slug: string; readonly name: string }[];
}

export interface ChapterLine {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  /** How many chapters stand above it. */
  readonly depth: number;
}

const PAGE = `
  SELECT c.id, c.slug, c.name, c.kind,
    (SELECT jsonb_build_object('slug', p.slug, 'name', p.name) FROM chapter p WHERE p.id = c.parent_id) AS parent,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('slug', d.slug, 'name', d.name) ORDER BY d.name), '[]')
       FROM chapter d WHERE d.parent_id = c.id) AS children
  FROM chapter c WHERE c.slug = $1`;
/** In the order of the tree, chapters of one parent by name. */
const TREE = `
  WITH RECURSIVE tree AS (
    SELECT id, slug, name, 0 AS depth, ARRAY[name] AS place FROM chapter WHERE parent_id IS NULL
    UNION ALL
    SELECT c.id, c.slug, c.name, t.depth + 1, t.place || c.name FROM chapter c JOIN tree t ON t.id = c.parent_id)
  SELECT id, slug, name, depth FROM tree ORDER BY place`;

/** What the public pages show of chapters. */
@Injectable()
export class ChapterPages {
  constructor(private readonly db: Database) {}

  /** @throws AppError CHAPTER.NOT_FOUND. */
  async bySlug(slug: string): Promise<ChapterPage> {
    const { rows } = await this.db.read(anonymousActor(), { text: PAGE, values: [slug] });
    const page = rows[0] as ChapterPage | undefined;
    if (page === undefined) throw chapterNotFound('slug');
    return page;
  }

  /** Every chapter, in the order of the tree. */
  async tree(): Promise<readonly ChapterLine[]> {
    const { rows } = await this.db.read(anonymousActor(), { text: TREE, values: [] });
    return rows as unknown as ChapterLine[];
  }
}
