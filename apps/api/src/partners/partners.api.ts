import type { Type } from '@nestjs/common';
import { PartnerUsageService, partnersReads, sharedReads } from '@unionhall/partners';
import type { ReadsDeclaration } from '@unionhall/platform';
import { PartnershipResolver } from './partnership.resolver';
import { PartnersResolver } from './partners.resolver';

/** Partners as the union's own people see them, at /graphql. */
export const partnersApi = {
  reads: [partnersReads] as ReadsDeclaration[],
  resolvers: [PartnersResolver] as Type[],
  controllers: [] as Type[],
};

/** What partners see, at /partners/graphql. */
export const sharedApi = {
  reads: [sharedReads] as ReadsDeclaration[],
  resolvers: [PartnershipResolver] as Type[],
  meter: PartnerUsageService,
};
