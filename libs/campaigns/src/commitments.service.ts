import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { unauthenticated, type Actor } from '@unionhall/identity';
import { Database, Outbox } from '@unionhall/platform';
import {
  COMMITMENT_KINDS,
  EVIDENCE_GRADES,
  type CommitmentKind,
  type CommitmentStatus,
  type EvidenceGrade,
} from './campaign.entity';
import {
  campaignClosed,
  campaignNotFound,
  commitmentAlready,
  commitmentInvalid,
  commitmentNotFound,
  commitmentOver,
  pledgerNotAMember,
} from './campaigns.errors';
import { commitmentChanged } from './campaigns.events';
import { isDate } from './campaigns.service';

export interface Pledge {
  readonly campaignId: string;
  readonly kind: CommitmentKind;
  readonly phaseId?: string | null;
  /** Which platforms it is about. */
  readonly platformIds?: readonly string[] | null;
  /** Calendar dates, `YYYY-MM-DD`, both included. */
  readonly startsOn?: string | null;
  readonly endsOn?: string | null;
}

export interface CheckIn {
  readonly commitmentId: string;
  readonly status: 'kept' | 'broken';
  /** A member's own word is `self_reported`; an organizer names a grade. */
  readonly evidence?: EvidenceGrade | null;
}

interface Standing {
  id: string;
  campaign_id: string;
  member_id: string;
  chapter_id: string;
  status: CommitmentStatus;
}

