import type { Type } from '@nestjs/common';
import { gatheringsReads, seriesReads } from '@unionhall/gatherings';
import type { ReadsDeclaration } from '@unionhall/platform';
import { GatheringsResolver } from './gatherings.resolver';
import { RsvpPageController } from './rsvp-page.controller';
import { SeriesResolver } from './series.resolver';
import { ZoomReportController } from './zoom-report.controller';

/** What clients can ask of gatherings. */
export const gatheringsApi: { reads: ReadsDeclaration[]; resolvers: Type[]; controllers: Type[] } = {
  reads: [gatheringsReads, seriesReads],
  resolvers: [GatheringsResolver, SeriesResolver],
  controllers: [RsvpPageController, ZoomReportController],
};
