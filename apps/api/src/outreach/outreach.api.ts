import { outreachReads, repliesReads, templatesReads } from '@unionhall/outreach';
import type { DomainApi } from '../domain-api';
import { InboundMailController } from './inbound-mail.controller';
import { OutreachResolver } from './outreach.resolver';
import { ProgressResolver } from './progress.resolver';
import { RepliesResolver } from './replies.resolver';
import { SequenceDraftsResolver } from './sequence-drafts.resolver';
import { SmsController } from './sms.controller';
import { TemplatesResolver } from './templates.resolver';
import { TextLengthResolver } from './text-length.resolver';
import { UnsubscribeController } from './unsubscribe.controller';

export const outreachApi: DomainApi = {
  reads: [outreachReads, repliesReads, templatesReads],
  resolvers: [
    OutreachResolver,
    ProgressResolver,
    RepliesResolver,
    SequenceDraftsResolver,
    TemplatesResolver,
    TextLengthResolver,
  ],
  controllers: [InboundMailController, SmsController, UnsubscribeController],
};
