import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { BEFORE_OPT_OUTS } from '@unionhall/consent';
import { systemActor } from '@unionhall/identity';
import { Database } from '@unionhall/platform';
import { COMMIT, FINISH_COMMIT } from './commit-statements';
import { FINISH_UNDO, UNDO } from './undo-statements';

const LINES_AT_ONCE = 10_000;
/** Behind the header. */
const FIRST_LINE = 2;
const MAX_ATTEMPTS = 5;
/** A preview that nobody committed is forgotten after this, and so are the rows of what was committed. */
const PREVIEW_KEPT = '7 days';
const ROWS_KEPT = '30 days';

const WORKS: Readonly<Record<string, { statements: readonly string[]; finish: readonly string[] }>> = {
  committing: { statements: COMMIT, finish: FINISH_COMMIT },
  undoing: { statements: UNDO, finish: FINISH_UNDO },
};

const ACTOR = systemActor('import');

/**
 * Carries imports out. One transaction for each: a worker that is killed leaves nothing of it, and the
 * sweep begins it anew. How far it is stands in `done_count`, written beside the transaction.
 */
@Injectable()
export class ImportWorkService {
  constructor(private readonly db: Database) {}

  /** Commits or undoes what was asked for; nothing when another worker is at it or it is done. */
  async work(importId: string): Promise<void> {
    try {
      await this.db.tx(ACTOR, (em) => this.carryOut(em, importId));
    } catch (error) {
      await this.countFailure(importId, (error as { code?: string }).code ?? 'UNKNOWN');
      throw error;
    }
  }

  /** Begins interrupted work anew. @returns how many imports were at it. */
  async sweep(): Promise<number> {
    const { rows } = await this.db.read(ACTOR, {
      text: `SELECT id FROM import_run WHERE state IN ('committing', 'undoing') ORDER BY id LIMIT 20`,
      values: [],
    });
    for (const { id } of rows as { id: string }[]) await this.work(id);
    return rows.length;
  }

  /** Forgets previews that were never committed, and the rows of imports that are past undoing. */
  async expire(): Promise<void> {
    await this.db.tx(ACTOR, async (em) => {
      await em.query(
        `DELETE FROM import_run WHERE state = 'previewed' AND created_at < app.now() - interval '${PREVIEW_KEPT}'`,
      );
      const old = `SELECT id FROM import_run WHERE state IN ('committed', 'undone', 'failed', 'closed')
                      AND created_at < app.now() - interval '${ROWS_KEPT}'`;
      await em.query(`DELETE FROM import_row WHERE import_id IN (${old})`);
      await em.query(`DELETE FROM import_change WHERE import_id IN (${old})`);
      await em.query(
        `UPDATE import_run SET state = 'closed' WHERE state = 'committed' AND created_at < app.now() - interval '${ROWS_KEPT}'`,
      );
    });
  }

  private async carryOut(em: EntityManager, importId: string): Promise<void> {
    // Not a row lock: progress is written to the row while this runs.
    const [mine] = (await em.query(`SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS locked`, [
      `import:${importId}`,
    ])) as { locked: boolean }[];
    if (mine?.locked !== true) return;
    const [run] = (await em.query(`SELECT state, last_line FROM import_run WHERE id = $1`, [importId])) as {
      state: string;
      last_line: number;
    }[];
    const work = run && WORKS[run.state];
    if (work === undefined) return;
    await this.progress(importId, 0, 0);
    for (let first = FIRST_LINE; first <= run!.last_line; first += LINES_AT_ONCE) {
      const last = first + LINES_AT_ONCE - 1;
      for (const statement of work.statements) await em.query(statement, [importId, first, last]);
      await this.progress(importId, first, last);
    }
    await em.query(BEFORE_OPT_OUTS);
    for (const statement of work.finish) await em.query(statement, [importId]);
  }

  /** Adds the rows between two lines to what is done; line 0 begins anew. */
  private async progress(importId: string, first: number, last: number): Promise<void> {
    await this.db.read(ACTOR, {
      text: `UPDATE import_run SET done_count = CASE WHEN $2 = 0 THEN 0 ELSE done_count + (
               SELECT count(*) FROM import_row WHERE import_id = $1 AND line BETWEEN $2 AND $3) END WHERE id = $1`,
      values: [importId, first, last],
    });
  }

  private async countFailure(importId: string, code: string): Promise<void> {
    await this.db.read(ACTOR, {
      text: `UPDATE import_run SET attempts = attempts + 1, done_count = 0,
                    problem = CASE WHEN attempts + 1 >= ${MAX_ATTEMPTS} THEN $2 END,
                    state = CASE WHEN attempts + 1 >= ${MAX_ATTEMPTS} THEN 'failed' ELSE state END
              WHERE id = $1 AND state IN ('committing', 'undoing')`,
      values: [importId, `IMPORT.FAILED ${code}`],
    });
  }
}
