import type { Provider, Type } from '@nestjs/common';
import { identityReads } from '@unionhall/identity';
import type { ReadsDeclaration } from '@unionhall/platform';
import { ACTOR_RESOLVER, type ResolveSchemaActor } from '../graphql/current-actor';
import { ActorResolver } from './actor-resolver';
import { GrantsResolver } from './grants.resolver';
import { SignInController } from './sign-in.controller';
import { SignInResolver } from './sign-in.resolver';
import { Strategies } from './strategies';

/** Whoever sends a request: for both schemas and for plain HTTP endpoints, so provided globally. */
const providers: Provider[] = [
  Strategies,
  ActorResolver,
  {
    provide: ACTOR_RESOLVER,
    inject: [ActorResolver],
    useFactory:
      (resolver: ActorResolver): ResolveSchemaActor =>
      (request, schema) =>
        resolver.resolve(request, schema),
  },
];

export const identityApi = {
  reads: [identityReads] as ReadsDeclaration[],
  resolvers: [SignInResolver, GrantsResolver] as Type[],
  controllers: [SignInController] as Type[],
  providers,
};
