import { outreachReads } from '@unionhall/outreach';
import type { DomainApi } from '../domain-api';
import { OutreachResolver } from './outreach.resolver';
import { UnsubscribeController } from './unsubscribe.controller';

export const outreachApi: DomainApi = {
  reads: [outreachReads],
  resolvers: [OutreachResolver],
  controllers: [UnsubscribeController],
};
