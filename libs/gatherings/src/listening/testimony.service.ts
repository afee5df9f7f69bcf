import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '@unionhall/identity';
import { Database, idempotent } from '@unionhall/platform';
import {
  gatheringCancelled,
  gatheringNotFound,
  gatheringNotStarted,
  rsvpMemberNotFound,
} from '../gatherings.errors';
import {
  consentInvalid,
  notAListeningSession,
  testimonyNotFound,
  testimonyWithdrawn,
} from './listening.errors';
import { reaches } from './reach';
import {
  checkedConsent,
  checkedLanguage,
  checkedText,
  type ConsentWay,
  type TakeTestimony,
  type TestimonyConsent,
} from './testimony-input';
import { TestimonyKeys } from './testimony-keys';

interface Session {
  readonly chapter_id: string;
  readonly kind: string;
  readonly state: string;
  readonly early: boolean;
}

interface Held {
  readonly id: string;
  readonly chapter_id: string;
  readonly member_id: string | null;
  readonly state: string;
}

export interface ChangeConsent {
  readonly testimonyId: string;
  readonly consent: TestimonyConsent;
  /** Needed from whoever writes it down for the speaker. */
  readonly how?: Exclude<ConsentWay, 'portal'> | null;
}

/** What is said in listening sessions, and what its speakers allow. */
@Injectable()
export class TestimonyService {
  constructor(
    private readonly db: Database,
    private readonly keys: TestimonyKeys,
  ) {}

  /**
   * Writes down what somebody said, with their consent.
   * @throws AppError AUTHZ.* (listening.record in the chapter of the session), GATHERING.NOT_FOUND, CANCELLED,
   *   NOT_STARTED, TESTIMONY.NOT_A_SESSION, INVALID, CONSENT_INVALID, LANGUAGE_UNKNOWN, MEMBER.NOT_FOUND,
   *   IDEMPOTENCY.*.
   */
  async take(actor: Actor, input: TakeTestimony): Promise<{ id: string }> {
    const memberId = input.memberId ?? null;
    const text = checkedText(input.text, 'input.text');
    const language = checkedLanguage(input.language, 'input.language');
    const consent = checkedConsent(input.consent, memberId === null, 'input.consent');
    checkHow(input.how);
    const { idempotencyKey: key, ...rest } = input;
    return this.db.tx(actor, (em) =>
      idempotent(
        em,
        {
          actorKey: actor.userId ?? actor.kind,
          operation: 'takeTestimony',
          key,
          // The words stay out of what is kept of the request, which no key guards.
          request: { ...rest, text: text.length },
        },
        async () => {
          const session = await this.session(em, actor, input.gatheringId);
          if (memberId !== null) await this.requireSpeaker(em, actor, memberId);
          const person = await this.keys.forSpeaker(em, memberId);
          const [made] = (await em.query(
            `INSERT INTO testimony (gathering_id, chapter_id, member_id, key_id, language, quote, named_as, pseudonym, shared_with, heard_at, taken_by)
             SELECT g.id, $2, $3, $4, $5, $6, $7, $8, $9, least(g.starts_at, app.now()), $10 FROM gathering g WHERE g.id = $1
             RETURNING id`,
            [
              input.gatheringId,
              session.chapter_id,
              memberId,
              person.id,
              language,
              ...standing(consent),
              actor.userId ?? null,
            ],
          )) as [{ id: string }];
          const place = { testimonyId: made.id, kind: 'original', language };
          await em.query(
            `INSERT INTO testimony_text (testimony_id, kind, language, sealed, made_by) VALUES ($1, 'original', $2, $3, $4)`,
            [made.id, language, this.keys.seal(person, place, text), actor.userId ?? null],
          );
          await this.keepConsent(em, actor, made.id, consent, input.how);
          return made;
        },
      ),
    );
  }

