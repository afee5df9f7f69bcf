import { importsReads } from '@unionhall/members';
import type { DomainApi } from '../domain-api';
import { ImportsController } from './imports.controller';
import { ImportsResolver } from './imports.resolver';

export const importsApi: DomainApi = {
  reads: [importsReads],
  resolvers: [ImportsResolver],
  controllers: [ImportsController],
};
