export { MailInboundService, type MailTaken } from './inbound/mail-inbound.service';
export { repliesReads } from './inbound/replies.reads';
export { RepliesService, REPLY_OUTCOMES, type ReplyOutcome } from './inbound/replies.service';
export { SmsInboundService, type IncomingSms } from './inbound/sms-inbound.service';
export { SmsStatusService, type SmsStatus } from './inbound/sms-status.service';
export * from './outreach.errors';
export { AttendanceNudge } from './follow-ups/attendance-nudge.service';
export { ADVANCE, ASK_WHO_CAME, CALL, LET_IN, RECOVER, SEND, WATCH } from './outreach.jobs';
export { OutreachModule } from './outreach.module';
export { Progress } from './progress.service';
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
export { BreakerService } from './sending/breaker.service';
export { SendService } from './sending/send.service';
export { actionsReads } from './sequences/actions.reads';
export { AdvanceService } from './sequences/advance.service';
export { CommitmentRequests } from './sequences/commitment-requests';
export { CorrectionsService, type Correction, type Resolution } from './sequences/corrections.service';
export {
  DraftsService,
  type DefinitionInput,
  type People,
  type SequenceSettingsInput,
} from './sequences/drafts.service';
export { DryRunService, type DryRun } from './sequences/dry-run.service';
export { Entries } from './sequences/entries';
export { RECIPES, type Recipe } from './sequences/recipes';
export type { NotReady } from './sequences/publish-check';
export type { Segment } from './sequences/segment';
export { SequencesService, type Started, type StartTraining } from './sequences/sequences.service';
export type { Reentry } from './sequences/step';
export { UnsubscribeLinks, type Allowed, type ConsentKey, type Standing } from './unsubscribe-links';
export { TasksService } from './sequences/tasks.service';
export { PreviewService, type Preview, type PreviewRequest } from './templates/preview.service';
export type { TemplateChannel } from './templates/saved-text';
export { templatesReads } from './templates/templates.reads';
export {
  TemplatesService,
  type NewTemplate,
  type Review,
  type SaveText,
  type TextAt,
} from './templates/templates.service';
export { VARIABLES, type Variable } from './templates/variables';
export { WebhookCallsService } from './webhooks/webhook-calls.service';
export {
  WebhookEndpointsService,
  type NewEndpoint,
  type ShownSecret,
} from './webhooks/webhook-endpoints.service';
export { webhooksReads } from './webhooks/webhooks.reads';
