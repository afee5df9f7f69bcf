import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ConsentService } from '@unionhall/consent';
import { systemActor } from '@unionhall/identity';
import { Config, Database, Outbox } from '@unionhall/platform';
import { DeliveryReports, type Report, type Reported } from './delivery-reports';
import { readIncoming, type IncomingMail, type RecipientStatus } from './mail-report';
import { namedDeliveries } from './our-ids';
import { RepliesService } from './replies.service';

/** What a mail was taken for; `ignored`: it is of a machine, or about nothing of ours. */
export type MailTaken = 'bounce' | 'complaint' | 'reply' | 'ignored';

/**
 * Permanent, but about this message or the sender's standing and not about the address (RFC 3463): a full
 * mailbox, a message too long or of the wrong kind, a policy. They count as failures for now.
 */
const NOT_THE_ADDRESS = /^5\.(2\.[23]|3\.4|6\.\d+|7\.\d+)$/;

const SOURCE = 'complaint to the mail provider';

/** Mail that comes back: bounces, complaints, and replies. */
@Injectable()
export class MailInboundService {
  private readonly host: string;

  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
    private readonly reports: DeliveryReports,
    private readonly consents: ConsentService,
    private readonly replies: RepliesService,
    config: Config,
  ) {
    this.host = new URL(config.baseUrl).hostname;
  }

  /** @param raw an RFC 5322 message, as a mail server hands it over; the same one twice changes nothing more. */
  async receive(raw: Buffer): Promise<MailTaken> {
    const mail = await readIncoming(raw);
    if (mail.kind === 'automatic') return 'ignored';
    const taken = await this.db.tx(systemActor('outreach'), async (em) => {
      const delivery = await this.deliveryOf(em, mail.ids);
      if (delivery === undefined) return 'ignored';
      if (mail.kind === 'delivery') return this.bounce(em, delivery, mail.recipients);
      if (mail.kind === 'complaint') return this.complaint(em, delivery, mail.feedback);
      return this.reply(em, delivery, mail, raw);
    });
    await this.outbox.nudge();
    return taken;
  }

  /** The newest of our messages that is named, for a thread names its last message last. */
  private async deliveryOf(em: EntityManager, ids: string): Promise<Reported | undefined> {
    for (const { id, providerId } of namedDeliveries(ids, this.host).reverse()) {
      const found = await this.reports.find(em, id, providerId);
      if (found?.channel === 'email') return found;
    }
    return undefined;
  }

  private async bounce(
    em: EntityManager,
    delivery: Reported,
    recipients: readonly RecipientStatus[],
  ): Promise<MailTaken> {
    // Ours go to one address each; whatever a forwarder made of it, one failure is one.
    const failed = recipients.find(({ action }) => action === 'failed');
    const report = failed === undefined ? arrival(recipients) : failure(failed);
    if (report === undefined) return 'ignored';
    await this.reports.note(em, delivery, report);
    if (report.verdict === 'bounced') await this.reports.suppress(em, delivery, 'bounce');
    return report.verdict === 'arrived' ? 'ignored' : 'bounce';
  }

  private async complaint(em: EntityManager, delivery: Reported, feedback: string): Promise<MailTaken> {
    await this.reports.note(em, delivery, { verdict: 'complained', reason: `feedback_${feedback}` });
    await this.reports.suppress(em, delivery, 'complaint');
    const change = { channel: 'email', wording: 'Marked as spam', source: SOURCE } as const;
    await this.consents.withdrawWithin(em, systemActor('outreach'), [delivery.member_id], change);
    return 'complaint';
  }

  private async reply(
    em: EntityManager,
    delivery: Reported,
    { text, messageId }: IncomingMail & { kind: 'reply' },
    raw: Buffer,
  ): Promise<MailTaken> {
    if (text === '') return 'ignored';
    // It came by mail: that it was ours to answer, and whose it was, is told by the id alone.
    const sourceId = messageId ?? createHash('sha256').update(raw).digest('hex');
    await this.replies.keep(em, { memberIds: [delivery.member_id], channel: 'email', body: text, sourceId });
    return 'reply';
  }
}

function failure({ status }: RecipientStatus): Report {
  const isDead = status.startsWith('5') && !NOT_THE_ADDRESS.test(status);
  return { verdict: isDead ? 'bounced' : 'soft', reason: `smtp_${status}` };
}

/** A delay says nothing yet; the other words say that it was taken. */
const arrival = (recipients: readonly RecipientStatus[]): Report | undefined =>
  recipients.some(({ action }) => action !== 'delayed') ? { verdict: 'arrived' } : undefined;
