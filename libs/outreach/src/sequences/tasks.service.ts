import { Injectable } from '@nestjs/common';
import type { Actor } from '@unionhall/identity';
import { Database } from '@unionhall/platform';
import { taskNotFound } from '../outreach.errors';

/** What sequences ask organizers to do. */
@Injectable()
export class TasksService {
  constructor(private readonly db: Database) {}

  /** @param done false when it is to do after all. @throws AppError TASK.NOT_FOUND, AUTHZ.*. */
  async complete(actor: Actor, id: string, done: boolean): Promise<{ id: string }> {
    await this.db.tx(actor, async (em) => {
      const [task] = (await em.query(`SELECT chapter_id FROM task WHERE id = $1 FOR UPDATE`, [id])) as {
        chapter_id: string;
      }[];
      if (task === undefined) throw taskNotFound();
      actor.require('outreach.run', task.chapter_id);
      await em.query(
        `UPDATE task SET done_at = CASE WHEN $2 THEN coalesce(done_at, app.now()) END, done_by = CASE WHEN $2 THEN coalesce(done_by, $3) END WHERE id = $1`,
        [id, done, actor.userId ?? null],
      );
    });
    return { id };
  }
}
