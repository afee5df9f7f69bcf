import type { DomainApi } from '../domain-api';
import { CertificatePageController } from './certificate-page.controller';
import { ChapterPageController } from './chapter-page.controller';
import { ConfirmController } from './confirm.controller';
import { GatheringPageController } from './gathering-page.controller';
import { HomePageController } from './home-page.controller';
import { JoinPageController } from './join-page.controller';
import { PledgePageController } from './pledge-page.controller';

/** The pages that everyone may open. */
export const publicApi: DomainApi = {
  reads: [],
  resolvers: [],
  controllers: [
    HomePageController,
    PledgePageController,
    GatheringPageController,
    ChapterPageController,
    JoinPageController,
    ConfirmController,
    CertificatePageController,
  ],
};
