import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '@unionhall/platform';

/** The parameters of a GraphQL request. */
export interface GraphqlRequest {
  readonly query: string;
  /** It was sent by its name. */
  readonly named: boolean;
  readonly operationName: string | null;
  /** It asks what it would cost, and is not run: `extensions: { costOnly: true }`. */
  readonly costOnly: boolean;
  readonly variables: Readonly<Record<string, unknown>>;
}

export const GRAPHQL_JSON = 'application/graphql-response+json';
const EVENT_STREAM = 'text/event-stream';
const JSON_TYPE = 'application/json';

/**
 * The media type to answer in, by the GraphQL over HTTP draft.
 * @throws AppError HTTP.NOT_ACCEPTABLE.
 */
export function answerType(request: FastifyRequest): typeof GRAPHQL_JSON | typeof JSON_TYPE {
  const accept = request.headers.accept;
  if (accept === undefined || accept === '*/*') return JSON_TYPE;
  if (accept.includes(GRAPHQL_JSON) || acceptsEvents(request)) return GRAPHQL_JSON;
  if (accept.includes(JSON_TYPE) || accept.includes('*/*') || accept.includes('application/*'))
    return JSON_TYPE;
  throw new AppError('invalid', 'HTTP.NOT_ACCEPTABLE', `Answers come as ${GRAPHQL_JSON} or ${JSON_TYPE}.`);
}

/** Whether it asks for an answer that goes on, as GraphQL over server-sent events has it. */
export const acceptsEvents = (request: FastifyRequest): boolean =>
  request.headers.accept?.includes(EVENT_STREAM) === true;

/** Whether the request says it is JSON: what a form of another site cannot say. */
export const saysJson = (request: FastifyRequest): boolean =>
  /^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '');

/**
 * A request carries its operation, or the name of one that the screens were built with (`documentId`, as the
 * GraphQL over HTTP draft has it).
 * @throws AppError HTTP.BATCHED, HTTP.BAD_BODY naming the part, GRAPHQL.UNKNOWN_DOCUMENT.
 */
export function readBody(body: unknown, known: ReadonlyMap<string, string>): GraphqlRequest {
  if (Array.isArray(body)) {
    throw new AppError('invalid', 'HTTP.BATCHED', 'Send one operation at a time.');
  }
  if (typeof body !== 'object' || body === null) throw badBody('body', 'an object');
  const { documentId, operationName = null, variables, extensions } = body as Record<string, unknown>;
  const named = documentId !== undefined;
  const query = named ? known.get(String(documentId)) : (body as { query?: unknown }).query;
  if (named && query === undefined)
    throw new AppError(
      'invalid',
      'GRAPHQL.UNKNOWN_DOCUMENT',
      'There is no such operation. Load the page again.',
      {
        field: 'documentId',
      },
    );
  if (typeof query !== 'string') throw badBody('query', 'a text');
  if (operationName !== null && typeof operationName !== 'string') throw badBody('operationName', 'a text');
  if (
    variables !== null &&
    variables !== undefined &&
    (typeof variables !== 'object' || Array.isArray(variables))
  ) {
    throw badBody('variables', 'an object');
  }
  return {
    query,
    named,
    operationName,
    costOnly: extensions !== null && (extensions as { costOnly?: unknown } | undefined)?.costOnly === true,
    variables: (variables ?? {}) as Record<string, unknown>,
  };
}

export function send(reply: FastifyReply, type: string, status: number, text: string): void {
  void reply
    .code(status)
    .header('content-type', `${type}; charset=utf-8`)
    .header('cache-control', 'no-store')
    .send(text);
}

const badBody = (field: string, what: string): AppError =>
  new AppError('invalid', 'HTTP.BAD_BODY', `${field} must be ${what}.`, {
    field,
  });
