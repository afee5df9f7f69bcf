import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Partner } from './partner.entity';

/** What the union agreed to share with a partner, for what, and when. Consent still decides person by person. */
@Entity({ name: 'agreement' })
export class Agreement {
  @PrimaryColumn({ type: 'uuid', default: () => 'app.new_id()' })
  id: string;

  @Column({ name: 'partner_id', type: 'uuid' })
  partnerId: string;

  @ManyToOne(() => Partner)
  @JoinColumn({ name: 'partner_id' })
  partner?: Partner;

  @Column({ type: 'text', array: true })
  purposes: string[];

  @Column({ name: 'field_groups', type: 'text', array: true })
  fieldGroups: string[];

  @Column({ name: 'starts_at', type: 'timestamptz' })
  startsAt: Date;

  @Column({ name: 'ends_at', type: 'timestamptz', nullable: true })
  endsAt: Date | null;

  @Column({ name: 'created_by', type: 'uuid', nullable: true })
  createdBy: string | null;
}
