import { Global, Module } from '@nestjs/common';
import { ActorResolver } from './actor-resolver';
import { Strategies } from './strategies';
import { ACTOR_RESOLVER, type ResolveSchemaActor } from '../graphql/current-actor';

/** Who is asking: the strategies, and the actor of each request. */
@Global()
@Module({
  providers: [
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
  ],
  exports: [Strategies, ActorResolver, ACTOR_RESOLVER],
})
export class IdentityApiModule {}
