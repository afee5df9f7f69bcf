import { Injectable } from '@nestjs/common';
import type { Actor } from '@unionhall/identity';
import { Database } from '@unionhall/platform';
import { splitForeign, splitIncomplete, themeInvalid } from './listening.errors';
import { activeTheme, insertTheme, note } from './themes.service';

export interface SplitPart {
  readonly name: string;
  readonly description?: string | null;
  /** Testimony that belongs to this part; one may belong to several. */
  readonly testimonyIds: readonly string[];
}

const MOST_PARTS = 20;

/** Splits themes: the new ones begin with the testimony that somebody has assigned to them. */
@Injectable()
export class ThemeSplitService {
  constructor(private readonly db: Database) {}

  /**
   * Splits a theme into new ones of the same chapter; every testimony settled with it goes to a part.
   * Codes that are not settled yet stay with the old theme, and are decided when they are.
   * @returns the new themes, in the order given.
   * @throws AppError AUTHZ.*, THEME.NOT_FOUND, INVALID, NAME_TAKEN, SPLIT_INCOMPLETE, SPLIT_FOREIGN.
   */
  async split(
    actor: Actor,
    input: { themeId: string; parts: readonly SplitPart[] },
  ): Promise<readonly { id: string }[]> {
    const { parts } = input;
    if (parts.length < 2 || parts.length > MOST_PARTS)
      throw themeInvalid('input.parts', `A theme is split into 2 to ${MOST_PARTS}.`);
    return this.db.tx(actor, async (em) => {
      const theme = await activeTheme(em, actor, input.themeId);
      const settled = (await em.query(
        `SELECT DISTINCT t.id FROM testimony t JOIN testimony_theme s ON s.testimony_id = t.id JOIN theme h ON h.id = s.theme_id
         WHERE h.current_id = $1 AND t.state = 'standing'`,
        [theme.id],
      )) as { id: string }[];
      const left = new Set(settled.map(({ id }) => id));
      parts.forEach(({ testimonyIds }, index) =>
        testimonyIds.forEach((id, at) => {
          if (!settled.some((one) => one.id === id))
            throw splitForeign(`input.parts.${index}.testimonyIds.${at}`);
          left.delete(id);
        }),
      );
      if (left.size > 0) throw splitIncomplete(left.size);
      await em.query(
        `UPDATE theme SET current_id = NULL, state = CASE WHEN id = $1 THEN 'split' ELSE state END WHERE current_id = $1`,
        [theme.id],
      );
      const made: { id: string }[] = [];
      for (const [index, part] of parts.entries()) {
        const about = { ...part, chapterId: theme.chapterId };
        const id = await insertTheme(em, actor, about, `input.parts.${index}`, theme.id);
        await note(em, actor, theme.id, 'split_into', theme.name, id);
        await em.query(
          `INSERT INTO testimony_theme (testimony_id, theme_id, chapter_id, how, settled_by)
           SELECT t.id, $1, t.chapter_id, 'split', $3 FROM testimony t WHERE t.id = ANY ($2::uuid[])
           ON CONFLICT DO NOTHING`,
          [id, part.testimonyIds, actor.userId ?? null],
        );
        made.push({ id });
      }
      return made;
    });
  }
}
