export { AdvanceService } from './advance.service';
export * from './outreach.errors';
export { ADVANCE, RECOVER, SEND } from './outreach.jobs';
export { OutreachModule } from './outreach.module';
export { outreachReads } from './outreach.reads';
export {
  ConfirmationsService,
  type Confirmed,
  type ConfirmOutcome,
  type PendingRequest,
} from './requests/confirmations.service';
export {
  PublicRequestsService,
  type PublicRequest,
  type TickedConsent,
} from './requests/public-requests.service';
export type { RequestKind, RequestSubject } from './requests/request-subject';
export * from './requests/requests.errors';
export { SWEEP_REQUESTS } from './requests/requests.jobs';
export { SendService } from './send.service';
export { SequencesService, type Segment, type Started, type StartTraining } from './sequences.service';
export { UnsubscribeLinks, type Allowed, type ConsentKey, type Standing } from './unsubscribe-links';
