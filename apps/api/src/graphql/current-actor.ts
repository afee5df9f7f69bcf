import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Actor } from '@unionhall/identity';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PreparedRead, Reads, Variables } from '@unionhall/platform';
import type { RequestActor } from './request-actor';

/** Finds out who sends a request; asked again when their rights have changed meanwhile. */
export type ResolveActor = (request: FastifyRequest) => Promise<Actor>;

/** Injection token of a function `(request, schema: 'api' | 'partners') => Promise<Actor>`. */
export const ACTOR_RESOLVER = Symbol('actor resolver');

export type ResolveSchemaActor = (request: FastifyRequest, schema: 'api' | 'partners') => Promise<Actor>;

/** What every resolver is given as its context. */
export interface GraphqlContext {
  readonly request: FastifyRequest;
  readonly reply: undefined;
  readonly httpReply: FastifyReply;
  readonly caller: RequestActor;
  readonly variables: Variables;
  readonly prepared: PreparedRead;
  readonly reads: Reads;
  /** The answers of root fields that were compiled, by response name. */
  readonly roots: Readonly<Record<string, unknown>>;
  /** Of a subscription: it ends. */
  readonly ended?: AbortSignal;
}

const contextOf = (context: ExecutionContext): GraphqlContext =>
  context.getArgs<[unknown, unknown, GraphqlContext]>()[2];

/** The actor of the GraphQL request. */
export const CurrentActor = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Actor => contextOf(context).caller.current,
);

/** Tells a subscription when nobody follows it any more. */
export const CurrentEnd = createParamDecorator(
  (_data: unknown, context: ExecutionContext): AbortSignal => contextOf(context).ended!,
);

/** The declared reads of this schema: for a change to whatever a list shows under a filter. */
export const CurrentReads = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Reads => contextOf(context).reads,
);

/** The HTTP request behind the GraphQL request (its cookies, its address). */
export const CurrentRequest = createParamDecorator(
  (_data: unknown, context: ExecutionContext): FastifyRequest => contextOf(context).request,
);

/** Holds the HTTP answer: a bare reply is thenable, and Nest would wait for it to be sent. */
export interface HttpAnswer {
  readonly reply: FastifyReply;
}

/** The HTTP answer of the GraphQL request (to set a cookie). */
export const CurrentReply = createParamDecorator((_data: unknown, context: ExecutionContext): HttpAnswer => ({
  reply: contextOf(context).httpReply,
}));
