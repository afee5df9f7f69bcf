import { Injectable } from '@nestjs/common';
import type { Actor } from '@unionhall/identity';
import { Database } from '@unionhall/platform';
import { checkChapter, type NewChapter } from './chapter-input';
import { Chapter } from './chapter.entity';
import { belowItself, chapterNotFound, slugTaken } from './chapters.errors';

/** The chapter tree. */
@Injectable()
export class ChaptersService {
  constructor(private readonly db: Database) {}

  /**
   * Adds a chapter below one the actor may edit; a root only over the whole union.
   * @returns its id.
   * @throws AppError CHAPTER.INVALID, CHAPTER.SLUG_TAKEN, CHAPTER.NOT_FOUND, AUTHZ.*.
   */
  async create(actor: Actor, input: NewChapter): Promise<string> {
    const { parentId, ...chapter } = checkChapter(input);
    if (parentId === undefined) actor.requireEverywhere('chapters.edit');
    else actor.require('chapters.edit', parentId);
    return this.db.tx(actor, (em) =>
      explained(async () => {
        const { identifiers } = await em.insert(Chapter, { ...chapter, parentId: parentId ?? null });
        return (identifiers[0] as { id: string }).id;
      }),
    );
  }

  /**
   * Moves a chapter, and all below it, under another.
   * @throws AppError CHAPTER.NOT_FOUND, CHAPTER.BELOW_ITSELF, AUTHZ.*.
   */
  async move(actor: Actor, chapterId: string, parentId: string): Promise<void> {
    actor.require('chapters.edit', chapterId);
    actor.require('chapters.edit', parentId);
    await this.db.tx(actor, (em) =>
      explained(async () => {
        const { affected } = await em.update(Chapter, { id: chapterId }, { parentId });
        if (affected === 0) throw chapterNotFound('id');
      }),
    );
  }

  /**
   * The ids of a chapter and all below it.
   * @throws AppError CHAPTER.NOT_FOUND.
   */
  async subtreeIds(actor: Actor, chapterId: string): Promise<readonly string[]> {
    const { rows } = await this.db.read(actor, {
      text: `SELECT app.chapter_subtree($1) AS ids`,
      values: [chapterId],
    });
    const { ids } = rows[0] as { ids: string[] };
    if (ids.length === 0) throw chapterNotFound('chapterId');
    return ids;
  }
}

async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { constraint, code } = error as { constraint?: string; code?: string };
    if (constraint === 'chapter_slug_key') throw slugTaken();
    if (constraint === 'chapter_parent_id_fkey') throw chapterNotFound('parentId');
    if (code === 'UH010') throw belowItself();
    throw error;
  }
}
