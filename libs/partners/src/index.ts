export { PartnerConsentsService, type PartnerConsentChange } from './partner-consents.service';
export { FIELD_GROUPS, type NewAgreement, type NewPartner } from './partner-input';
export {
  PartnerUsageService,
  type PartnerDay,
  type PartnerKeyFacts,
  type Partnership,
} from './partner-usage.service';
export { Partner, PARTNER_STATES, type PartnerState } from './partner.entity';
export { TAKE_PLEDGE_TABLES } from './partners.jobs';
export { PartnersModule } from './partners.module';
export { partnersReads } from './partners.reads';
export { PartnersService, type IssuedKey } from './partners.service';
export { PledgeTablesService } from './pledge-tables.service';
export { sharedReads } from './shared.reads';
export { K, suppress, type CountedCell, type ShownTable } from './suppression';
