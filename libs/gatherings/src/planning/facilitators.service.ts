import { Injectable } from '@nestjs/common';
import type { Actor } from '@unionhall/identity';
import { AppError, Database, Outbox } from '@unionhall/platform';
import { requireMembers } from '../attendance-book';
import {
  gatheringCancelled,
  gatheringInvalid,
  gatheringNotFound,
  gatheringOver,
  notAMember,
} from '../gatherings.errors';
import { facilitatorAnswered, facilitatorAsked } from '../gatherings.events';

export const FACILITATOR_ROLES = [
  'lead',
  'co_lead',
  'trainer',
  'interpreter',
  'note_taker',
  'welcome',
  'technician',
] as const;
export type FacilitatorRole = (typeof FACILITATOR_ROLES)[number];
export const FACILITATOR_STATES = ['asked', 'confirmed', 'declined'] as const;
export type FacilitatorState = (typeof FACILITATOR_STATES)[number];

export interface AskFacilitator {
  readonly gatheringId: string;
  readonly memberId: string;
  readonly role: FacilitatorRole;
}

const GATHERING = `SELECT chapter_id, state, ends_at <= app.now() AS over FROM gathering WHERE id = $1 FOR SHARE`;
const ASK = `
  INSERT INTO gathering_facilitator AS f (gathering_id, member_id, chapter_id, role)
  SELECT $1, m.id, m.chapter_id, $3 FROM member m WHERE m.id = $2
  ON CONFLICT (gathering_id, member_id) DO UPDATE SET role = excluded.role,
    state = CASE WHEN f.role = excluded.role AND f.state <> 'declined' THEN f.state ELSE 'asked' END,
    answered_at = CASE WHEN f.role = excluded.role AND f.state <> 'declined' THEN f.answered_at END,
    asked_at = CASE WHEN f.role = excluded.role AND f.state <> 'declined' THEN f.asked_at ELSE app.now() END
  RETURNING id`;
const ANSWER = `
  WITH answered AS (
    UPDATE gathering_facilitator SET state = $3, answered_at = app.now() WHERE id = $1 AND member_id = $2 RETURNING id, gathering_id)
  SELECT a.gathering_id AS "gatheringId", g.chapter_id AS "chapterId", g.state, g.ends_at <= app.now() AS over
  FROM answered a JOIN gathering g ON g.id = a.gathering_id`;

/** Who leads a gathering. They are asked, and say for themselves whether they will. */
@Injectable()
export class FacilitatorsService {
  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Asks a member to take a role; asked again for another, they answer again.
   * @returns the id of what they are asked.
   * @throws AppError AUTHZ.* (gatherings.edit in the chapter), GATHERING.NOT_FOUND, CANCELLED, OVER, MEMBER.NOT_FOUND.
   */
  async ask(actor: Actor, input: AskFacilitator): Promise<string> {
    if (!FACILITATOR_ROLES.includes(input.role))
      throw gatheringInvalid('input.role', `A role is one of ${FACILITATOR_ROLES.join(', ')}.`);
    const id = await this.db.tx(actor, async (em) => {
      const [gathering] = (await em.query(GATHERING, [input.gatheringId])) as {
        chapter_id: string;
        state: string;
        over: boolean;
      }[];
      if (gathering === undefined) throw gatheringNotFound('input.gatheringId');
      actor.require('gatherings.edit', gathering.chapter_id);
      if (gathering.state === 'cancelled') throw gatheringCancelled();
      if (gathering.over) throw gatheringOver();
      await requireMembers(em, [input.memberId], () => 'input.memberId');
      const [asked] = (await em.query(ASK, [input.gatheringId, input.memberId, input.role])) as [
        { id: string },
      ];
      await this.outbox.emit(
        em,
        facilitatorAsked({
          gatheringId: input.gatheringId,
          memberId: input.memberId,
          facilitatorId: asked.id,
        }),
      );
      return asked.id;
    });
    await this.outbox.nudge();
    return id;
  }

  /** Takes somebody off a gathering. @throws AppError AUTHZ.*, FACILITATOR.NOT_FOUND. */
  async release(actor: Actor, facilitatorId: string): Promise<void> {
    actor.require('gatherings.edit');
    await this.db.tx(actor, async (em) => {
      const [found] = (await em.query(
        `SELECT g.chapter_id FROM gathering_facilitator f JOIN gathering g ON g.id = f.gathering_id WHERE f.id = $1`,
        [facilitatorId],
      )) as { chapter_id: string }[];
      if (found === undefined) throw facilitatorNotFound();
      actor.require('gatherings.edit', found.chapter_id);
      await em.query(`DELETE FROM gathering_facilitator WHERE id = $1`, [facilitatorId]);
    });
  }

  /**
   * A member says whether they take the role.
   * @throws AppError RSVP.NOT_A_MEMBER, FACILITATOR.NOT_FOUND, GATHERING.CANCELLED, GATHERING.OVER.
   */
  async answer(actor: Actor, facilitatorId: string, takes: boolean): Promise<void> {
    if (actor.memberId === undefined) throw notAMember();
    await this.db.tx(actor, async (em) => {
      const state: FacilitatorState = takes ? 'confirmed' : 'declined';
      const [done] = (await em.query(ANSWER, [facilitatorId, actor.memberId, state])) as {
        gatheringId: string;
        chapterId: string;
        state: string;
        over: boolean;
      }[];
      if (done === undefined) throw facilitatorNotFound();
      if (done.state === 'cancelled') throw gatheringCancelled();
      if (done.over) throw gatheringOver();
      const { gatheringId, chapterId } = done;
      await this.outbox.emit(em, facilitatorAnswered({ gatheringId, chapterId, facilitatorId, state }));
    });
    await this.outbox.nudge();
  }
}

const facilitatorNotFound = (): AppError =>
  new AppError('not_found', 'FACILITATOR.NOT_FOUND', 'Nobody has been asked that.', { field: 'id' });
