import { Query, Resolver } from '@nestjs/graphql';
import { Config, Mailer } from '@unionhall/platform';
import { Allow } from '../graphql';
import { isMailboxOpen, MAILBOX } from './mailbox.controller';

@Resolver()
export class MailboxResolver {
  constructor(
    private readonly config: Config,
    private readonly mailer: Mailer,
  ) {}

  @Query(() => String, {
    nullable: true,
    description: 'Where mail is read that this union keeps instead of sending; null when it sends.',
  })
  @Allow('anyone')
  localMailbox(): string | null {
    return isMailboxOpen(this.config, this.mailer) ? `/${MAILBOX}` : null;
  }
}
