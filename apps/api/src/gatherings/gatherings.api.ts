import type { Type } from '@nestjs/common';
import {
  gatheringsReads,
  listeningReads,
  planningReads,
  seriesReads,
  trainingsReads,
} from '@unionhall/gatherings';
import type { ReadsDeclaration } from '@unionhall/platform';
import { CoursesResolver } from './courses.resolver';
import { FeedsController } from './feeds.controller';
import { FeedsResolver } from './feeds.resolver';
import { GatheringsResolver } from './gatherings.resolver';
import { PlacesResolver } from './places.resolver';
import { PlanningResolver } from './planning.resolver';
import { ListeningResolver } from './listening.resolver';
import { ThemesResolver } from './themes.resolver';
import { RsvpPageController } from './rsvp-page.controller';
import { SeriesResolver } from './series.resolver';
import { TurnoutResolver } from './turnout.resolver';
import { ZoomReportController } from './zoom-report.controller';

/** What clients can ask of gatherings. */
export const gatheringsApi: { reads: ReadsDeclaration[]; resolvers: Type[]; controllers: Type[] } = {
  reads: [gatheringsReads, seriesReads, planningReads, listeningReads, trainingsReads],
  resolvers: [
    GatheringsResolver,
    SeriesResolver,
    FeedsResolver,
    PlanningResolver,
    PlacesResolver,
    ListeningResolver,
    ThemesResolver,
    CoursesResolver,
    TurnoutResolver,
  ],
  controllers: [RsvpPageController, ZoomReportController, FeedsController],
};