  /**
   * A speaker changes what they allow; or whoever takes testimony writes down that they have said so.
   * @throws AppError TESTIMONY.NOT_FOUND, WITHDRAWN, CONSENT_INVALID, AUTHZ.*.
   */
  async changeConsent(actor: Actor, input: ChangeConsent): Promise<{ id: string }> {
    return this.db.tx(actor, async (em) => {
      const { held, own } = await this.hold(em, actor, input.testimonyId);
      const consent = checkedConsent(input.consent, held.member_id === null, 'input.consent');
      if (!own) checkHow(input.how);
      await em.query(
        `UPDATE testimony SET quote = $2, named_as = $3, pseudonym = $4, shared_with = $5 WHERE id = $1`,
        [held.id, ...standing(consent)],
      );
      await this.keepConsent(em, actor, held.id, consent, own ? 'portal' : input.how!);
      return { id: held.id };
    });
  }

  /**
   * A speaker takes back what they said, or whoever takes testimony does so on their word. Its words are
   * deleted at once; that something was withdrawn stays.
   * @throws AppError TESTIMONY.NOT_FOUND, WITHDRAWN (already), AUTHZ.*.
   */
  async withdraw(actor: Actor, testimonyId: string): Promise<{ id: string }> {
    return this.db.tx(actor, async (em) => {
      const { held } = await this.hold(em, actor, testimonyId, 'testimonyId');
      await em.query(`DELETE FROM testimony_text WHERE testimony_id = $1`, [held.id]);
      await em.query(
        `UPDATE testimony SET state = 'withdrawn', withdrawn_at = app.now(), quote = 'none',
           named_as = 'anonymous', pseudonym = NULL, shared_with = 'coders' WHERE id = $1`,
        [held.id],
      );
      return { id: held.id };
    });
  }

  private async session(em: EntityManager, actor: Actor, gatheringId: string): Promise<Session> {
    const [session] = (await em.query(
      `SELECT chapter_id, kind, state, app.now() < starts_at - interval '12 hours' AS early FROM gathering WHERE id = $1 FOR SHARE`,
      [gatheringId],
    )) as Session[];
    if (session === undefined) throw gatheringNotFound('input.gatheringId');
    actor.require('listening.record', session.chapter_id);
    if (session.kind !== 'listening_session') throw notAListeningSession();
    if (session.state === 'cancelled') throw gatheringCancelled();
    if (session.early) throw gatheringNotStarted();
    return session;
  }

  /** Speakers are members whom the actor may see: whether another is known must not leak. */
  private async requireSpeaker(em: EntityManager, actor: Actor, memberId: string): Promise<void> {
    const [member] = (await em.query(
      `SELECT chapter_id FROM member WHERE id = $1 AND erased_at IS NULL FOR KEY SHARE`,
      [memberId],
    )) as { chapter_id: string }[];
    if (member === undefined || !reaches(actor, 'members.read', member.chapter_id))
      throw rsvpMemberNotFound('input.memberId');
  }

  /** Locks a testimony that the actor may decide about: their own, or one that they might have taken. */
  private async hold(
    em: EntityManager,
    actor: Actor,
    testimonyId: string,
    field?: string,
  ): Promise<{ held: Held; own: boolean }> {
    const [held] = (await em.query(
      `SELECT id, chapter_id, member_id, state FROM testimony WHERE id = $1 FOR UPDATE`,
      [testimonyId],
    )) as Held[];
    const own =
      held !== undefined &&
      held.member_id !== null &&
      actor.kind === 'user' &&
      held.member_id === actor.memberId;
    if (held === undefined || (!own && !reaches(actor, 'listening.record', held.chapter_id)))
      throw testimonyNotFound(field);
    if (held.state === 'withdrawn') throw testimonyWithdrawn();
    return { held, own };
  }

  private async keepConsent(
    em: EntityManager,
    actor: Actor,
    testimonyId: string,
    consent: TestimonyConsent,
    how: ConsentWay,
  ): Promise<void> {
    await em.query(
      `INSERT INTO testimony_consent (testimony_id, quote, named_as, pseudonym, shared_with, wording_version, how, recorded_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [testimonyId, ...standing(consent), consent.wordingVersion, how, actor.userId ?? null],
    );
  }
}

const standing = ({ quote, namedAs, pseudonym, sharedWith }: TestimonyConsent): unknown[] => [
  quote,
  namedAs,
  pseudonym ?? null,
  sharedWith,
];

function checkHow(how: string | null | undefined): void {
  if (how !== 'spoken' && how !== 'written')
    throw consentInvalid('input.how', 'Say how it was given: spoken or written.');
}
