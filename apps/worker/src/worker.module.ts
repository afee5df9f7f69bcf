import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { CampaignsModule } from '@unionhall/campaigns';
import { ChaptersModule } from '@unionhall/chapters';
import { ConsentModule } from '@unionhall/consent';
import { GatheringsModule } from '@unionhall/gatherings';
import { IdentityModule } from '@unionhall/identity';
import { MembersModule } from '@unionhall/members';
import { OutreachModule } from '@unionhall/outreach';
import { PartnersModule } from '@unionhall/partners';
import { PlatformModule, type Clock, type Config } from '@unionhall/platform';
import { consentHandlers } from './consent/consent.jobs';
import { identityHandlers } from './identity/identity.jobs';
import { membersHandlers } from './members/members.jobs';
import { outreachHandlers } from './outreach/outreach.jobs';
import { partnersHandlers } from './partners/partners.jobs';
import { platformHandlers } from './platform/platform.jobs';

/** Every class that does jobs. */
export const HANDLERS: readonly Type[] = [
  ...platformHandlers,
  ...identityHandlers,
  ...consentHandlers,
  ...membersHandlers,
  ...outreachHandlers,
  ...partnersHandlers,
];

const DOMAINS = [
  IdentityModule,
  ChaptersModule,
  ConsentModule,
  MembersModule,
  GatheringsModule,
  CampaignsModule,
  OutreachModule,
  PartnersModule,
];

@Module({})
export class WorkerModule {
  static forRoot(config: Config, clock: Clock): DynamicModule {
    return {
      module: WorkerModule,
      imports: [PlatformModule.forRoot(config, 'worker', clock), ...DOMAINS],
      providers: [...HANDLERS],
    };
  }
}
