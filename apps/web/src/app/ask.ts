import type { Operation } from '../graphql';
import { sessionEnded } from './session-end';

export interface Problem {
  readonly message: string;
  readonly code: string;
  readonly field?: string;
  /** What the code says more: the next valid time, the offsets to choose from. */
  readonly details?: unknown;
}

/** What the API refused, with its stable codes; `AUTHZ.UNAUTHENTICATED` when the session has ended. */
export class Refusal extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems[0]?.message ?? 'refused');
  }

  get code(): string {
    return this.problems[0]?.code ?? 'UNKNOWN';
  }
}

/** The request did not arrive, or no answer came: whether it was done is not known. */
export class ConnectionLost extends Error {}

export interface AskOptions {
  readonly signal?: AbortSignal;
  /** Why sensitive fields are read; stands in the access ledger. */
  readonly reason?: string;
  /** Refuses at once when the session has ended, instead of asking to sign in again. */
  readonly once?: boolean;
}

/**
 * Sends an operation by its name. When the session has ended the person is asked to sign in again, and it is
 * sent once more. @throws Refusal, ConnectionLost.
 */
export async function ask<Result, Variables>(
  operation: Operation<Result, Variables>,
  variables: Variables,
  options: AskOptions = {},
): Promise<Result> {
  try {
    return await send(operation, variables, options);
  } catch (error) {
    const ended = error instanceof Refusal && error.code === 'AUTHZ.UNAUTHENTICATED';
    if (!ended || options.once === true || !(await sessionEnded())) throw error;
    return send(operation, variables, options);
  }
}

async function send<Result, Variables>(
  operation: Operation<Result, Variables>,
  variables: Variables,
  { signal, reason }: AskOptions,
): Promise<Result> {
  const answer = await fetch('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(reason === undefined ? {} : { 'unionhall-reason': encodeURIComponent(reason) }),
    },
    body: JSON.stringify({ documentId: operation, variables }),
    signal: signal ?? null,
  }).catch((error: unknown) => {
    if (signal?.aborted === true) throw error;
    throw new ConnectionLost();
  });
  const body = (await answer.json().catch(() => undefined)) as
    | {
        data: Result | null;
        errors?: { message: string; extensions?: { code?: string; field?: string; details?: unknown } }[];
      }
    | undefined;
  if (body === undefined) throw new ConnectionLost();
  if (body.errors !== undefined && body.errors.length > 0)
    throw new Refusal(
      body.errors.map(({ message, extensions }) => ({
        message,
        code: extensions?.code ?? 'UNKNOWN',
        ...(extensions?.field === undefined ? {} : { field: extensions.field }),
        ...(extensions?.details === undefined ? {} : { details: extensions.details }),
      })),
    );
  return body.data as Result;
}
