import type { FastifyReply, FastifyRequest } from 'fastify';
import { createSourceEventStream, parse, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/fastify';
import { AppError, type Logger, type Reads, type Variables } from '@unionhall/platform';
import type { GraphqlContext } from './current-actor';
import type { Checked } from './documents';
import { errorAnswer } from './errors';
import type { RequestActor } from './request-actor';

/** So long one subscription lasts; whoever still looks subscribes again. */
const LONGEST_MS = 30 * 60_000;
const MOST_OF_ONE_PERSON = 6;
const MOST = 300;

export interface Followed {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly checked: Checked;
  readonly variables: Variables;
  /** Looks up who asks, anew for each answer: rights may end meanwhile. */
  readonly whoAsks: () => Promise<RequestActor>;
}

/**
 * Answers subscriptions by server-sent events (the "distinct connections" mode of graphql-sse). A resolver
 * only says *that* something has changed; each answer is the declared read, by the policies of a query, and
 * is sent when it differs from the one before.
 */
export class LiveAnswers {
  private readonly open = new Map<AbortController, string>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly reads: Reads,
    private readonly logger: Logger,
  ) {}

  /** Until the other side goes, or the server. @throws AppError LIVE.TOO_MANY, and what the resolver throws. */
  async answer(followed: Followed): Promise<void> {
    const { request, reply } = followed;
    const caller = await followed.whoAsks();
    const { userId, memberId } = caller.current;
    const end = this.enter(userId ?? memberId ?? request.ip);
    // An answer to a connection that is gone is never finished: the room is made here, and not behind it.
    reply.raw.once('close', () => this.leave(end));
    try {
      const ended = AbortSignal.any([end.signal, AbortSignal.timeout(LONGEST_MS)]);
      const changes = await this.changes(followed, caller, ended);
      reply.hijack();
      void reply.header('cache-control', 'no-store').header('x-accel-buffering', 'no');
      const handle = createHandler({
        authenticate: () => null,
        onSubscribe: () => this.each(followed, changes),
      });
      await handle(request, reply);
    } finally {
      this.leave(end);
    }
  }

  /** Ends them all: the server goes. */
  close(): void {
    for (const end of this.open.keys()) end.abort();
  }

  private leave(end: AbortController): void {
    end.abort();
    this.open.delete(end);
  }

  private enter(who: string): AbortController {
    const own = [...this.open.values()].filter((one) => one === who).length;
    if (own >= MOST_OF_ONE_PERSON || this.open.size >= MOST)
      throw new AppError('limited', 'LIVE.TOO_MANY', 'Too many subscriptions are open. Close another page.', {
        details: { limit: own >= MOST_OF_ONE_PERSON ? MOST_OF_ONE_PERSON : MOST },
      });
    const end = new AbortController();
    this.open.set(end, who);
    return end;
  }

  private async changes(
    { request, reply, checked, variables }: Followed,
    caller: RequestActor,
    ended: AbortSignal,
  ): Promise<AsyncIterable<unknown>> {
    const { prepared, text, operation } = checked;
    caller.plan((actor) => this.reads.plan(prepared, actor, variables));
    const contextValue: GraphqlContext = {
      request,
      reply: undefined,
      httpReply: reply,
      caller,
      variables,
      prepared,
      reads: this.reads,
      roots: {},
      ended,
    };
    const source = await createSourceEventStream({
      schema: this.schema,
      document: parse(text),
      contextValue,
      variableValues: variables,
      operationName: operation.name?.value ?? null,
    });
    if (Symbol.asyncIterator in source) return source;
    const [error] = source.errors!;
    throw error!.originalError ?? error!;
  }

  private async *each(
    { checked, variables, whoAsks }: Followed,
    changes: AsyncIterable<unknown>,
  ): AsyncGenerator<ExecutionResult> {
    let before: string | undefined;
    try {
      for await (const _ of changes) {
        const caller = await whoAsks();
        const text = await caller.read((actor) => this.reads.run(checked.prepared, actor, variables));
        if (text === before) continue;
        before = text;
        yield { data: JSON.parse(text) as Record<string, unknown> };
      }
    } catch (error) {
      yield { errors: [errorAnswer(error, this.logger).answer as never], data: null };
    }
  }
}
