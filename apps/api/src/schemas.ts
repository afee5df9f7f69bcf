import { campaignsApi } from './campaigns/campaigns.api';
import { chaptersApi } from './chapters/chapters.api';
import { consentApi } from './consent/consent.api';
import type { DomainApi } from './domain-api';
import { gatheringsApi } from './gatherings/gatherings.api';
import { MAIN_LIMITS, PARTNER_LIMITS, type SchemaSpec } from './graphql';
import { identityApi } from './identity/identity.api';
import { importsApi } from './imports/imports.api';
import { MailboxResolver } from './mailbox/mailbox.resolver';
import { membersApi } from './members/members.api';
import { outreachApi } from './outreach/outreach.api';
import { partnersApi, sharedApi } from './partners/partners.api';
import { publicApi } from './public/public.api';

/** Every domain of the API, in the order of the ladder. */
export const domains: readonly DomainApi[] = [
  identityApi,
  chaptersApi,
  consentApi,
  membersApi,
  importsApi,
  gatheringsApi,
  campaignsApi,
  outreachApi,
  partnersApi,
  publicApi,
];

/** What organizers and members use. */
export const apiSchema: SchemaSpec = {
  name: 'api',
  path: '/graphql',
  reads: domains.flatMap((domain) => domain.reads),
  resolvers: [...domains.flatMap((domain) => domain.resolvers), MailboxResolver],
  limits: MAIN_LIMITS,
};

/** What partners of the coalition use. */
export const partnersSchema: SchemaSpec = {
  name: 'partners',
  path: '/partners/graphql',
  reads: sharedApi.reads,
  resolvers: sharedApi.resolvers,
  limits: PARTNER_LIMITS,
  meter: sharedApi.meter,
};
