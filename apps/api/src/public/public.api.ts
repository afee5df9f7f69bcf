import type { DomainApi } from '../domain-api';
import { ConfirmController } from './confirm.controller';
import { PledgePageController } from './pledge-page.controller';

/** The pages that everyone may open. */
export const publicApi: DomainApi = {
  reads: [],
  resolvers: [],
  controllers: [PledgePageController, ConfirmController],
};
