import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { registerPersonalData } from '@unionhall/consent';
import { Outbox } from '@unionhall/platform';
import { announceCancellation } from './cancellation';
import { AttendanceNudge } from './follow-ups/attendance-nudge.service';
import { DeliveryReports } from './inbound/delivery-reports';
import { inboundPersonalData } from './inbound/inbound.personal-data';
import { MailInboundService } from './inbound/mail-inbound.service';
import { RepliesService } from './inbound/replies.service';
import { SmsInboundService } from './inbound/sms-inbound.service';
import { SmsStatusService } from './inbound/sms-status.service';
import { Letters } from './letters';
import { listenForNotices } from './notices';
import { outreachPersonalData } from './outreach.personal-data';
import { Progress } from './progress.service';
import { ConfirmationsService } from './requests/confirmations.service';
import { PublicRequestsService } from './requests/public-requests.service';
import { requestsPersonalData } from './requests/requests.personal-data';
import { AttemptBarrier } from './sending/barrier';
import { Leases } from './sending/leases';
import { MailTransport } from './sending/mail-transport';
import { Outcomes } from './sending/outcomes';
import { Pace } from './sending/pace';
import { SendService } from './sending/send.service';
import { SmsTransport } from './sending/sms-transport';
import { Transports } from './sending/transports';
import { Actions } from './sequences/actions';
import { actionsPersonalData } from './sequences/actions.personal-data';
import { AdvanceService } from './sequences/advance.service';
import { CommitmentRequests } from './sequences/commitment-requests';
import { CorrectionsService } from './sequences/corrections.service';
import { DraftsService } from './sequences/drafts.service';
import { DryRunService } from './sequences/dry-run.service';
import { Entries } from './sequences/entries';
import { Moves } from './sequences/moves';
import { SequencesService } from './sequences/sequences.service';
import { TasksService } from './sequences/tasks.service';
import { waitEnds } from './sequences/wait-sql';
import { BreakerService } from './sending/breaker.service';
import { FrequencyCaps } from './sending/frequency-caps';
import { PreviewService } from './templates/preview.service';
import { TemplatesService } from './templates/templates.service';
import { Wording } from './templates/wording';
import { UnsubscribeLinks } from './unsubscribe-links';
import { WebhookCallsService } from './webhooks/webhook-calls.service';
import { WebhookClient } from './webhooks/webhook-client';
import { WebhookEndpointsService } from './webhooks/webhook-endpoints.service';
import { WebhookSecrets } from './webhooks/webhook-secrets';
import { webhooksPersonalData } from './webhooks/webhooks.personal-data';

registerPersonalData(outreachPersonalData);
registerPersonalData(requestsPersonalData);
registerPersonalData(inboundPersonalData);
registerPersonalData(webhooksPersonalData);
registerPersonalData(actionsPersonalData);

const SERVICES = [
  SequencesService,
  AdvanceService,
  DraftsService,
  DryRunService,
  CorrectionsService,
  TasksService,
  Progress,
  Entries,
  Moves,
  Actions,
  FrequencyCaps,
  Pace,
  BreakerService,
  AttendanceNudge,
  SendService,
  AttemptBarrier,
  Leases,
  Outcomes,
  Transports,
  MailTransport,
  SmsTransport,
  DeliveryReports,
  RepliesService,
  SmsStatusService,
  SmsInboundService,
  MailInboundService,
  Letters,
  Wording,
  TemplatesService,
  PreviewService,
  UnsubscribeLinks,
  PublicRequestsService,
  ConfirmationsService,
  WebhookEndpointsService,
  WebhookCallsService,
  WebhookClient,
  WebhookSecrets,
  CommitmentRequests,
];

/** Those who wait for a time of the gathering wait for its new time. */
const RESCHEDULE = `
  UPDATE enrollment e SET due_at = ${waitEnds('w.config', 'g')}
    FROM gathering g, sequence_step w
   WHERE g.id = $1 AND e.gathering_id = g.id AND e.state = 'active' AND w.sequence_id = e.sequence_id AND w.kind = 'wait'
     AND w.config ? 'anchor' AND w.version = e.version AND w.position = e.position - 1 AND e.due_at > app.now()`;

/** Those who watch for something look again: news of them have come. */
const LOOK = `UPDATE enrollment SET due_at = app.now() WHERE watching AND state = 'active' AND member_id = ANY($1::uuid[]) AND due_at > app.now()`;
const NEWS_OF_MEMBERS = [
  'attendance.recorded',
  'rsvp.changed',
  'commitment.changed',
  'member.moved',
  'member.updated',
  'member.tagged',
  'reply.received',
];

@Global()
@Module({ providers: SERVICES, exports: SERVICES })
export class OutreachModule implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly entries: Entries,
    private readonly breaker: BreakerService,
    private readonly nudge: AttendanceNudge,
    private readonly requests: CommitmentRequests,
  ) {}

  onModuleInit(): void {
    this.outbox.subscribe({
      name: 'outreach.reschedule-on-gathering-changed',
      event: 'gathering.changed',
      handle: async (em, { payload }) => void (await em.query(RESCHEDULE, [payload['gatheringId']])),
    });
    this.outbox.subscribe({
      name: 'outreach.stop-on-gathering-cancelled',
      event: 'gathering.cancelled',
      handle: (em, { payload }) => announceCancellation(em, String(payload['gatheringId'])),
    });
    for (const event of NEWS_OF_MEMBERS)
      this.outbox.subscribe({
        name: `outreach.look-again-on-${event}`,
        event,
        handle: async (em, { payload }) => {
          await em.query(LOOK, [payload['memberIds'] ?? [payload['memberId']]]);
        },
      });
    listenForNotices(this.outbox);
    this.entries.listen();
    this.breaker.listen();
    this.nudge.listen();
    this.requests.listen();
  }
}
