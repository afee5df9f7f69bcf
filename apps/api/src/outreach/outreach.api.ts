import { outreachReads, repliesReads } from '@unionhall/outreach';
import type { DomainApi } from '../domain-api';
import { InboundMailController } from './inbound-mail.controller';
import { OutreachResolver } from './outreach.resolver';
import { ProgressResolver } from './progress.resolver';
import { RepliesResolver } from './replies.resolver';
import { SequenceDraftsResolver } from './sequence-drafts.resolver';
import { SmsController } from './sms.controller';
import { TextLengthResolver } from './text-length.resolver';
import { UnsubscribeController } from './unsubscribe.controller';

export const outreachApi: DomainApi = {
  reads: [outreachReads, repliesReads],
  resolvers: [
    OutreachResolver,
    ProgressResolver,
    RepliesResolver,
    SequenceDraftsResolver,
    TextLengthResolver,
  ],
  controllers: [InboundMailController, SmsController, UnsubscribeController],
};
