import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { getVariableValues, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { Actor } from '@unionhall/identity';
import { AppError, type Logger, type PreparedRead, type Reads, type Variables } from '@unionhall/platform';
import type { GraphqlContext, ResolveActor } from './current-actor';
import { Documents, RequestRefused, type Checked } from './documents';
import { errorAnswer } from './errors';
import {
  acceptsEvents,
  answerType,
  GRAPHQL_JSON,
  readBody,
  saysJson,
  send,
  type GraphqlRequest,
} from './http';
import type { Limits } from './limits';
import { LiveAnswers } from './live-answers';
import { RequestActor } from './request-actor';

type Execute = (
  source: string,
  context: Record<string, unknown>,
  variables: Record<string, unknown>,
  operationName?: string,
) => Promise<ExecutionResult>;

export interface HostOptions {
  readonly schema: GraphQLSchema;
  readonly reads: Reads;
  readonly limits: Limits;
  readonly resolveActor: ResolveActor;
  readonly logger: Logger;
  readonly development: boolean;
  /** The operations of our own screens, by name. */
  readonly operations: ReadonlyMap<string, string>;
  /** Browsers may send those alone: what a page of ours was made to ask cannot be changed in it. */
  readonly onlyNamedFromBrowsers: boolean;
  /** Writes down what an operation cost; what it gives goes into the answer's `extensions.usage`. */
  readonly meter?: (actor: Actor, cost: number) => Promise<object>;
}

/**
 * One GraphQL endpoint over HTTP. A query that is declared all through is one statement, whose JSON
 * text is the answer; everything else is executed by Mercurius.
 */
export class GraphqlHost {
  private readonly documents: Documents;
  private readonly live: LiveAnswers;

  constructor(private readonly options: HostOptions) {
    this.documents = new Documents(options.schema, options.reads, options.limits);
    this.live = new LiveAnswers(options.schema, options.reads, options.logger);
  }

  /** Adds the route to a Fastify scope in which Mercurius is registered. */
  mount(scope: FastifyInstance, path: string): void {
    const execute: Execute = (...given) => (scope as unknown as { graphql: Execute }).graphql(...given);
    scope.setErrorHandler((error, _request, reply) => this.refuse(reply, 'application/json', error));
    scope.addHook('onRequest', (request, reply, done) => {
      if (request.method !== 'POST' || saysJson(request)) return done();
      const message = 'A GraphQL request is a POST of application/json.';
      this.answerError(
        reply,
        'application/json',
        415,
        new AppError('invalid', 'HTTP.UNSUPPORTED_MEDIA_TYPE', message),
      );
    });
    scope.post(path, (request, reply) => this.handle(request, reply, execute));
    scope.addHook('preClose', (done) => {
      this.live.close();
      done();
    });
    if (this.options.development) return;
    scope.get(path, (_request, reply) => {
      const error = new AppError('invalid', 'HTTP.METHOD', 'A GraphQL request is a POST.');
      this.answerError(reply.header('allow', 'POST'), 'application/json', 405, error);
      return reply;
    });
  }

  private async handle(
    request: FastifyRequest,
    reply: FastifyReply,
    execute: Execute,
  ): Promise<FastifyReply> {
    let type = 'application/json';
    try {
      type = answerType(request);
      const given = readBody(request.body, this.options.operations);
      this.allowFreeText(request, given);
      (request.body as { query: string }).query = given.query;
      const whoAsks = (): Promise<RequestActor> => RequestActor.of(() => this.options.resolveActor(request));
      const caller = await whoAsks();
      const checked = this.documents.check(given.query, given.operationName);
      this.allowIntrospection(checked, caller);
      const variables = this.variables(checked, given);
      const follows = checked.operation.operation === 'subscription';
      if (follows !== acceptsEvents(request)) throw notAcceptable(follows);
      if (given.costOnly) this.answerCost(reply, type, checked, caller, variables);
      else if (follows) await this.live.answer({ request, reply, checked, variables, whoAsks });
      else if (checked.compiled) await this.answerCompiled(reply, type, checked, caller, variables);
      else await this.answerExecuted(request, reply, type, checked, caller, given, variables, execute);
    } catch (error) {
      this.refuse(reply, type, error);
    }
    return reply;
  }

  private async answerCompiled(
    reply: FastifyReply,
    type: string,
    { prepared }: Checked,
    caller: RequestActor,
    variables: Variables,
  ): Promise<void> {
    try {
      const cost = this.costOf(prepared, caller, variables);
      const { result, extensions } = await this.metered(caller, cost, () =>
        caller.read((actor) => this.options.reads.run(prepared, actor, variables)),
      );
      send(
        reply,
        type,
        200,
        `{"data":${result}${extensions === undefined ? '' : `,"extensions":${JSON.stringify(extensions)}`}}`,
      );
    } catch (error) {
      const { answer, status } = errorAnswer(error, this.options.logger);
      send(
        reply,
        type,
        status >= 500 || status === 401 ? status : 200,
        JSON.stringify({ errors: [answer], data: null }),
      );
    }
  }

  /** The most rows that the declared part of an operation may give. */
  private costOf(prepared: PreparedRead | undefined, caller: RequestActor, variables: Variables): number {
    if (prepared === undefined) return 0;
    return caller.plan((actor) => this.options.reads.plan(prepared, actor, variables).rows);
  }

  private answerCost(
    reply: FastifyReply,
    type: string,
    { roots }: Checked,
    caller: RequestActor,
    variables: Variables,
  ): void {
    const cost = this.costOf(roots, caller, variables);
    send(reply, type, 200, JSON.stringify({ data: null, extensions: { cost } }));
  }

  /** A read that was refused counts too: it was asked. */
  private async metered(
    caller: RequestActor,
    cost: number,
    read: () => Promise<string>,
  ): Promise<{ result: string; extensions?: object }> {
    const { meter } = this.options;
    if (meter === undefined) return { result: await read() };
    const asked = await read().then(
      (result) => ({ result }),
      (error: unknown) => ({ error }),
    );
    const usage = await meter(caller.current, cost);
    if ('error' in asked) throw asked.error;
    return { result: asked.result, extensions: { cost, usage } };
  }

  private async answerExecuted(
    request: FastifyRequest,
    reply: FastifyReply,
    type: string,
    checked: Checked,
    caller: RequestActor,
    given: GraphqlRequest,
    variables: Variables,
    execute: Execute,
  ): Promise<void> {
    const cost = this.costOf(checked.roots, caller, variables);
    const declared =
      checked.roots === undefined
        ? { result: '{}' }
        : await this.metered(caller, cost, () =>
            caller.read((actor) => this.options.reads.run(checked.roots!, actor, variables)),
          );
    const roots = JSON.parse(declared.result) as Record<string, unknown>;
    const { extensions } = declared as { extensions?: object };
    const context: GraphqlContext = {
      request,
      reply: undefined,
      httpReply: reply,
      caller,
      variables,
      prepared: checked.prepared,
      reads: this.options.reads,
      roots,
    };
    const result = await execute(checked.text, { ...context }, given.variables);
    if (result.errors === undefined || result.errors.length === 0) {
      send(reply, type, 200, JSON.stringify({ data: result.data, extensions }));
      return;
    }
    const errors = result.errors.map((error) => errorAnswer(error, this.options.logger).answer);
    send(reply, type, 200, JSON.stringify({ errors, data: result.data ?? null, extensions }));
  }

  private variables({ operation }: Checked, given: GraphqlRequest): Variables {
    if (operation.variableDefinitions === undefined || operation.variableDefinitions.length === 0) return {};
    const { coerced, errors } = getVariableValues(this.options.schema, operation.variableDefinitions, {
      ...given.variables,
    });
    if (errors !== undefined) throw new RequestRefused(errors);
    return coerced;
  }

  private allowFreeText(request: FastifyRequest, { named }: GraphqlRequest): void {
    if (
      named ||
      this.options.meter !== undefined ||
      !this.options.onlyNamedFromBrowsers ||
      request.headers['sec-fetch-site'] === undefined
    )
      return;
    throw new AppError(
      'invalid',
      'GRAPHQL.NOT_NAMED',
      'A browser sends the operations of our screens alone.',
      {
        field: 'query',
      },
    );
  }

  private allowIntrospection(checked: Checked, caller: RequestActor): void {
    if (!checked.usesIntrospection || this.options.development || caller.current.kind !== 'anonymous') return;
    const message = 'The schema can be asked for after signing in.';
    throw new AppError('unauthenticated', 'GRAPHQL.INTROSPECTION', message);
  }

  private refuse(reply: FastifyReply, type: string, error: unknown): void {
    const { logger } = this.options;
    const problems = error instanceof RequestRefused ? error.errors : [error];
    const answers = problems.map((one) => errorAnswer(one, logger));
    const transport = answers[0]?.answer.extensions.code.startsWith('HTTP.') === true;
    const status = answers[0]?.status ?? 400;
    const own = type === GRAPHQL_JSON || transport || status === 401 || status >= 500 ? status : 200;
    send(reply, type, own, JSON.stringify({ errors: answers.map(({ answer }) => answer) }));
  }

  private answerError(reply: FastifyReply, type: string, status: number, error: AppError): void {
    const { answer } = errorAnswer(error, this.options.logger);
    send(reply, type, status, JSON.stringify({ errors: [answer] }));
  }
}

const notAcceptable = (follows: boolean): AppError =>
  new AppError(
    'invalid',
    'HTTP.NOT_ACCEPTABLE',
    follows
      ? 'A subscription is answered as text/event-stream.'
      : 'Only a subscription is answered as text/event-stream.',
  );
