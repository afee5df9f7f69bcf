import type { Type } from '@nestjs/common';
import { campaignsReads } from '@unionhall/campaigns';
import type { ReadsDeclaration } from '@unionhall/platform';
import { CampaignsResolver } from './campaigns.resolver';

/** What clients can ask of campaigns. */
export const campaignsApi: { reads: ReadsDeclaration[]; resolvers: Type[]; controllers: Type[] } = {
  reads: [campaignsReads],
  resolvers: [CampaignsResolver],
  controllers: [],
};
