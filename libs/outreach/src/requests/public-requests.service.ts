import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { COMMITMENT_KINDS } from '@unionhall/campaigns';
import { Addresses } from '@unionhall/consent';
import { AttemptsService, emailKey, newToken, systemActor, tokenHash } from '@unionhall/identity';
import { Config, Database, languageOf, Mailer, Outbox, type Language } from '@unionhall/platform';
import { requestMail } from './request-mail';
import { findOpenSubject, findSubject, type RequestKind, type RequestSubject } from './request-subject';
import { requestInvalid } from './requests.errors';

/** A consent as it was shown and ticked. */
export interface TickedConsent {
  readonly purpose: string;
  readonly wording: string;
}

export interface PublicRequest {
  readonly kind: RequestKind;
  /** The campaign, the gathering or the chapter. */
  readonly subjectId: string;
  /** The kind of commitment, of a pledge. */
  readonly choice?: string;
  readonly name: string;
  readonly email: string;
  /** To be written to by e-mail; none when nothing was ticked. */
  readonly consents: readonly TickedConsent[];
  readonly language: Language;
  /** The network address it comes from. */
  readonly address: string;
}

const REQUESTED = 'public-request.made';
const ACTOR = systemActor('public request');

/**
 * What strangers ask for on public pages. Nothing happens until the holder of the address says yes by a
 * mailed link, and nothing that is said before then tells whether the address is known.
 */
@Injectable()
export class PublicRequestsService implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly attempts: AttemptsService,
    private readonly outbox: Outbox,
    private readonly mailer: Mailer,
    private readonly config: Config,
    private readonly addresses: Addresses,
  ) {}

  onModuleInit(): void {
    this.outbox.subscribe({
      name: 'outreach.send-request-link',
      event: REQUESTED,
      handle: (em, { payload }) => this.send(em, String(payload['requestId'])),
    });
  }

  /**
   * Keeps a request for seven days and mails a link that confirms it.
   * @throws AppError REQUEST.INVALID, SIGN_IN.EMAIL_INVALID, SIGN_IN.LIMITED, CAMPAIGN.NOT_FOUND,
   *   CAMPAIGN.CLOSED, CAMPAIGN.NOT_BEGUN, GATHERING.NOT_FOUND, GATHERING.CANCELLED, GATHERING.OVER, CHAPTER.NOT_FOUND.
   */
  async ask(request: PublicRequest): Promise<void> {
    const name = nameOf(request.name);
    const key = emailKey(request.email);
    if (request.kind === 'pledge' && !COMMITMENT_KINDS.some((kind) => kind === request.choice))
      throw requestInvalid('choice', 'This kind of commitment is not known.');
    await this.attempts.count('request', key, request.address);
    await this.db.tx(ACTOR, async (em) => {
      await findOpenSubject(em, request.kind, request.subjectId);
      const [row] = (await em.query(
        `INSERT INTO public_request (kind, subject_id, choice, name, email, email_key, language, consents)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
        [
          request.kind,
          request.subjectId,
          request.choice ?? null,
          name,
          request.email.trim(),
          key,
          request.language,
          JSON.stringify(request.consents),
        ],
      )) as [{ id: string }];
      await this.outbox.emit(em, { type: REQUESTED, payload: { requestId: row.id } });
    });
    await this.outbox.nudge();
  }

  /** Forgets every request seven days after it was made, confirmed or not. */
  async sweep(): Promise<void> {
    await this.db.tx(ACTOR, (em) => em.query(`DELETE FROM public_request WHERE expires_at <= app.now()`));
  }

  /** The token is made here and stands in the mail alone. Who complained about our mail, or cannot get it, is not sent more. */
  private async send(em: EntityManager, requestId: string): Promise<void> {
    const [request] = (await em.query(
      `SELECT kind, subject_id, email, language FROM public_request
        WHERE id = $1 AND email IS NOT NULL AND expires_at > app.now()`,
      [requestId],
    )) as { kind: RequestKind; subject_id: string; email: string; language: string }[];
    if (request === undefined) return;
    const [refused] = (await em.query(
      `SELECT FROM opt_out WHERE channel = 'email' AND address_hash = $1 AND reason IN ('complaint', 'bounce')`,
      [this.addresses.hash('email', request.email)],
    )) as unknown[];
    if (refused !== undefined) return;
    const subject: RequestSubject = await findSubject(em, request.kind, request.subject_id);
    const token = newToken();
    await em.query(`UPDATE public_request SET token_hash = $2 WHERE id = $1`, [requestId, tokenHash(token)]);
    const outcome = await this.mailer.send(
      requestMail(
        request.email,
        request.kind,
        subject.title,
        `${this.config.baseUrl}/confirm/${token}`,
        languageOf(request.language) ?? 'en',
      ),
    );
    if (outcome.state === 'rejected' && !outcome.permanent)
      throw new Error('The mail server did not take a link that confirms a request.');
  }
}

function nameOf(given: string): string {
  const name = given.normalize('NFC').trim();
  if (name === '' || name.length > 200) throw requestInvalid('name', 'A name has 1 to 200 characters.');

  if (/[\u0000-\u001f\u007f]/.test(name)) throw requestInvalid('name', 'A name is one line.');
  return name;
}
