import { Injectable } from '@nestjs/common';
import type { Actor } from '@unionhall/identity';
import { AppError, Database } from '@unionhall/platform';
import type { GatheringKind } from '../gathering.entity';
import { checkDetails, checkDuration, unique, type GatheringDetails } from '../gathering-input';
import { gatheringInvalid } from '../gatherings.errors';

export interface SaveOutline extends Pick<
  GatheringDetails,
  'title' | 'description' | 'capacity' | 'language' | 'interpretation' | 'accessibility'
> {
  /** Absent: a new one. */
  readonly outlineId?: string | null;
  readonly chapterId: string;
  readonly kind: GatheringKind;
  /** What planners know it by. */
  readonly name: string;
  readonly durationMinutes: number;
}

const COLUMNS = `kind = $3, name = $4, title = $5, description = $6, duration_minutes = $7, capacity = $8, language = $9,
  interpretation = $10, accessibility = $11`;

/** Outlines of common sessions, from which gatherings are planned. */
@Injectable()
export class OutlinesService {
  constructor(private readonly db: Database) {}

  /** @returns its id. @throws AppError AUTHZ.* (gatherings.edit in the chapter), GATHERING.INVALID, OUTLINE.NOT_FOUND. */
  async save(actor: Actor, input: SaveOutline): Promise<string> {
    actor.require('gatherings.edit', input.chapterId);
    checkDetails(input);
    checkDuration(input.durationMinutes);
    const name = input.name.trim();
    if (name === '' || name.length > 200)
      throw gatheringInvalid('input.name', 'A name has 1 to 200 characters.');
    const values = [
      input.chapterId,
      input.outlineId ?? null,
      input.kind,
      name,
      input.title.trim(),
      input.description ?? '',
      input.durationMinutes,
      input.capacity ?? null,
      input.language ?? 'en',
      unique(input.interpretation),
      unique(input.accessibility),
    ];
    return this.db.tx(actor, async (em) => {
      const rows = (await em.query(
        input.outlineId == null
          ? `INSERT INTO gathering_outline (chapter_id, kind, name, title, description, duration_minutes, capacity, language, interpretation, accessibility)
             SELECT $1, $3, $4, $5, $6, $7, $8, $9, $10, $11 WHERE $2::uuid IS NULL RETURNING id`
          : `WITH o AS (UPDATE gathering_outline SET ${COLUMNS} WHERE id = $2 AND chapter_id = $1 AND retired_at IS NULL RETURNING id) SELECT id FROM o`,
        values,
      )) as { id: string }[];
      if (rows[0] === undefined) throw outlineNotFound('input.outlineId');
      return rows[0].id;
    });
  }

  /** Planners are no longer offered it; what was planned from it stays. @throws AppError AUTHZ.*, OUTLINE.NOT_FOUND. */
  async retire(actor: Actor, outlineId: string): Promise<void> {
    actor.require('gatherings.edit');
    await this.db.tx(actor, async (em) => {
      const [found] = (await em.query(`SELECT chapter_id FROM gathering_outline WHERE id = $1`, [
        outlineId,
      ])) as {
        chapter_id: string;
      }[];
      if (found === undefined) throw outlineNotFound('id');
      actor.require('gatherings.edit', found.chapter_id);
      await em.query(
        `UPDATE gathering_outline SET retired_at = coalesce(retired_at, app.now()) WHERE id = $1`,
        [outlineId],
      );
    });
  }
}

const outlineNotFound = (field: string): AppError =>
  new AppError('not_found', 'OUTLINE.NOT_FOUND', 'No such outline.', { field });
