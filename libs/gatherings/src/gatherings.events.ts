import type { DomainEvent } from '@unionhall/platform';

export type GatheringScheduled = DomainEvent<{ gatheringId: string; chapterId: string }>;
export type GatheringChanged = DomainEvent<{
  gatheringId: string;
  chapterId: string;
  sequence: number;
  timesChanged: boolean;
  /** The place, or the address of the meeting. */
  placeChanged: boolean;
}>;
export type GatheringCancelled = DomainEvent<{ gatheringId: string; chapterId: string; sequence: number }>;
export type RsvpChanged = DomainEvent<{
  gatheringId: string;
  memberId: string;
  rsvpId: string;
  status: string;
  /** Null for a first answer. */
  previous: string | null;
}>;
export type AttendanceRecorded = DomainEvent<{ gatheringId: string; memberIds: readonly string[] }>;

export const gatheringScheduled = (payload: GatheringScheduled['payload']): GatheringScheduled => ({
  type: 'gathering.scheduled',
  payload,
});
export const gatheringChanged = (payload: GatheringChanged['payload']): GatheringChanged => ({
  type: 'gathering.changed',
  payload,
});
export const gatheringCancelledEvent = (payload: GatheringCancelled['payload']): GatheringCancelled => ({
  type: 'gathering.cancelled',
  payload,
});
export const rsvpChanged = (payload: RsvpChanged['payload']): RsvpChanged => ({
  type: 'rsvp.changed',
  payload,
});
export const attendanceRecorded = (payload: AttendanceRecorded['payload']): AttendanceRecorded => ({
  type: 'attendance.recorded',
  payload,
});

export type FacilitatorAsked = DomainEvent<{ gatheringId: string; memberId: string; facilitatorId: string }>;
export type FacilitatorAnswered = DomainEvent<{
  gatheringId: string;
  chapterId: string;
  facilitatorId: string;
  state: string;
}>;
export const facilitatorAsked = (payload: FacilitatorAsked['payload']): FacilitatorAsked => ({
  type: 'facilitator.asked',
  payload,
});
export const facilitatorAnswered = (payload: FacilitatorAnswered['payload']): FacilitatorAnswered => ({
  type: 'facilitator.answered',
  payload,
});

export type PlaceOffered = DomainEvent<{
  gatheringId: string;
  memberId: string;
  rsvpId: string;
  /** ISO 8601, UTC. */
  expiresAt: string;
}>;
export const placeOffered = (payload: PlaceOffered['payload']): PlaceOffered => ({
  type: 'place.offered',
  payload,
});
