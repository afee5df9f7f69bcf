import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '@unionhall/identity';
import { Database, Outbox } from '@unionhall/platform';
import { gatheringNotFound } from '../gatherings.errors';
import { modulesTaught } from './trainings.events';
import { checkCourse, type SaveCourse } from './course-input';
import {
  courseInvalid,
  courseNotDraft,
  courseNotFound,
  moduleNotFound,
  notATraining,
  prerequisiteCircle,
} from './trainings.errors';

const INSERT = `
  INSERT INTO course (chapter_id, title, description, language, certificate_months, optional_needed, prepares_for)
  VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`;
const UPDATE = `
  UPDATE course SET title = $2, description = $3, language = $4, certificate_months = $5, optional_needed = $6, prepares_for = $7
  WHERE id = $1`;
const MODULES = `
  INSERT INTO course_module (course_id, ordinal, title, minimum_minutes, required)
  SELECT $1, m.ordinal, m.title, m.minutes, m.required
  FROM unnest($2::text[], $3::int[], $4::boolean[]) WITH ORDINALITY AS m (title, minutes, required, ordinal)`;
/** Courses that come before the given ones, however far. */
const BEFORE = `
  WITH RECURSIVE before AS (
    SELECT unnest($1::uuid[]) AS id UNION SELECT p.requires_id FROM before b JOIN course_prerequisite p ON p.course_id = b.id)
  SELECT id FROM before`;

/** Courses, and which gatherings teach them. */
@Injectable()
export class CoursesService {
  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Drafts a course, or changes one; modules and prerequisites are given whole, modules of a draft alone.
   * @returns its id.
   * @throws AppError AUTHZ.* (gatherings.edit in its chapter), COURSE.* naming the input field.
   */
  async save(actor: Actor, input: SaveCourse): Promise<string> {
    checkCourse(input);
    const details = [
      input.title.trim(),
      input.description ?? '',
      input.language ?? 'en',
      input.certificateMonths ?? null,
      input.optionalNeeded ?? 0,
      input.preparesFor ?? null,
    ];
    return this.db.tx(actor, async (em) => {
      const { courseId, chapterId } = input;
      if (courseId == null) {
        if (chapterId == null) throw courseInvalid('input.chapterId', 'A course belongs to a chapter.');
        actor.require('gatherings.edit', chapterId);
        const [made] = (await em.query(INSERT, [chapterId, ...details])) as [{ id: string }];
        await this.writeParts(em, made.id, input);
        return made.id;
      }
      const { state } = await this.locked(em, actor, courseId, 'input.courseId');
      if (state !== 'draft' && input.modules != null) throw courseNotDraft();
      await em.query(UPDATE, [courseId, ...details]);
      await this.writeParts(em, courseId, input);
      return courseId;
    });
  }

  /** From now on it can be taught, and its modules stay as they are. @throws AppError AUTHZ.*, COURSE.*. */
  async open(actor: Actor, courseId: string): Promise<void> {
    await this.db.tx(actor, async (em) => {
      await this.locked(em, actor, courseId, 'courseId');
      const [{ modules }] = (await em.query(
        `SELECT count(*)::int AS modules FROM course_module WHERE course_id = $1`,
        [courseId],
      )) as [{ modules: number }];
      if (modules === 0) throw courseInvalid('courseId', 'A course has at least one module.');
      await em.query(`UPDATE course SET state = 'open' WHERE id = $1`, [courseId]);
    });
  }

  /** It is no longer taught; certificates of it stand. @throws AppError AUTHZ.*, COURSE.NOT_FOUND. */
  async retire(actor: Actor, courseId: string): Promise<void> {
    await this.db.tx(actor, async (em) => {
      await this.locked(em, actor, courseId, 'courseId');
      await em.query(`UPDATE course SET state = 'retired' WHERE id = $1`, [courseId]);
    });
  }

