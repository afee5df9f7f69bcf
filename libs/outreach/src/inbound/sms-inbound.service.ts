import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ConsentService } from '@unionhall/consent';
import { systemActor } from '@unionhall/identity';
import { Config, Database, languageOf, Outbox, type Language, type Spoken } from '@unionhall/platform';
import { RepliesService } from './replies.service';
import { keywordOf, type Heard, type Keyword } from './stop-words';

export interface IncomingSms {
  /** E.164. */
  readonly from: string;
  readonly body: string;
  /** What the gateway calls it. */
  readonly sid: string;
  /** What the gateway has made of it and answered itself, when it looks after opt-outs too. */
  readonly answered: Keyword | undefined;
}

interface Sender {
  readonly id: string;
  readonly language: string;
}

const SOURCE = { stop: 'text message STOP', start: 'text message START' };

/** CTIA Messaging Principles, 5.1: a confirmation names the programme; help says how to stop. */
const ANSWERS: Readonly<Record<Keyword, Spoken>> = {
  stop: {
    en: '{{union}}: you will get no more text messages from us. Reply START to get them again.',
    es: '{{union}}: no recibirá más mensajes de texto nuestros. Responda ALTA para recibirlos de nuevo.',
  },
  start: {
    en: '{{union}}: you will get text messages from us again. Reply STOP to stop them.',
    es: '{{union}}: recibirá de nuevo nuestros mensajes de texto. Responda BAJA para no recibirlos.',
  },
  help: {
    en: '{{union}}: text messages to members about what they allowed. Reply STOP to stop them. More: {{url}}',
    es: '{{union}}: mensajes de texto a miembros sobre lo que permitieron. Responda BAJA para no recibirlos. Más: {{url}}',
  },
};

/** What telephones send to the union: words that are obeyed at once, and replies for a person to read. */
@Injectable()
export class SmsInboundService {
  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
    private readonly config: Config,
    private readonly consents: ConsentService,
    private readonly replies: RepliesService,
  ) {}

  /** @returns what to answer; undefined: nothing. */
  async receive(message: IncomingSms): Promise<string | undefined> {
    const answer = await this.db.tx(systemActor('outreach'), (em) => this.within(em, message));
    await this.outbox.nudge();
    return message.answered === undefined ? answer : undefined;
  }

  private async within(em: EntityManager, message: IncomingSms): Promise<string | undefined> {
    const { from, body, sid, answered } = message;
    const senders = (await em.query(
      `SELECT id, language FROM member WHERE phone_key = $1 AND erased_at IS NULL ORDER BY id`,
      [from],
    )) as Sender[];
    const heard: Heard | undefined = answered === undefined ? keywordOf(body) : { keyword: answered };
    if (heard !== undefined && (await this.obey(em, heard.keyword, from, senders)))
      return this.answer(em, heard, senders);
    const isNoReply = heard?.keyword === 'stop' || body.trim() === '';
    if (!isNoReply) {
      const memberIds = senders.map(({ id }) => id);
      await this.replies.keep(em, { memberIds, channel: 'sms', body, sourceId: sid });
    }
    return undefined;
  }

  /** @returns whether it did something; "yes" of somebody who has not stopped anything is a reply. */
  private async obey(
    em: EntityManager,
    keyword: Keyword,
    from: string,
    senders: readonly Sender[],
  ): Promise<boolean> {
    const actor = systemActor('outreach');
    const members = senders.map(({ id }) => id);
    if (keyword === 'stop') {
      const isNew = await this.consents.optOut(em, 'sms', from, 'member');
      const change = { channel: 'sms', wording: 'STOP', source: SOURCE.stop } as const;
      await this.consents.withdrawWithin(em, actor, members, change);
      return isNew;
    }
    if (keyword === 'start') {
      if (!(await this.consents.liftOptOut(em, 'sms', from))) return false;
      const change = { channel: 'sms', source: SOURCE.start, withdrawnBy: SOURCE.stop } as const;
      await this.consents.restoreWithin(em, actor, members, change);
    }
    return true;
  }

  private async answer(
    em: EntityManager,
    { keyword, language }: Heard,
    [sender]: readonly Sender[],
  ): Promise<string> {
    const [union] = (await em.query(
      `SELECT name FROM chapter WHERE parent_id IS NULL ORDER BY id LIMIT 1`,
    )) as { name: string }[];
    const spoken: Language = language ?? languageOf(sender?.language) ?? 'en';
    return ANSWERS[keyword][spoken]
      .replace('{{union}}', () => union?.name ?? 'Unionhall')
      .replace('{{url}}', () => this.config.baseUrl);
  }
}
