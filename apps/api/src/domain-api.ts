import type { Type } from '@nestjs/common';
import type { ReadsDeclaration } from '@unionhall/platform';

/** What one domain adds to the API: what can be read, what can be done, and its plain HTTP endpoints. */
export interface DomainApi {
  readonly reads: readonly ReadsDeclaration[];
  readonly resolvers: readonly Type[];
  readonly controllers: readonly Type[];
}
