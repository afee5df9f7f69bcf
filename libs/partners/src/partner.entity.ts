import { Column, Entity, PrimaryColumn } from 'typeorm';

export const PARTNER_STATES = ['active', 'suspended', 'ended'] as const;

export type PartnerState = (typeof PARTNER_STATES)[number];

/** A coalition organisation. */
@Entity({ name: 'partner' })
export class Partner {
  @PrimaryColumn({ type: 'uuid', default: () => 'app.new_id()' })
  id: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  slug: string;

  @Column({ type: 'text', default: 'active' })
  state: PartnerState;
}
