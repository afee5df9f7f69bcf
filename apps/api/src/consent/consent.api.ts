import { consentReads } from '@unionhall/consent';
import type { DomainApi } from '../domain-api';
import { ConsentResolver } from './consent.resolver';

export const consentApi: DomainApi = { reads: [consentReads], resolvers: [ConsentResolver], controllers: [] };
