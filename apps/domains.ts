import type { Type } from '@nestjs/common';
import { CampaignsModule } from '@unionhall/campaigns';
import { ChaptersModule } from '@unionhall/chapters';
import { ConsentModule } from '@unionhall/consent';
import { GatheringsModule } from '@unionhall/gatherings';
import { IdentityModule } from '@unionhall/identity';
import { MembersModule } from '@unionhall/members';
import { OutreachModule } from '@unionhall/outreach';
import { PartnersModule } from '@unionhall/partners';

/** The modules of every domain, in the order of the ladder: what API and worker stand on alike. */
export const DOMAINS: readonly Type[] = [
  IdentityModule,
  ChaptersModule,
  ConsentModule,
  MembersModule,
  GatheringsModule,
  CampaignsModule,
  OutreachModule,
  PartnersModule,
];
