import { Injectable } from '@nestjs/common';
import type { ConsentedContact } from '@unionhall/consent';
import { Mailer, type ReadyMail } from '@unionhall/platform';
import { Letters, type LetterFacts } from '../letters';
import type { Outcome, Transport } from './transports';

/** Mail, by SMTP or into the local mailbox. */
@Injectable()
export class MailTransport implements Transport<ReadyMail> {
  readonly channel = 'email';

  constructor(
    private readonly letters: Letters,
    private readonly mailer: Mailer,
  ) {}

  write(facts: LetterFacts, contact: ConsentedContact): ReadyMail {
    return this.letters.write(facts, contact);
  }

  send({ envelope, ...ready }: ReadyMail, mayBegin: () => boolean): Promise<Outcome> {
    return this.mailer.send({ ...ready, envelope: { from: envelope.from, to: [...envelope.to] } }, mayBegin);
  }
}
