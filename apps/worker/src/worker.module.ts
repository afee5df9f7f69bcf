import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { PlatformModule, type Clock, type Config } from '@unionhall/platform';
import { DOMAINS } from '../../domains';
import { consentHandlers } from './consent/consent.jobs';
import { gatheringsHandlers } from './gatherings/gatherings.jobs';
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
  ...gatheringsHandlers,
  ...outreachHandlers,
  ...partnersHandlers,
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
