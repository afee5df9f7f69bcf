import type { Type } from '@nestjs/common';
import { campaignsReads, heardReads } from '@unionhall/campaigns';
import type { ReadsDeclaration } from '@unionhall/platform';
import { HeardResolver } from './heard.resolver';
import { CampaignsResolver } from './campaigns.resolver';

/** What clients can ask of campaigns. */
export const campaignsApi: { reads: ReadsDeclaration[]; resolvers: Type[]; controllers: Type[] } = {
  reads: [campaignsReads, heardReads],
  resolvers: [CampaignsResolver, HeardResolver],
  controllers: [],
};
