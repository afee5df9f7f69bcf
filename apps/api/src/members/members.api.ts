import { membersReads } from '@unionhall/members';
import type { DomainApi } from '../domain-api';
import { MembersResolver } from './members.resolver';
import { TaggingResolver } from './tagging.resolver';

export const membersApi: DomainApi = {
  reads: [membersReads],
  resolvers: [MembersResolver, TaggingResolver],
  controllers: [],
};
