import { Injectable } from '@nestjs/common';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { ConsentedContact } from '@unionhall/consent';
import { languageOf, SmsGateway, type SmsMessage } from '@unionhall/platform';
import { SmsStatusService } from '../inbound/sms-status.service';
import { Letters, type LetterFacts } from '../letters';
import { HOW_TO_STOP, LONGEST_SMS, pick } from '../message';
import type { MessageStep } from '../sequences/step';
import { Wording } from '../templates/wording';
import type { Outcome, Transport } from './transports';

/** What a text message needs to know beyond a letter. */
export interface SmsFacts extends LetterFacts {
  /** Whether a text message of the sequence has told this member already how to stop them. */
  readonly told_to_stop?: boolean;
}

/** SQL of `told_to_stop`. @param delivery @param step aliases of the delivery's row and its step's. */
export const toldToStop = (
  delivery: string,
  step: string,
): string => `(${step}.config->>'channel' = 'sms' AND EXISTS (
    SELECT FROM delivery p JOIN sequence_step ps ON ps.id = p.step_id
     WHERE p.member_id = ${delivery}.member_id AND p.sequence_id = ${delivery}.sequence_id AND p.id <> ${delivery}.id
       AND ps.config->>'channel' = 'sms' AND p.state = 'accepted'))`;

/** Text messages: the step's text in the member's language, and, once in each sequence, how to stop them. */
@Injectable()
export class SmsTransport implements Transport<SmsMessage> {
  readonly channel = 'sms';

  constructor(
    private readonly gateway: SmsGateway,
    private readonly letters: Letters,
    private readonly wording: Wording,
    private readonly statuses: SmsStatusService,
  ) {}

  write(facts: SmsFacts, contact: ConsentedContact): SmsMessage {
    const to = parsePhoneNumberFromString(contact.address);
    if (to?.isPossible() !== true) throw new Error('This is no telephone number.');
    const { language } = contact;
    const write = this.wording.brief(facts.step_id, language, () =>
      pick((facts.config as MessageStep).body, language),
    );
    const text = write(this.letters.values(facts, contact));
    if (text.trim() === '') throw new Error('The text message is empty.');
    const stop = HOW_TO_STOP[languageOf(contact.language) ?? 'en'];
    const body = facts.told_to_stop === true ? text : `${text}\n${stop}`;
    if (body.length > LONGEST_SMS) throw new Error(`A text message has at most ${LONGEST_SMS} characters.`);
    return { to: to.number, body, reference: facts.id };
  }

  async send(message: SmsMessage, mayBegin: () => boolean): Promise<Outcome> {
    const outcome = await this.gateway.send(message, mayBegin);
    if (outcome.state === 'rejected' && outcome.code !== undefined)
      await this.statuses.refused(message.reference, outcome.code);
    return outcome;
  }
}
