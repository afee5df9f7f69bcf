import { Injectable } from '@nestjs/common';
import type { Actor } from '@unionhall/identity';
import { Database } from '@unionhall/platform';
import { requireMembers } from '../attendance-book';
import { refreshLadder } from './ladder';
import { alreadyQualified, qualificationNotFound } from './trainings.errors';

export const QUALIFICATIONS = ['facilitator', 'trainer'] as const;
export type QualificationKind = (typeof QUALIFICATIONS)[number];

/** Who may lead sessions, and who may train others. Somebody who plans there says so; it is theirs until it is taken back. */
@Injectable()
export class QualificationsService {
  constructor(private readonly db: Database) {}

  /**
   * @returns its id.
   * @throws AppError AUTHZ.* (gatherings.edit where the member is), MEMBER.NOT_FOUND, QUALIFICATION.ALREADY.
   */
  async grant(actor: Actor, memberId: string, kind: QualificationKind): Promise<string> {
    actor.require('gatherings.edit');
    return this.db.tx(actor, async (em) => {
      await requireMembers(em, [memberId], () => 'input.memberId');
      const [member] = (await em.query(`SELECT chapter_id AS "chapterId" FROM member WHERE id = $1`, [
        memberId,
      ])) as [{ chapterId: string }];
      actor.require('gatherings.edit', member.chapterId);
      const [made] = (await em.query(
        `INSERT INTO qualification (member_id, chapter_id, kind, granted_by) SELECT id, chapter_id, $2, $3 FROM member WHERE id = $1
         ON CONFLICT (member_id, kind) WHERE revoked_at IS NULL DO NOTHING RETURNING id`,
        [memberId, kind, actor.userId ?? null],
      )) as { id: string }[];
      if (made === undefined) throw alreadyQualified();
      await refreshLadder(em, [memberId]);
      return made.id;
    });
  }

  /** @throws AppError AUTHZ.*, QUALIFICATION.NOT_FOUND. */
  async revoke(actor: Actor, qualificationId: string): Promise<void> {
    actor.require('gatherings.edit');
    await this.db.tx(actor, async (em) => {
      const [found] = (await em.query(
        `SELECT chapter_id AS "chapterId", member_id AS "memberId" FROM qualification WHERE id = $1 AND revoked_at IS NULL FOR UPDATE`,
        [qualificationId],
      )) as { chapterId: string; memberId: string }[];
      if (found === undefined) throw qualificationNotFound();
      actor.require('gatherings.edit', found.chapterId);
      await em.query(`UPDATE qualification SET revoked_at = app.now() WHERE id = $1`, [qualificationId]);
      await refreshLadder(em, [found.memberId]);
    });
  }
}
