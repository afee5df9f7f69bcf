import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { registerPersonalData } from '@unionhall/consent';
import { Outbox } from '@unionhall/platform';
import { AttendanceService } from './attendance.service';
import { feedsPersonalData } from './feeds/feeds.personal-data';
import { FeedsService } from './feeds/feeds.service';
import { Gathering } from './gathering.entity';
import { GatheringPages } from './gathering-pages';
import { gatheringsPersonalData } from './gatherings.personal-data';
import { GatheringsService } from './gatherings.service';
import { LISTENING_SERVICES, listeningPersonalData } from './listening';
import { GraceService } from './places/grace.service';
import { PlacesService } from './places/places.service';
import { FacilitatorsService } from './planning/facilitators.service';
import { OutlinesService } from './planning/outlines.service';
import { planningPersonalData } from './planning/planning.personal-data';
import { TurnoutService } from './reporting/turnout.service';
import { RsvpLinks } from './rsvp-links';
import { RsvpsService } from './rsvps.service';
import { SeriesChanges } from './series/series-changes.service';
import { SeriesService } from './series/series.service';
import { Completions, listenForTrainings, TRAININGS_SERVICES, trainingsPersonalData } from './trainings';
import { ZoomImportService } from './zoom-import.service';

registerPersonalData(gatheringsPersonalData);
registerPersonalData(feedsPersonalData);
registerPersonalData(planningPersonalData);
registerPersonalData(trainingsPersonalData);
registerPersonalData(listeningPersonalData);

const SERVICES = [
  GatheringsService,
  GatheringPages,
  RsvpsService,
  RsvpLinks,
  AttendanceService,
  ZoomImportService,
  SeriesService,
  SeriesChanges,
  FeedsService,
  FacilitatorsService,
  OutlinesService,
  PlacesService,
  GraceService,
  TurnoutService,
  ...LISTENING_SERVICES,
  ...TRAININGS_SERVICES,
];

@Global()
@Module({ imports: [TypeOrmModule.forFeature([Gathering])], providers: SERVICES, exports: SERVICES })
export class GatheringsModule implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly rsvps: RsvpsService,
    private readonly completions: Completions,
  ) {}

  onModuleInit(): void {
    listenForTrainings(this.outbox, this.completions);
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
