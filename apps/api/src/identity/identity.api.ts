import type { Type } from '@nestjs/common';
import { identityReads } from '@unionhall/identity';
import type { ReadsDeclaration } from '@unionhall/platform';
import { GrantsResolver } from './grants.resolver';
import { SignInController } from './sign-in.controller';
import { SignInResolver } from './sign-in.resolver';

/** Needs `IdentityApiModule`. */
export const identityApi = {
  reads: [identityReads] as ReadsDeclaration[],
  resolvers: [SignInResolver, GrantsResolver] as Type[],
  controllers: [SignInController] as Type[],
};
