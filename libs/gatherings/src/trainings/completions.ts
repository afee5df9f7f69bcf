import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Outbox } from '@unionhall/platform';
import { refreshLadder } from './ladder';
import { certificateIssued } from './trainings.events';

/** What counts as having been there: marked as attended, and long enough where minutes are known. */
const CAME = `a.status = 'attended' AND (m.minimum_minutes IS NULL OR a.minutes IS NULL OR a.minutes >= m.minimum_minutes)`;
const COMPLETE = `
  INSERT INTO module_completion AS c (module_id, member_id, chapter_id, gathering_id, completed_at)
  SELECT DISTINCT ON (a.member_id, m.id) m.id, a.member_id, a.chapter_id, g.id, g.ends_at
    FROM course_module m JOIN gathering_module t ON t.module_id = m.id JOIN gathering g ON g.id = t.gathering_id
    JOIN attendance a ON a.gathering_id = g.id
   WHERE m.id = ANY($1::uuid[]) AND a.member_id = ANY($2::uuid[]) AND g.state <> 'cancelled' AND ${CAME}
   ORDER BY a.member_id, m.id, g.ends_at, g.id
  ON CONFLICT (member_id, module_id) DO UPDATE SET gathering_id = excluded.gathering_id, completed_at = excluded.completed_at
   WHERE (c.gathering_id, c.completed_at) IS DISTINCT FROM (excluded.gathering_id, excluded.completed_at)`;
const TAKE_BACK = `
  DELETE FROM module_completion c WHERE c.module_id = ANY($1::uuid[]) AND c.member_id = ANY($2::uuid[])
   AND NOT EXISTS (SELECT FROM course_module m JOIN gathering_module t ON t.module_id = m.id
     JOIN attendance a ON a.gathering_id = t.gathering_id WHERE m.id = c.module_id AND a.member_id = c.member_id AND ${CAME})`;
/** Whoever has every required module, and enough of the others. */
const DONE = `
  SELECT c.id AS course_id, p.member_id FROM course c CROSS JOIN unnest($2::uuid[]) AS p (member_id)
   WHERE c.id IN (SELECT course_id FROM course_module WHERE id = ANY($1::uuid[])) AND c.state <> 'draft'
     AND NOT EXISTS (SELECT FROM course_module m WHERE m.course_id = c.id AND m.required
       AND NOT EXISTS (SELECT FROM module_completion d WHERE d.module_id = m.id AND d.member_id = p.member_id))
     AND c.optional_needed <= (SELECT count(*) FROM course_module m JOIN module_completion d ON d.module_id = m.id
       WHERE m.course_id = c.id AND NOT m.required AND d.member_id = p.member_id)
     AND EXISTS (SELECT FROM course_module m JOIN module_completion d ON d.module_id = m.id
       WHERE m.course_id = c.id AND d.member_id = p.member_id)`;
const DUE = `
  SELECT d.course_id AS "courseId", d.member_id AS "memberId" FROM (${DONE}) d
   WHERE NOT EXISTS (SELECT FROM certificate x WHERE x.course_id = d.course_id AND x.member_id = d.member_id AND x.revoked_at IS NULL)`;
/** Months are those of the calendar where the course is at home: a month after 31 January is the end of February. */
const ISSUE = `
  INSERT INTO certificate (course_id, member_id, chapter_id, code, expires_at)
  SELECT c.id, m.id, m.chapter_id, n.code,
    ((app.now() AT TIME ZONE h.time_zone) + make_interval(months => c.certificate_months)) AT TIME ZONE h.time_zone
   FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS n (course_id, member_id, code)
   JOIN course c ON c.id = n.course_id JOIN chapter h ON h.id = c.chapter_id JOIN member m ON m.id = n.member_id AND m.erased_at IS NULL
  ON CONFLICT (member_id, course_id) WHERE revoked_at IS NULL DO NOTHING
  RETURNING id, course_id AS "courseId", member_id AS "memberId"`;
const REVOKE = `
  UPDATE certificate x SET revoked_at = app.now(), revoked_for = 'attendance_corrected'
   WHERE x.revoked_at IS NULL AND x.member_id = ANY($2::uuid[])
     AND x.course_id IN (SELECT course_id FROM course_module WHERE id = ANY($1::uuid[]))
     AND (x.course_id, x.member_id) NOT IN (SELECT course_id, member_id FROM (${DONE}) d)`;

/** Keeps who has completed what, and certificates, as attendance says; a set at a time. */
@Injectable()
export class Completions {
  constructor(private readonly outbox: Outbox) {}

  /** Attendance at a gathering has changed. In the caller's transaction and as the system. */
  async onAttendance(em: EntityManager, gatheringId: string, memberIds: readonly string[]): Promise<void> {
    const modules = (await em.query(`SELECT module_id AS id FROM gathering_module WHERE gathering_id = $1`, [
      gatheringId,
    ])) as { id: string }[];
    if (modules.length > 0)
      await this.settle(
        em,
        gatheringId,
        modules.map(({ id }) => id),
        memberIds,
      );
    const led = (await em.query(
      `SELECT member_id AS id FROM gathering_facilitator WHERE gathering_id = $1 AND state = 'confirmed'`,
      [gatheringId],
    )) as { id: string }[];
    await refreshLadder(em, [...new Set([...memberIds, ...led.map(({ id }) => id)])]);
  }

  /** A gathering teaches other modules than it did. */
  async onModules(em: EntityManager, gatheringId: string, moduleIds: readonly string[]): Promise<void> {
    const people = (await em.query(
      `SELECT member_id AS id FROM attendance WHERE gathering_id = $1 AND status = 'attended'`,
      [gatheringId],
    )) as { id: string }[];
    if (people.length === 0 || moduleIds.length === 0) return;
    const ids = people.map(({ id }) => id);
    await this.settle(em, gatheringId, moduleIds, ids);
    await refreshLadder(em, ids);
  }

  private async settle(
    em: EntityManager,
    gatheringId: string,
    moduleIds: readonly string[],
    memberIds: readonly string[],
  ): Promise<void> {
    // Two trainings that are marked at once and together complete a course: whoever comes second sees the first.
    await em.query(`SELECT FROM member WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`, [
      memberIds,
    ]);
    const these = [moduleIds, memberIds];
    await em.query(TAKE_BACK, these);
    await em.query(COMPLETE, these);
    await em.query(REVOKE, these);
    const due = (await em.query(DUE, these)) as { courseId: string; memberId: string }[];
    if (due.length === 0) return;
    const issued = (await em.query(ISSUE, [
      due.map(({ courseId }) => courseId),
      due.map(({ memberId }) => memberId),
      due.map(() => newCode()),
    ])) as { id: string; courseId: string; memberId: string }[];
    await this.outbox.emit(
      em,
      ...issued.map(({ id, courseId, memberId }) =>
        certificateIssued({ certificateId: id, courseId, memberId, gatheringId }),
      ),
    );
  }
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 80 random bits in the letters of Crockford's base 32, which are not taken for each other. */
export const newCode = (): string => [...randomBytes(16)].map((byte) => ALPHABET[byte & 31]).join('');

/** What a person may have typed for a code: small letters, groups, O for 0, I and L for 1. */
export const readCode = (given: string): string =>
  given.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
