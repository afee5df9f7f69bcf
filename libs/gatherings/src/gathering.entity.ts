import { Column, Entity, PrimaryColumn } from 'typeorm';

export const GATHERING_KINDS = ['listening_session', 'training'] as const;
export type GatheringKind = (typeof GATHERING_KINDS)[number];
export type GatheringState = 'draft' | 'scheduled' | 'cancelled';

@Entity('gathering')
export class Gathering {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'chapter_id', type: 'uuid' })
  chapterId!: string;

  @Column({ type: 'text' })
  kind!: GatheringKind;

  @Column({ type: 'text' })
  title!: string;

  @Column({ type: 'text' })
  description!: string;

  @Column({ name: 'starts_at', type: 'timestamptz' })
  startsAt!: Date;

  @Column({ name: 'ends_at', type: 'timestamptz' })
  endsAt!: Date;

  @Column({ name: 'time_zone', type: 'text' })
  timeZone!: string;

  @Column({ type: 'integer', nullable: true })
  capacity!: number | null;

  @Column({ type: 'text', nullable: true })
  place!: string | null;

  @Column({ name: 'online_url', type: 'text', nullable: true })
  onlineUrl!: string | null;

  /** The number of the online meeting, by which a report of it is recognised. */
  @Column({ name: 'meeting_key', type: 'text', nullable: true })
  meetingKey!: string | null;

  @Column({ type: 'text' })
  language!: string;

  /** BCP 47 tags of languages that it is interpreted into. */
  @Column({ type: 'text', array: true })
  interpretation!: string[];

  @Column({ type: 'text', array: true })
  accessibility!: string[];

  @Column({ type: 'text' })
  admission!: 'open' | 'approval' | 'invitation';

  @Column({ name: 'guests_allowed', type: 'smallint' })
  guestsAllowed!: number;

  /** How long a free place is offered; null: whoever is next has it at once. */
  @Column({ name: 'offer_hours', type: 'smallint', nullable: true })
  offerHours!: number | null;

  @Column({ name: 'grace_hours', type: 'smallint' })
  graceHours!: number;

  @Column({ name: 'absent_after_grace', type: 'boolean' })
  absentAfterGrace!: boolean;

  /** Places held for offers. */
  @Column({ name: 'held_count', type: 'integer', insert: false, update: false })
  heldCount!: number;

  /** Whether it has a page that everyone may open. */
  @Column({ type: 'boolean' })
  listed!: boolean;

  @Column({ type: 'text' })
  state!: GatheringState;

  @Column({ type: 'text' })
  uid!: string;

  @Column({ type: 'integer' })
  sequence!: number;

  @Column({ name: 'series_id', type: 'uuid', nullable: true, update: false })
  seriesId!: string | null;

  /** The local time that the rule of its series names; it stays when the gathering moves. */
  @Column({ name: 'series_local', type: 'timestamp', nullable: true, update: false })
  seriesLocal!: Date | null;

  /** Whether it stands at another time than its series gave it. */
  @Column({ type: 'boolean' })
  moved!: boolean;

  @Column({ name: 'going_count', type: 'integer', insert: false, update: false })
  goingCount!: number;

  @Column({ name: 'waitlisted_count', type: 'integer', insert: false, update: false })
  waitlistedCount!: number;

  @Column({ name: 'cancelled_at', type: 'timestamptz', nullable: true })
  cancelledAt!: Date | null;

  @Column({ name: 'updated_at', type: 'timestamptz', insert: false, update: false })
  updatedAt!: Date;
}
