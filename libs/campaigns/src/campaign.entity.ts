import { Column, Entity, PrimaryColumn } from 'typeorm';

export const COMMITMENT_KINDS = [
  'log_off',
  'pause_ads',
  'freeze_posting',
  'decline_funding',
  'recruit',
  'attend',
  'contact_target',
] as const;
export type CommitmentKind = (typeof COMMITMENT_KINDS)[number];

export const COMMITMENT_STATUSES = ['pledged', 'kept', 'broken', 'unknown', 'withdrawn', 'lapsed'] as const;
export type CommitmentStatus = (typeof COMMITMENT_STATUSES)[number];

/** How it is known that a commitment was kept, weakest first. */
export const EVIDENCE_GRADES = ['self_reported', 'organizer_saw', 'document', 'public_record'] as const;
export type EvidenceGrade = (typeof EVIDENCE_GRADES)[number];

export const RESPONSE_KINDS = [
  'dismissed',
  'meeting',
  'audit_promised',
  'partly_conceded',
  'conceded',
  'other',
] as const;
export type ResponseKind = (typeof RESPONSE_KINDS)[number];

@Entity('campaign')
export class Campaign {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'chapter_id', type: 'uuid' })
  chapterId!: string;

  @Column({ type: 'text' })
  slug!: string;

  @Column({ type: 'text' })
  title!: string;

  @Column({ type: 'text' })
  summary!: string;

  @Column({ type: 'text' })
  target!: string;

  @Column({ name: 'starts_at', type: 'timestamptz' })
  startsAt!: Date;

  @Column({ name: 'ends_at', type: 'timestamptz', nullable: true })
  endsAt!: Date | null;

  @Column({ name: 'time_zone', type: 'text' })
  timeZone!: string;

  @Column({ type: 'text' })
  state!: 'draft' | 'open' | 'closed';
}
