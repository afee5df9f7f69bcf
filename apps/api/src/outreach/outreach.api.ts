import {
  actionsReads,
  outreachReads,
  repliesReads,
  templatesReads,
  webhooksReads,
} from '@unionhall/outreach';
import type { DomainApi } from '../domain-api';
import { InboundMailController } from './inbound-mail.controller';
import { OutreachResolver } from './outreach.resolver';
import { ProgressResolver } from './progress.resolver';
import { RecipesResolver } from './recipes.resolver';
import { RepliesResolver } from './replies.resolver';
import { SequenceDraftsResolver } from './sequence-drafts.resolver';
import { SmsController } from './sms.controller';
import { TemplatesResolver } from './templates.resolver';
import { TextLengthResolver } from './text-length.resolver';
import { UnsubscribeController } from './unsubscribe.controller';
import { WebhooksResolver } from './webhooks.resolver';

export const outreachApi: DomainApi = {
  reads: [outreachReads, repliesReads, templatesReads, actionsReads, webhooksReads],
  resolvers: [
    OutreachResolver,
    ProgressResolver,
    RepliesResolver,
    SequenceDraftsResolver,
    TemplatesResolver,
    TextLengthResolver,
    WebhooksResolver,
    RecipesResolver,
  ],
  controllers: [InboundMailController, SmsController, UnsubscribeController],
};
