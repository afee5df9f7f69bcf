import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { registerPersonalData } from '@unionhall/consent';
import { Outbox } from '@unionhall/platform';
import { AdvanceService } from './advance.service';
import { announceCancellation } from './cancellation';
import { Letters } from './letters';
import { outreachPersonalData } from './outreach.personal-data';
import { ConfirmationsService } from './requests/confirmations.service';
import { PublicRequestsService } from './requests/public-requests.service';
import { requestsPersonalData } from './requests/requests.personal-data';
import { SendService } from './send.service';
import { SequencesService } from './sequences.service';
import { waitEnds } from './steps';
import { UnsubscribeLinks } from './unsubscribe-links';

registerPersonalData(outreachPersonalData);
registerPersonalData(requestsPersonalData);

const SERVICES = [
  SequencesService,
  AdvanceService,
  SendService,
  Letters,
  UnsubscribeLinks,
  PublicRequestsService,
  ConfirmationsService,
];

/** Those who wait for a time of the gathering wait for its new time. */
const RESCHEDULE = `
  UPDATE enrollment e SET due_at = ${waitEnds('w.config', 'g')}
    FROM sequence s JOIN gathering g ON g.id = s.gathering_id
    JOIN sequence_step w ON w.sequence_id = s.id AND w.kind = 'wait'
   WHERE s.gathering_id = $1 AND e.sequence_id = s.id AND e.state = 'active'
     AND w.version = e.version AND w.position = e.position - 1 AND e.due_at > app.now()`;

@Global()
@Module({ providers: SERVICES, exports: SERVICES })
export class OutreachModule implements OnModuleInit {
  constructor(private readonly outbox: Outbox) {}

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
    this.outbox.subscribe({
      name: 'outreach.go-on-when-attendance-is-recorded',
      event: 'attendance.recorded',
      handle: async (em, { payload }) => {
        await em.query(
          `UPDATE enrollment e SET due_at = app.now() FROM sequence s, sequence_step b
            WHERE s.gathering_id = $1 AND e.sequence_id = s.id AND e.state = 'active' AND e.member_id = ANY($2::uuid[])
              AND b.sequence_id = s.id AND b.version = e.version AND b.position = e.position AND b.kind = 'branch'
              AND e.due_at > app.now() AND EXISTS (SELECT FROM gathering g WHERE g.id = s.gathering_id AND g.ends_at <= app.now())`,
          [payload['gatheringId'], payload['memberIds']],
        );
      },
    });
  }
}
