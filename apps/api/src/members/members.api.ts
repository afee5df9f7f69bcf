import { membersReads } from '@unionhall/members';
import type { DomainApi } from '../domain-api';
import { MembersResolver } from './members.resolver';

export const membersApi: DomainApi = { reads: [membersReads], resolvers: [MembersResolver], controllers: [] };
