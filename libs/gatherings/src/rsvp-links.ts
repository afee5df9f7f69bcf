import { Injectable } from '@nestjs/common';
import { linkActor, systemActor, type Actor } from '@unionhall/identity';
import { AppError, Config, Database, Signer } from '@unionhall/platform';
import { gatheringNotFound } from './gatherings.errors';
import type { RsvpStatus } from './rsvps.service';

const USE = 'rsvp';

export interface RsvpLinkTarget {
  /** The member, and no one else. */
  readonly actor: Actor;
  readonly gatheringId: string;
}

export interface RsvpPage {
  readonly title: string;
  readonly kind: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly timeZone: string;
  readonly place: string | null;
  readonly state: string;
  readonly over: boolean;
  readonly full: boolean;
  /** Somebody decides who is let in. */
  readonly byApproval: boolean;
  /** Until when a place is held for this member; null: none is. */
  readonly offerUntil: Date | null;
  /** They have asked to be let in, and nobody has decided. */
  readonly requested: boolean;
  /** Why they were not let in. */
  readonly refusal: string | null;
  /** What this member has answered so far. */
  readonly answer: RsvpStatus | null;
  /** The member's language, a BCP 47 tag. */
  readonly language: string | null;
}

/** Links by which a member answers without signing in. They hold two ids, signed, and name nobody. */
@Injectable()
export class RsvpLinks {
  constructor(
    private readonly db: Database,
    private readonly signer: Signer,
    private readonly config: Config,
  ) {}

  /** The address of the page where a member answers. It expires a day after the gathering's end. */
  address(gatheringId: string, memberId: string, endsAt: Date): string {
    const expires = new Date(endsAt.getTime() + 86_400_000);
    return `${this.config.baseUrl}/r/${this.signer.sign(USE, packed(gatheringId, memberId), expires)}`;
  }

  /** @throws AppError LINK.MALFORMED, LINK.EXPIRED. */
  async open(token: string): Promise<RsvpLinkTarget> {
    const { rows } = await this.db.read(systemActor('organizing'), {
      text: 'SELECT app.now() AS now',
      values: [],
    });
    const payload = this.signer.verify(USE, token, (rows[0] as { now: Date }).now);
    const ids = Buffer.from(payload, 'base64url').toString('hex');
    if (ids.length !== 64) {
      throw new AppError(
        'invalid',
        'LINK.MALFORMED',
        'This link is not complete. Open it from the message again.',
      );
    }
    const [gatheringId, memberId] = [spread(ids.slice(0, 32)), spread(ids.slice(32))];
    return { actor: linkActor(memberId, 'organizing'), gatheringId };
  }

  /** What the page shows. Changes nothing. @throws AppError GATHERING.NOT_FOUND. */
  async page({ actor, gatheringId }: RsvpLinkTarget): Promise<RsvpPage> {
    const { rows } = await this.db.read(actor, {
      text: `SELECT g.title, g.kind, g.starts_at AS "startsAt", g.ends_at AS "endsAt", g.time_zone AS "timeZone", g.place,
               g.state, g.ends_at <= app.now() AS over,
               g.capacity IS NOT NULL AND (g.going_count + g.held_count >= g.capacity OR g.waitlisted_count > 0) AS full,
               g.admission = 'approval' AS "byApproval",
               r.status AS answer, CASE WHEN r.offer_expires_at > app.clock() THEN r.offer_expires_at END AS "offerUntil", r.requested_at IS NOT NULL AS requested, r.refusal,
               (SELECT language FROM member m WHERE m.id = $2) AS language
             FROM gathering g LEFT JOIN rsvp r ON r.gathering_id = g.id AND r.member_id = $2 WHERE g.id = $1 AND g.state <> 'draft'`,
      values: [gatheringId, actor.memberId],
    });
    const page = rows[0] as RsvpPage | undefined;
    if (page === undefined) throw gatheringNotFound();
    return page;
  }
}

/** Both ids in 43 characters: a part of a path has at most 100. */
const packed = (...ids: string[]): string =>
  Buffer.from(ids.join('').replaceAll('-', ''), 'hex').toString('base64url');
const spread = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
