import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config, Database, languageAsked, languageOf, Mailer, Outbox } from '@unionhall/platform';
import { ACCOUNT_DIRECTORY, type AccountDirectory } from './account-directory';
import { systemActor, type Actor } from './actor';
import { AttemptsService } from './attempts.service';
import { emailKey } from './email';
import { linkExpired, linkUsed, signInRefused } from './identity.errors';
import { SIGN_IN_LINK_REQUESTED } from './identity.events';
import { passwordMatches } from './passwords';
import { signInMail } from './sign-in-mail';
import { newToken, tokenHash } from './tokens';

/** A session just opened. The token is shown here and never again. */
export interface OpenedSession {
  readonly token: string;
  readonly userId: string;
  readonly expiresAt: Date;
}

const SESSION_LIFE = '30 days';
const LINK_LIFE = '15 minutes';

/** Signing in and out. `address` is the network address a request comes from. */
@Injectable()
export class SignInService implements OnModuleInit {
  private readonly actor = systemActor('sign-in');

  constructor(
    private readonly db: Database,
    private readonly attempts: AttemptsService,
    private readonly outbox: Outbox,
    private readonly mailer: Mailer,
    private readonly config: Config,
    @Inject(ACCOUNT_DIRECTORY) private readonly directory: AccountDirectory,
  ) {}

  onModuleInit(): void {
    this.outbox.subscribe({
      name: 'identity.send-sign-in-link',
      event: SIGN_IN_LINK_REQUESTED,
      handle: (em, event) => this.sendLink(em, event.payload as unknown as LinkRequested),
    });
  }

  /** @throws AppError SIGN_IN.REFUSED (whichever part is wrong), SIGN_IN.LIMITED, SIGN_IN.EMAIL_INVALID. */
  async withPassword(input: { email: string; password: string; address: string }): Promise<OpenedSession> {
    const key = emailKey(input.email);
    const attempt = await this.attempts.count('password', key, input.address);
    const { rows } = await this.db.read(this.actor, {
      text: `SELECT id, password_hash, disabled_at IS NULL AS is_open FROM user_account WHERE email_key = $1`,
      values: [key],
    });
    const user = rows[0] as { id: string; password_hash: string | null; is_open: boolean } | undefined;
    const matches = await passwordMatches(user?.password_hash, input.password);
    if (user === undefined || !matches || !user.is_open) throw signInRefused();
    const session = await this.db.tx(this.actor, (em) => open(em, user.id, 'password'));
    await this.attempts.succeeded(attempt);
    return session;
  }

  /**
   * Asks for a link by mail. Answers alike, and as fast, whether or not anyone has this address: who
   * it belongs to is looked up later, in the background. `acceptLanguage` is the request's header: the
   * mail is in the member's language, or in the one asked for when that is not known or not ours.
   * @throws AppError SIGN_IN.LIMITED, SIGN_IN.EMAIL_INVALID.
   */
  async requestLink(input: { email: string; address: string; acceptLanguage?: string }): Promise<void> {
    const key = emailKey(input.email);
    await this.attempts.count('link', key, input.address);
    await this.db.tx(this.actor, async (em) => {
      const [row] = (await em.query(
        `INSERT INTO sign_in_link (email, email_key, expires_at)
         VALUES ($1, $2, app.now() + interval '${LINK_LIFE}') RETURNING id`,
        [input.email.trim(), key],
      )) as [{ id: string }];
      const payload: LinkRequested = { linkId: row.id, language: languageAsked(input.acceptLanguage) };
      await this.outbox.emit(em, { type: SIGN_IN_LINK_REQUESTED, payload: { ...payload } });
    });
    await this.outbox.nudge();
  }

  /**
   * Signs in by a link of a mail; makes the account of a member who has none yet.
   * @throws AppError SIGN_IN.LINK_USED, SIGN_IN.LINK_EXPIRED, SIGN_IN.REFUSED, SIGN_IN.LIMITED.
   */
  async withLink(input: { token: string; address: string }): Promise<OpenedSession> {
    const hash = tokenHash(input.token);
    const attempt = await this.attempts.count('redeem', hash.toString('hex'), input.address);
    const session = await this.db.tx(this.actor, async (em) => {
      const [link] = (await em.query(
        `SELECT id, email, email_key, user_id, member_id, used_at IS NOT NULL AS used, expires_at <= app.now() AS expired
           FROM sign_in_link WHERE token_hash = $1 FOR UPDATE`,
        [hash],
      )) as LinkRow[];
      if (link === undefined) throw signInRefused();
      if (link.used) throw linkUsed();
      if (link.expired) throw linkExpired();
      await em.query(`UPDATE sign_in_link SET used_at = app.now() WHERE id = $1`, [link.id]);
      return open(em, await accountOf(em, link), 'link');
    });
    await this.attempts.succeeded(attempt);
    return session;
  }

