import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { registerPersonalData } from '@unionhall/consent';
import { Outbox } from '@unionhall/platform';
import { AttendanceService } from './attendance.service';
import { Gathering } from './gathering.entity';
import { GatheringPages } from './gathering-pages';
import { gatheringsPersonalData } from './gatherings.personal-data';
import { GatheringsService } from './gatherings.service';
import { RsvpLinks } from './rsvp-links';
import { RsvpsService } from './rsvps.service';
import { LISTENING_SERVICES, listeningPersonalData } from './listening';
import { ZoomImportService } from './zoom-import.service';

registerPersonalData(gatheringsPersonalData);
registerPersonalData(listeningPersonalData);

const SERVICES = [
  GatheringsService,
  GatheringPages,
  RsvpsService,
  RsvpLinks,
  AttendanceService,
  ZoomImportService,
  ...LISTENING_SERVICES,
];

@Global()
@Module({ imports: [TypeOrmModule.forFeature([Gathering])], providers: SERVICES, exports: SERVICES })
export class GatheringsModule implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly rsvps: RsvpsService,
  ) {}

  onModuleInit(): void {
    for (const event of ['rsvp.changed', 'gathering.changed']) {
      this.outbox.subscribe({
        name: `gatherings.waitlist-on-${event}`,
        event,
        handle: async (em, { payload }) => {
          await this.rsvps.promote(em, String(payload['gatheringId']));
        },
      });
    }
  }
}
