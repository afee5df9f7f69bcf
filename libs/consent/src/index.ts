export { AccessLedgerService } from './access-ledger.service';
export { Addresses, CHANNELS, normaliseAddress, type Channel } from './addresses';
export * from './consent.errors';
export { INDEX_LEDGER } from './consent.jobs';
export { ConsentModule } from './consent.module';
export { consentReads } from './consent.reads';
export {
  CONSENT_PURPOSES,
  ConsentService,
  type ChannelChange,
  type ConsentChange,
  type ConsentPurpose,
  type OptOutReason,
} from './consent.service';
export {
  BEFORE_OPT_OUTS,
  ConsentGate,
  type ConsentedContact,
  type ContactPurpose,
  type GateAnswer,
  type Refusal,
} from './consented-contact';
export { personalDataHandlers, registerPersonalData, type PersonalDataHandler } from './personal-data';
export { PersonalDataService } from './personal-data.service';