  /** Ends the session the actor came with. */
  async signOut(actor: Actor): Promise<void> {
    await this.db.tx(this.actor, (em) =>
      em.query(
        `UPDATE session SET revoked_at = app.now() WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL`,
        [actor.credentialId ?? null, actor.userId ?? null],
      ),
    );
  }

  /** Ends every session of the actor, this one too. @returns how many were open. */
  async signOutEverywhere(actor: Actor): Promise<number> {
    const rows = await this.db.tx(
      this.actor,
      async (em) =>
        (await em.query(
          `WITH ended AS (UPDATE session SET revoked_at = app.now()
             WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > app.now() RETURNING id) SELECT id FROM ended`,
          [actor.userId ?? null],
        )) as unknown[],
    );
    return rows.length;
  }

  private async sendLink(em: EntityManager, { linkId, language }: LinkRequested): Promise<void> {
    const [link] = (await em.query(
      `SELECT l.email, l.email_key, u.id AS user_id, u.member_id FROM sign_in_link l
         LEFT JOIN user_account u ON u.email_key = l.email_key AND u.disabled_at IS NULL
        WHERE l.id = $1 AND l.used_at IS NULL AND l.expires_at > app.now()`,
      [linkId],
    )) as { email: string; email_key: string; user_id: string | null; member_id: string | null }[];
    if (link === undefined) return;
    const member =
      link.user_id === null ? await this.directory.findMemberByEmail(em, link.email_key) : undefined;
    if (link.user_id === null && member === undefined) {
      await em.query(`DELETE FROM sign_in_link WHERE id = $1`, [linkId]);
      return;
    }
    const token = newToken();
    await em.query(`UPDATE sign_in_link SET token_hash = $2, user_id = $3, member_id = $4 WHERE id = $1`, [
      linkId,
      tokenHash(token),
      link.user_id,
      member?.memberId ?? null,
    ]);
    const memberId = link.member_id ?? member?.memberId;
    const known = memberId === undefined ? undefined : await this.directory.languageOfMember(em, memberId);
    const outcome = await this.mailer.send(
      signInMail(
        link.email,
        `${this.config.baseUrl}/sign-in?token=${token}`,
        languageOf(known) ?? languageOf(language) ?? 'en',
      ),
    );
    if (outcome.state === 'rejected' && !outcome.permanent)
      throw new Error('The mail server did not take a sign-in link.');
  }
}

interface LinkRequested {
  readonly linkId: string;
  /** What the browser asked for; events written by an earlier version have none. */
  readonly language?: string;
}

interface LinkRow {
  id: string;
  email: string;
  email_key: string;
  user_id: string | null;
  member_id: string | null;
  used: boolean;
  expired: boolean;
}

/** The account behind a link: its own, the member's under another address, or a new one. */
async function accountOf(em: EntityManager, link: LinkRow): Promise<string> {
  if (link.user_id === null) {
    await em.query(
      `INSERT INTO user_account (email, email_key, member_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
      [link.email, link.email_key, link.member_id],
    );
  }
  const [user] = (await em.query(
    `SELECT id FROM user_account WHERE disabled_at IS NULL AND (id = $1 OR ($1::uuid IS NULL AND (member_id = $2 OR email_key = $3)))
      ORDER BY member_id = $2 DESC NULLS LAST LIMIT 1`,
    [link.user_id, link.member_id, link.email_key],
  )) as { id: string }[];
  if (user === undefined) throw signInRefused();
  return user.id;
}

async function open(em: EntityManager, userId: string, method: 'password' | 'link'): Promise<OpenedSession> {
  const token = newToken();
  const [row] = (await em.query(
    `INSERT INTO session (user_id, token_hash, method, expires_at)
     VALUES ($1, $2, $3, app.now() + interval '${SESSION_LIFE}') RETURNING expires_at`,
    [userId, tokenHash(token), method],
  )) as [{ expires_at: Date }];
  return { token, userId, expiresAt: row.expires_at };
}
