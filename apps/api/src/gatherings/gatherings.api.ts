import type { Type } from '@nestjs/common';
import { gatheringsReads, listeningReads } from '@unionhall/gatherings';
import type { ReadsDeclaration } from '@unionhall/platform';
import { GatheringsResolver } from './gatherings.resolver';
import { ListeningResolver } from './listening.resolver';
import { ThemesResolver } from './themes.resolver';
import { RsvpPageController } from './rsvp-page.controller';
import { ZoomReportController } from './zoom-report.controller';

/** What clients can ask of gatherings. */
export const gatheringsApi: { reads: ReadsDeclaration[]; resolvers: Type[]; controllers: Type[] } = {
  reads: [gatheringsReads, listeningReads],
  resolvers: [GatheringsResolver, ListeningResolver, ThemesResolver],
  controllers: [RsvpPageController, ZoomReportController],
};
