import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ConsentService } from '@unionhall/consent';
import { systemActor } from '@unionhall/identity';
import { Database, Outbox } from '@unionhall/platform';
import { DeliveryReports, type Report, type Reported } from './delivery-reports';
import { isUuid } from './our-ids';

export interface SmsStatus {
  /** What we called the message. */
  readonly reference: string | undefined;
  readonly sid: string;
  /** Twilio's word: `queued`, `sent`, `delivered`, `undelivered`, `failed`, … */
  readonly status: string;
  readonly errorCode: string | undefined;
}

const TAKEN = new Set(['accepted', 'scheduled', 'queued', 'sending', 'sent', 'delivered', 'read']);
const LOST = new Set(['failed', 'undelivered']);

/** Numbers that no message will ever reach: invalid, not mobile, unknown, or a landline (Twilio's error codes). */
const DEAD = new Set(['21211', '21217', '21265', '21401', '21407', '21421', '21614', '30005', '30006']);
/** A telephone that is switched off is not a dead number; one that always is counts as one in the end. */
const UNREACHABLE = new Set(['30003']);
/** Its holder has told the carrier or the gateway to stop us. */
const STOPPED = '21610';

const SOURCE = 'the SMS gateway';

/** Reports of the gateway about messages that it was handed. */
@Injectable()
export class SmsStatusService {
  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
    private readonly reports: DeliveryReports,
    private readonly consents: ConsentService,
  ) {}

  /** @returns whether the report was about a message of ours. */
  async report({ reference, sid, status, errorCode }: SmsStatus): Promise<boolean> {
    const report = reportOf(sid, status, errorCode);
    if (report === undefined) return false;
    const found = await this.db.tx(systemActor('outreach'), async (em) => {
      const delivery = await this.reports.find(em, isUuid(reference) ? reference : undefined, sid);
      if (delivery?.channel !== 'sms') return false;
      await this.reports.note(em, delivery, report);
      await this.learn(em, delivery, errorCode);
      return true;
    });
    await this.outbox.nudge();
    return found;
  }

  /** What the gateway said when it refused a message at once: it may be about the number. */
  async refused(reference: string, errorCode: string): Promise<void> {
    await this.db.tx(systemActor('outreach'), async (em) => {
      const delivery = await this.reports.find(em, reference, undefined);
      if (delivery !== undefined) await this.learn(em, delivery, errorCode);
    });
    await this.outbox.nudge();
  }

  private async learn(em: EntityManager, delivery: Reported, errorCode: string | undefined): Promise<void> {
    if (errorCode === STOPPED) {
      await this.reports.suppress(em, delivery, 'member');
      const change = { channel: 'sms', wording: 'Stopped at the carrier', source: SOURCE } as const;
      await this.consents.withdrawWithin(em, systemActor('outreach'), [delivery.member_id], change);
    } else if (errorCode !== undefined && DEAD.has(errorCode))
      await this.reports.suppress(em, delivery, 'bounce');
  }
}

/** Words that say nothing of its fate, and those that we do not know, make no report. */
function reportOf(providerId: string, status: string, errorCode: string | undefined): Report | undefined {
  if (TAKEN.has(status)) return { providerId, verdict: 'arrived' };
  if (!LOST.has(status)) return undefined;
  const verdict = errorCode !== undefined && UNREACHABLE.has(errorCode) ? 'soft' : 'failed';
  return { providerId, verdict, reason: errorCode === undefined ? status : `sms_${errorCode}` };
}
