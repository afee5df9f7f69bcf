import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CommitmentsService, type CommitmentKind } from '@unionhall/campaigns';
import { ConsentService } from '@unionhall/consent';
import { RsvpsService } from '@unionhall/gatherings';
import { AttemptsService, linkActor, systemActor, tokenHash } from '@unionhall/identity';
import { MembersService } from '@unionhall/members';
import { AppError, Database, Outbox } from '@unionhall/platform';
import type { TickedConsent } from './public-requests.service';
import { findOpenSubject, findSubject, type RequestKind, type RequestSubject } from './request-subject';
import { requestLinkExpired } from './requests.errors';

/** `already`: it stood before. */
export type ConfirmOutcome = 'done' | 'already' | 'waitlisted';

export interface PendingRequest {
  readonly kind: RequestKind;
  readonly subject: RequestSubject;
  /** A BCP 47 tag. */
  readonly language: string;
  /** Whether it has been confirmed before. */
  readonly done: boolean;
}

export interface Confirmed extends PendingRequest {
  readonly outcome: ConfirmOutcome;
  readonly memberId: string;
}

interface Row {
  id: string;
  kind: RequestKind;
  subject_id: string;
  choice: string | null;
  name: string | null;
  email: string | null;
  language: string;
  consents: TickedConsent[];
  member_id: string | null;
  done_at: Date | null;
}

const ACTOR = systemActor('public request');
const ALREADY = new Set(['COMMITMENT.ALREADY', 'RSVP.ALREADY']);

/** What happens when the holder of an address says yes. */
@Injectable()
export class ConfirmationsService {
  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
    private readonly attempts: AttemptsService,
    private readonly members: MembersService,
    private readonly consents: ConsentService,
    private readonly commitments: CommitmentsService,
    private readonly rsvps: RsvpsService,
  ) {}

  /** What a link would confirm; changes nothing. @throws AppError REQUEST.LINK_EXPIRED, and as `ask` of what is not there any more. */
  async pending(token: string): Promise<PendingRequest> {
    return this.db.tx(ACTOR, async (em) => {
      const row = await find(em, token);
      return shown(row, await findSubject(em, row.kind, row.subject_id));
    });
  }

  /**
   * Does what was asked for, as the member whose address it is, or a new prospect. Doing it again changes nothing.
   * @param address the network address it comes from.
   * @throws AppError REQUEST.LINK_EXPIRED, SIGN_IN.LIMITED, and those of `PublicRequestsService.ask` when it ended meanwhile.
   */
  async confirm({ token, address }: { token: string; address: string }): Promise<Confirmed> {
    const attempt = await this.attempts.count('redeem', tokenHash(token).toString('hex'), address);
    const { row, subject, memberId } = await this.db.tx(ACTOR, (em) => this.claim(em, token));
    await this.attempts.succeeded(attempt);
    if (row.done_at !== null) return { ...shown(row, subject), outcome: 'already', memberId };
    await this.outbox.nudge();
    const outcome = await this.perform(row, memberId);
    await this.db.tx(ACTOR, (em) =>
      em.query(`UPDATE public_request SET done_at = app.now() WHERE id = $1`, [row.id]),
    );
    return { ...shown(row, subject), outcome, memberId };
  }

  /**
   * Finds out who it is, sets the consents that were ticked, and forgets the name and address that were given.
   * A confirmation that was cut off goes on from here; what a member takes back meanwhile stays taken back.
   */
  private async claim(
    em: EntityManager,
    token: string,
  ): Promise<{ row: Row; subject: RequestSubject; memberId: string }> {
    const row = await find(em, token);
    if (row.member_id !== null) {
      const subject = await findSubject(em, row.kind, row.subject_id);
      return { row, subject, memberId: row.member_id };
    }
    const subject = await findOpenSubject(em, row.kind, row.subject_id);
    const memberId = await this.members.welcome(em, {
      chapterId: subject.chapterId,
      name: row.name!,
      email: row.email!,
      language: row.language,
    });
    await em.query(
      `UPDATE public_request SET member_id = $2, name = NULL, email = NULL, email_key = NULL WHERE id = $1`,
      [row.id, memberId],
    );
    for (const { purpose, wording } of row.consents)
      await this.consents.setWithin(em, linkActor(memberId, 'organizing'), {
        memberId,
        purpose,
        channel: 'email',
        granted: true,
        wording,
        source: `${row.kind} page, confirmed by mail`,
      });
    return { row, subject, memberId };
  }

  private async perform(row: Row, memberId: string): Promise<ConfirmOutcome> {
    const actor = linkActor(memberId, 'organizing');
    try {
      if (row.kind === 'pledge')
        await this.commitments.pledge(actor, {
          campaignId: row.subject_id,
          kind: row.choice as CommitmentKind,
        });
      if (row.kind === 'rsvp') {
        const { status } = await this.rsvps.answer(actor, { gatheringId: row.subject_id, status: 'going' });
        if (status === 'waitlisted') return 'waitlisted';
      }
      return 'done';
    } catch (error) {
      if (error instanceof AppError && ALREADY.has(error.code)) return 'already';
      throw error;
    }
  }
}

async function find(em: EntityManager, token: string): Promise<Row> {
  const [row] = (await em.query(
    `SELECT id, kind, subject_id, choice, name, email, language, consents, member_id, done_at
       FROM public_request WHERE token_hash = $1 AND expires_at > app.now() FOR UPDATE`,
    [tokenHash(token)],
  )) as Row[];
  if (row === undefined) throw requestLinkExpired();
  return row;
}

const shown = (row: Row, subject: RequestSubject): PendingRequest => ({
  kind: row.kind,
  subject,
  language: row.language,
  done: row.done_at !== null,
});