/** What members pledge. One live commitment per member, campaign and kind. */
@Injectable()
export class CommitmentsService {
  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
  ) {}

  /**
   * A member pledges; gives the commitment's id.
   * @throws AppError COMMITMENT.NOT_A_MEMBER, COMMITMENT.INVALID, COMMITMENT.ALREADY, CAMPAIGN.NOT_FOUND,
   *   CAMPAIGN.CLOSED, AUTHZ.UNAUTHENTICATED.
   */
  async pledge(actor: Actor, input: Pledge): Promise<string> {
    const memberId = this.memberOf(actor);
    checkPledge(input);
    const id = await this.db.tx(actor, async (em) => {
      await this.requireOpen(em, input);
      const [row] = (await em.query(
        `INSERT INTO commitment (campaign_id, phase_id, member_id, chapter_id, kind, platform_ids, starts_on, ends_on, source, pledged_at)
         SELECT $1, $2, m.id, m.chapter_id, $4, $5::uuid[], $6::date, $7::date, $8, app.clock()
         FROM member m WHERE m.id = $3 AND m.erased_at IS NULL
         ON CONFLICT (member_id, campaign_id, kind) WHERE status IN ('pledged', 'kept', 'unknown') DO NOTHING
         RETURNING id`,
        [
          input.campaignId,
          input.phaseId ?? null,
          memberId,
          input.kind,
          [...new Set(input.platformIds ?? [])],
          input.startsOn ?? null,
          input.endsOn ?? null,
          actor.kind === 'link' ? 'link' : 'portal',
        ],
      )) as { id: string }[];
      if (row === undefined) throw await this.standing(em, memberId, input);
      await this.outbox.emit(
        em,
        commitmentChanged({
          commitmentId: row.id,
          campaignId: input.campaignId,
          memberId,
          status: 'pledged',
          previous: null,
        }),
      );
      return row.id;
    });
    await this.outbox.nudge();
    return id;
  }

  /**
   * Says whether a commitment was kept: the member of their own, or an organizer in reach with a grade.
   * @throws AppError COMMITMENT.NOT_FOUND, COMMITMENT.OVER, COMMITMENT.INVALID.
   */
  async checkIn(actor: Actor, input: CheckIn): Promise<void> {
    if (!['kept', 'broken'].includes(input.status))
      throw commitmentInvalid('input.status', 'kept or broken.');
    if (input.evidence != null && !EVIDENCE_GRADES.includes(input.evidence)) {
      throw commitmentInvalid('input.evidence', 'This grade of evidence is not known.');
    }
    await this.change(actor, input.commitmentId, input.status, (own) => {
      if (own && input.evidence != null && input.evidence !== 'self_reported') {
        throw commitmentInvalid('input.evidence', 'One’s own word is self_reported.');
      }
      if (!own && input.evidence == null) throw commitmentInvalid('input.evidence', 'Say how this is known.');
      return input.evidence ?? 'self_reported';
    });
  }

  /** A member takes a pledge back, or an organizer for them. @throws AppError COMMITMENT.NOT_FOUND, COMMITMENT.OVER. */
  async withdraw(actor: Actor, commitmentId: string): Promise<void> {
    await this.change(actor, commitmentId, 'withdrawn', () => null);
  }

  private async change(
    actor: Actor,
    id: string,
    status: CommitmentStatus,
    evidence: (own: boolean) => EvidenceGrade | null,
  ): Promise<void> {
    await this.db.tx(actor, async (em) => {
      const [row] = (await em.query(
        `SELECT id, campaign_id, member_id, chapter_id, status FROM commitment WHERE id = $1 FOR UPDATE`,
        [id],
      )) as Standing[];
      if (row === undefined) throw commitmentNotFound();
      const own = actor.memberId === row.member_id;
      if (!own) actor.require('campaigns.edit', row.chapter_id);
      if (!['pledged', 'unknown', 'kept', 'broken'].includes(row.status)) throw commitmentOver(row.status);
      const ended = status === 'withdrawn';
      await em.query(
        `UPDATE commitment SET status = $2, evidence = coalesce($3, evidence), checked_at = CASE WHEN $4 THEN checked_at ELSE app.now() END,
           ended_at = CASE WHEN $4 THEN app.now() END WHERE id = $1`,
        [id, status, evidence(own), ended],
      );
      await this.outbox.emit(
        em,
        commitmentChanged({
          commitmentId: id,
          campaignId: row.campaign_id,
          memberId: row.member_id,
          status,
          previous: row.status,
        }),
      );
    });
    await this.outbox.nudge();
  }

  private memberOf(actor: Actor): string {
    if (actor.memberId !== undefined) return actor.memberId;
    throw actor.kind === 'anonymous' ? unauthenticated() : pledgerNotAMember();
  }

  private async requireOpen(em: EntityManager, input: Pledge): Promise<void> {
    const [row] = (await em.query(
      `SELECT c.state, c.ends_at <= app.now() AS over,
         $2::uuid IS NULL OR EXISTS (SELECT FROM campaign_phase p WHERE p.id = $2 AND p.campaign_id = c.id) AS phase_known,
         NOT EXISTS (SELECT FROM unnest($3::uuid[]) AS w (id) WHERE NOT EXISTS (SELECT FROM platform p WHERE p.id = w.id)) AS platforms_known
       FROM campaign c WHERE c.id = $1 AND c.state <> 'draft' FOR KEY SHARE`,
      [input.campaignId, input.phaseId ?? null, input.platformIds ?? []],
    )) as { state: string; over: boolean | null; phase_known: boolean; platforms_known: boolean }[];
    if (row === undefined) throw campaignNotFound();
    if (row.state === 'closed' || row.over === true) throw campaignClosed();
    if (!row.phase_known) throw commitmentInvalid('input.phaseId', 'The campaign has no such phase.');
    if (!row.platforms_known)
      throw commitmentInvalid('input.platformIds', 'One of these platforms is not known.');
  }

  private async standing(em: EntityManager, memberId: string, input: Pledge): Promise<Error> {
    const [row] = (await em.query(
      `SELECT status FROM commitment WHERE member_id = $1 AND campaign_id = $2 AND kind = $3
         AND status IN ('pledged', 'kept', 'unknown')`,
      [memberId, input.campaignId, input.kind],
    )) as { status: string }[];
    return row === undefined ? pledgerNotAMember() : commitmentAlready(row.status);
  }
}

function checkPledge(input: Pledge): void {
  if (!COMMITMENT_KINDS.includes(input.kind))
    throw commitmentInvalid('input.kind', 'This kind of commitment is not known.');
  for (const name of ['startsOn', 'endsOn'] as const) {
    const value = input[name];
    if (value != null && !isDate(value))
      throw commitmentInvalid(`input.${name}`, 'A date looks like 2026-11-24.');
  }
  if (input.startsOn && input.endsOn && input.endsOn < input.startsOn) {
    throw commitmentInvalid('input.endsOn', 'The last day does not come before the first.');
  }
  if ((input.platformIds?.length ?? 0) > 50)
    throw commitmentInvalid('input.platformIds', 'At most 50 platforms.');
}
