import { Injectable } from '@nestjs/common';
import { ConsentService } from '@unionhall/consent';
import { linkActor, systemActor } from '@unionhall/identity';
import { Config, Database, Signer } from '@unionhall/platform';

const USE = 'unsubscribe';
/** Long after any mailbox has shown the message for the last time. */
const VALID_DAYS = 730;

/** What a member allows now, and the member's language (BCP 47; null when the member is gone). */
export interface Standing {
  readonly language: string | null;
  readonly granted: readonly { readonly purpose: string; readonly channel: string }[];
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
      text: `SELECT (SELECT language FROM member WHERE id = $1) AS language,
               coalesce((SELECT jsonb_agg(jsonb_build_object('purpose', purpose, 'channel', channel) ORDER BY purpose, channel)
                           FROM consent WHERE member_id = $1 AND state = 'granted'), '[]') AS granted`,
      values: [memberId],
    });
    return rows[0] as unknown as Standing;
  }

  /** Withdraws one purpose, or everything. Doing it again changes nothing more. @throws AppError LINK.*. */
  async stop(token: string, purpose: string | undefined): Promise<void> {
    const memberId = await this.memberOf(token);
    const actor = linkActor(memberId, 'organizing');
    if (purpose === undefined) return this.consents.stopEverything(actor, memberId, 'unsubscribe link');
    await this.consents.set(actor, {
      memberId,
      purpose,
      channel: 'email',
      granted: false,
      wording: 'Stop these messages',
      source: 'unsubscribe link',
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