  /**
   * Says which modules a training teaches, whole; who came to it already has completed them, or has no longer.
   * @throws AppError AUTHZ.* (gatherings.edit in the chapter), GATHERING.NOT_FOUND, COURSE.NOT_A_TRAINING,
   *   COURSE.MODULE_NOT_FOUND naming the first.
   */
  async teach(actor: Actor, gatheringId: string, moduleIds: readonly string[]): Promise<void> {
    await this.db.tx(actor, async (em) => {
      const [gathering] = (await em.query(
        `SELECT chapter_id AS "chapterId", kind FROM gathering WHERE id = $1 FOR NO KEY UPDATE`,
        [gatheringId],
      )) as { chapterId: string; kind: string }[];
      if (gathering === undefined) throw gatheringNotFound();
      actor.require('gatherings.edit', gathering.chapterId);
      if (gathering.kind !== 'training') throw notATraining();
      const known = (await em.query(
        `SELECT m.id FROM course_module m JOIN course c ON c.id = m.course_id WHERE m.id = ANY($1::uuid[]) AND c.state = 'open'`,
        [moduleIds],
      )) as { id: string }[];
      const ids = new Set(known.map(({ id }) => id));
      moduleIds.forEach((id, index) => {
        if (!ids.has(id)) throw moduleNotFound(`moduleIds.${index}`);
      });
      const [gone] = (await em.query(
        `DELETE FROM gathering_module WHERE gathering_id = $1 AND module_id <> ALL($2::uuid[]) RETURNING module_id AS id`,
        [gatheringId, moduleIds],
      )) as [{ id: string }[], number];
      await em.query(
        `INSERT INTO gathering_module (gathering_id, module_id) SELECT $1, unnest($2::uuid[]) ON CONFLICT DO NOTHING`,
        [gatheringId, [...ids]],
      );
      await this.outbox.emit(
        em,
        modulesTaught({ gatheringId, moduleIds: [...new Set([...ids, ...gone.map(({ id }) => id)])] }),
      );
    });
    await this.outbox.nudge();
  }

  private async writeParts(em: EntityManager, courseId: string, input: SaveCourse): Promise<void> {
    const { modules, requires } = input;
    if (modules != null) {
      await em.query(`DELETE FROM course_module WHERE course_id = $1`, [courseId]);
      await em.query(MODULES, [
        courseId,
        modules.map(({ title }) => title.trim()),
        modules.map(({ minimumMinutes }) => minimumMinutes ?? null),
        modules.map(({ required }) => required ?? true),
      ]);
    }
    if (requires == null) return;
    const known = (await em.query(`SELECT id FROM course WHERE id = ANY($1::uuid[])`, [requires])) as {
      id: string;
    }[];
    const ids = new Set(known.map(({ id }) => id));
    requires.forEach((id, index) => {
      if (!ids.has(id)) throw courseNotFound(`input.requires.${index}`);
    });
    // One at a time, so that two changes cannot close a circle between them.
    await em.query(`SELECT pg_advisory_xact_lock(hashtextextended('course prerequisites', 0))`);
    const before = (await em.query(BEFORE, [[...ids]])) as { id: string }[];
    if (before.some(({ id }) => id === courseId)) throw prerequisiteCircle('input.requires');
    await em.query(`DELETE FROM course_prerequisite WHERE course_id = $1`, [courseId]);
    await em.query(`INSERT INTO course_prerequisite (course_id, requires_id) SELECT $1, unnest($2::uuid[])`, [
      courseId,
      [...ids],
    ]);
  }

  private async locked(
    em: EntityManager,
    actor: Actor,
    courseId: string,
    field: string,
  ): Promise<{ state: string }> {
    const [course] = (await em.query(
      `SELECT chapter_id AS "chapterId", state FROM course WHERE id = $1 FOR UPDATE`,
      [courseId],
    )) as { chapterId: string; state: string }[];
    if (course === undefined) throw courseNotFound(field);
    actor.require('gatherings.edit', course.chapterId);
    return course;
  }
}
