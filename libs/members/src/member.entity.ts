import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

export const MEMBER_STATUSES = ['prospect', 'member', 'lapsed', 'former'] as const;
export type MemberStatus = (typeof MEMBER_STATUSES)[number];

@Entity('member')
export class Member {
  @PrimaryColumn('uuid', { default: () => 'app.new_id()' })
  id: string;

  @Column({ name: 'chapter_id', type: 'uuid' })
  chapterId: string;

  @Column({ name: 'given_name', type: 'text' })
  givenName: string;

  @Column({ name: 'family_name', type: 'text' })
  familyName: string;

  @Column({ type: 'text', nullable: true })
  email: string | null;

  @Column({ name: 'email_key', type: 'text', nullable: true })
  emailKey: string | null;

  @Column({ type: 'text', nullable: true })
  phone: string | null;

  @Column({ name: 'phone_key', type: 'text', nullable: true })
  phoneKey: string | null;

  /** A BCP 47 tag. */
  @Column({ type: 'text' })
  language: string;

  /** An IANA name; null: the chapter's. */
  @Column({ name: 'time_zone', type: 'text', nullable: true })
  timeZone: string | null;

  @Column({ type: 'text' })
  status: MemberStatus;

  @Column({ name: 'postal_code', type: 'text', nullable: true })
  postalCode: string | null;

  @Column({ type: 'text', nullable: true })
  city: string | null;

  @Column({ type: 'text', nullable: true })
  region: string | null;

  @Column({ type: 'text', nullable: true })
  country: string | null;

  @Column({ name: 'joined_on', type: 'date', nullable: true })
  joinedOn: string | null;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt: Date;

  @Column({ name: 'erased_at', type: 'timestamptz', nullable: true })
  erasedAt: Date | null;
}
