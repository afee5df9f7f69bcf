import { Injectable } from '@nestjs/common';
import { ConsentService } from '@unionhall/consent';
import { linkActor, systemActor } from '@unionhall/identity';
import { Config, Database, Signer } from '@unionhall/platform';
import { undoOver } from './outreach.errors';

const USE = 'unsubscribe';
/** Long after any mailbox has shown the message for the last time. */
const VALID_DAYS = 730;

const SOURCE = 'unsubscribe link';
const STANDING = `
  SELECT (SELECT language FROM member WHERE id = $1) AS language,
    coalesce((SELECT jsonb_agg(jsonb_build_object('purpose', purpose, 'channel', channel, 'wording', wording)
        ORDER BY purpose, channel) FROM consent WHERE member_id = $1 AND state = 'granted'), '[]') AS granted,
    coalesce((SELECT jsonb_agg(jsonb_build_object('purpose', c.purpose, 'channel', c.channel, 'wording', e.wording)
        ORDER BY c.purpose, c.channel)
      FROM consent c CROSS JOIN LATERAL (
        SELECT wording FROM consent_event e WHERE e.member_id = $1 AND e.purpose = c.purpose AND e.channel = c.channel
          AND e.state = 'granted' ORDER BY e.at DESC, e.id DESC LIMIT 1) e
      WHERE c.member_id = $1 AND c.state = 'withdrawn' AND c.source = $2
        AND c.at > app.now() - interval '1 hour'), '[]') AS undoable`;

/** What a member allows now, and the member's language (BCP 47; null when the member is gone). */
export interface Standing {
  readonly language: string | null;
  readonly granted: readonly Allowed[];
  /** What was taken back from such a link less than an hour ago, and may be given again from it. */
  readonly undoable: readonly Allowed[];
}

/** What a consent is about: a purpose, on a channel. */
export interface ConsentKey {
  readonly purpose: string;
  readonly channel: string;
}

export interface Allowed extends ConsentKey {
  /** The words that were agreed to. */
  readonly wording: string;
}

/** Links that stop messages without a login (RFC 8058). They hold one id, signed. */
@Injectable()
export class UnsubscribeLinks {
  constructor(
    private readonly db: Database,
    private readonly signer: Signer,
    private readonly config: Config,
    private readonly consents: ConsentService,
  ) {}

  address(memberId: string): string {
    return `${this.config.baseUrl}/u/${this.token(memberId)}`;
  }

  /** The address of the page that shows all that a member allows. */
  preferences(memberId: string): string {
    return `${this.config.baseUrl}/preferences/${this.token(memberId)}`;
  }

  /** What the member allows now; changes nothing. @throws AppError LINK.MALFORMED, LINK.EXPIRED. */
  async standing(token: string): Promise<Standing> {
    const memberId = await this.memberOf(token);
    const { rows } = await this.db.read(linkActor(memberId, 'organizing'), {
      text: STANDING,
      values: [memberId, SOURCE],
    });
    return rows[0] as unknown as Standing;
  }

  /**
   * Withdraws one purpose on one channel, or everything. Doing it again changes nothing more.
   * @throws AppError LINK.*, CONSENT.PURPOSE_UNKNOWN, CONSENT.CHANNEL_UNKNOWN.
   */
  async stop(token: string, one: ConsentKey | undefined): Promise<void> {
    const memberId = await this.memberOf(token);
    const actor = linkActor(memberId, 'organizing');
    if (one === undefined) return this.consents.stopEverything(actor, memberId, SOURCE);
    await this.consents.set(actor, {
      memberId,
      purpose: one.purpose,
      channel: one.channel,
      granted: false,
      wording: 'Stop these messages',
      source: SOURCE,
    });
  }

  /** Gives again what was taken back by mistake, in the same words, within the hour. @throws AppError LINK.*, CONSENT.UNDO_OVER. */
  async undo(token: string, { purpose, channel }: ConsentKey): Promise<void> {
    const { undoable } = await this.standing(token);
    const before = undoable.find((one) => one.purpose === purpose && one.channel === channel);
    if (before === undefined) throw undoOver();
    const memberId = await this.memberOf(token);
    await this.consents.set(linkActor(memberId, 'organizing'), {
      ...before,
      memberId,
      granted: true,
      source: SOURCE,
    });
  }

  private token(memberId: string): string {
    return this.signer.sign(USE, memberId, new Date(Date.now() + VALID_DAYS * 86_400_000));
  }

  private async memberOf(token: string): Promise<string> {
    const { rows } = await this.db.read(systemActor('outreach'), {
      text: 'SELECT app.now() AS now',
      values: [],
    });
    return this.signer.verify(USE, token, (rows[0] as { now: Date }).now);
  }
}
