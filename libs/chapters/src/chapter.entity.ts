import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

export const CHAPTER_KINDS = ['union', 'region', 'city', 'caucus', 'workplace'] as const;

export type ChapterKind = (typeof CHAPTER_KINDS)[number];

/** A node of the one tree. `path` is `/root/…/self/`, kept by the database. */
@Entity({ name: 'chapter' })
export class Chapter {
  @PrimaryColumn({ type: 'uuid', default: () => 'app.new_id()' })
  id: string;

  @Column({ name: 'parent_id', type: 'uuid', nullable: true })
  parentId: string | null;

  @ManyToOne(() => Chapter, { nullable: true })
  @JoinColumn({ name: 'parent_id' })
  parent?: Chapter | null;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  kind: ChapterKind;

  @Column({ type: 'text' })
  slug: string;

  /** An IANA time zone. */
  @Column({ name: 'time_zone', type: 'text' })
  timeZone: string;

  /** A BCP 47 language tag. */
  @Column({ type: 'text' })
  language: string;

  @Column({ type: 'text', insert: false, update: false })
  path: string;
}
