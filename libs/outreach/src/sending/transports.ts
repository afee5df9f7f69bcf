import { Injectable } from '@nestjs/common';
import type { Channel, ConsentedContact } from '@unionhall/consent';
import type { LetterFacts } from '../letters';
import { MailTransport } from './mail-transport';
import { SmsTransport } from './sms-transport';

/** How an attempt ended, whatever carried it: `uncertain` when it may have been accepted, and nobody said so. */
export type Outcome =
  /** `id`: what the other side calls the message, when it has a name of its own for it. */
  | { readonly state: 'accepted'; readonly id?: string }
  | { readonly state: 'rejected'; readonly permanent: boolean; readonly response: string }
  | { readonly state: 'uncertain'; readonly response: string }
  | { readonly state: 'taken_back' };

/** What carries messages of one channel out of the house. */
export interface Transport<Message = unknown> {
  readonly channel: Channel;
  /** The message to one person; pure, so that it can run while rows are locked. @throws when it cannot be written. */
  write(facts: LetterFacts, contact: ConsentedContact): Message;
  /**
   * One attempt; every way it can end is an answer, nothing is thrown for the other side's part.
   * @param mayBegin asked last before the first byte leaves: `false` takes the message back, as if it had not been attempted.
   */
  send(message: Message, mayBegin: () => boolean): Promise<Outcome>;
}

/** The transport of each channel. */
@Injectable()
export class Transports {
  private readonly byChannel: ReadonlyMap<Channel, Transport>;

  constructor(mail: MailTransport, sms: SmsTransport) {
    const all: readonly Transport[] = [mail, sms];
    this.byChannel = new Map(all.map((one) => [one.channel, one]));
  }

  /** @throws Error when nothing carries the channel. */
  of(channel: Channel): Transport {
    const transport = this.byChannel.get(channel);
    if (transport === undefined) throw new Error(`Nothing carries ${channel}.`);
    return transport;
  }
}
