import type { EntityManager } from 'typeorm';
import type { CertificateIssued, GatheringChanged, PlaceOffered, RsvpChanged } from '@unionhall/gatherings';
import type { Outbox } from '@unionhall/platform';
import { CERTIFICATE_STEP, CHANGE_STEP, OFFER_STEP, PLACE_STEP } from './sequences/training';
import type { MessageStep } from './sequences/step';

/** The notice that a gathering has of one kind: a sequence of one step, which each occasion adds people to. */
const HAVE = `
  WITH made AS (
    INSERT INTO sequence (chapter_id, title, purpose, gathering_id, segment, notice)
    SELECT g.chapter_id, g.title, 'service', g.id, '{"rsvp": ["going", "maybe", "waitlisted"]}', $2
      FROM gathering g WHERE g.id = $1
    ON CONFLICT (gathering_id, notice) DO NOTHING RETURNING id, chapter_id)
  INSERT INTO sequence_step (sequence_id, chapter_id, version, position, kind, key, config)
  SELECT id, chapter_id, 1, 1, 'message', $3::jsonb->>'key', $3::jsonb FROM made`;
/** Whoever is still due an earlier one of the kind learns from it how things stand when it leaves. */
const DUE = `
  INSERT INTO delivery (sequence_id, step_id, step_key, member_id, chapter_id, gathering_id, purpose, occasion)
  SELECT n.id, st.id, st.key, r.member_id, r.chapter_id, r.gathering_id, 'service', $3
    FROM sequence n JOIN sequence_step st ON st.sequence_id = n.id JOIN rsvp r ON r.gathering_id = n.gathering_id
   WHERE n.gathering_id = $1 AND n.notice = $2 AND r.status IN ('going', 'maybe', 'waitlisted')
     AND ($4::uuid IS NULL OR r.member_id = $4)
     AND NOT EXISTS (SELECT FROM delivery d
       WHERE d.sequence_id = n.id AND d.step_key = st.key AND d.member_id = r.member_id AND d.state = 'due')
  ON CONFLICT (sequence_id, step_key, member_id, occasion) DO NOTHING`;
/** One person, whether they had answered or walked in. */
const DUE_TO = `
  INSERT INTO delivery (sequence_id, step_id, step_key, member_id, chapter_id, gathering_id, purpose, occasion)
  SELECT n.id, st.id, st.key, m.id, m.chapter_id, n.gathering_id, 'service', $3
    FROM sequence n JOIN sequence_step st ON st.sequence_id = n.id JOIN member m ON m.id = $4 AND m.erased_at IS NULL
   WHERE n.gathering_id = $1 AND n.notice = $2
  ON CONFLICT (sequence_id, step_key, member_id, occasion) DO NOTHING`;
const PEOPLE = `
  SELECT EXISTS (SELECT FROM rsvp WHERE gathering_id = $1 AND status IN ('going', 'maybe', 'waitlisted')
    AND ($2::uuid IS NULL OR member_id = $2)) AS any`;
const ANSWERED_AT = `SELECT extract(epoch FROM at)::text AS at FROM rsvp WHERE id = $1`;

interface Notice {
  readonly gatheringId: string;
  readonly kind: 'change' | 'place' | 'offer';
  readonly step: MessageStep;
  /** Names what happened: hearing of it again changes nothing. */
  readonly occasion: string;
  /** Absent: whoever comes, might, or waits. */
  readonly memberId?: string;
}

/** In the caller's transaction and as the system. */
async function announce(em: EntityManager, notice: Notice): Promise<void> {
  const { gatheringId, kind, step, occasion, memberId = null } = notice;
  const [people] = (await em.query(PEOPLE, [gatheringId, memberId])) as [{ any: boolean }];
  if (!people.any) return;
  await em.query(HAVE, [gatheringId, kind, JSON.stringify(step)]);
  await em.query(DUE, [gatheringId, kind, occasion, memberId]);
}

/** Another time or place is told to all whom it concerns, once for each change that they have not been told of. */
const onChange = async (em: EntityManager, payload: GatheringChanged['payload']): Promise<void> => {
  const { gatheringId, sequence, timesChanged, placeChanged } = payload;
  if (!timesChanged && placeChanged !== true) return;
  await announce(em, { gatheringId, kind: 'change', step: CHANGE_STEP, occasion: String(sequence) });
};

/** Whoever waited and has a place now, by whatever way, is told so. */
const onAnswer = async (em: EntityManager, payload: RsvpChanged['payload']): Promise<void> => {
  if (payload.previous !== 'waitlisted' || payload.status !== 'going') return;
  const [rsvp] = (await em.query(ANSWERED_AT, [payload.rsvpId])) as { at: string }[];
  if (rsvp === undefined) return;
  const { gatheringId, memberId } = payload;
  await announce(em, { gatheringId, kind: 'place', step: PLACE_STEP, occasion: rsvp.at, memberId });
};

const onOffer = (em: EntityManager, payload: PlaceOffered['payload']): Promise<void> => {
  const { gatheringId, memberId, expiresAt } = payload;
  return announce(em, { gatheringId, kind: 'offer', step: OFFER_STEP, occasion: expiresAt, memberId });
};

const onCertificate = async (em: EntityManager, payload: CertificateIssued['payload']): Promise<void> => {
  const { gatheringId, memberId, certificateId } = payload;
  await em.query(HAVE, [gatheringId, 'certificate', JSON.stringify(CERTIFICATE_STEP)]);
  await em.query(DUE_TO, [gatheringId, 'certificate', certificateId, memberId]);
};

/** Tells people what happens to their places, and to the gatherings that they answered to. */
export function listenForNotices(outbox: Outbox): void {
  const tell = <P>(
    name: string,
    event: string,
    how: (em: EntityManager, payload: P) => Promise<void>,
  ): void => outbox.subscribe({ name, event, handle: (em, { payload }) => how(em, payload as P) });
  tell('outreach.tell-of-change', 'gathering.changed', onChange);
  tell('outreach.tell-of-place', 'rsvp.changed', onAnswer);
  tell('outreach.tell-of-certificate', 'certificate.issued', onCertificate);
  tell('outreach.tell-of-offer', 'place.offered', onOffer);
}
