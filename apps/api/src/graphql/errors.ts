import { HttpException } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import { rightsChanged } from '@unionhall/identity';
import { AppError, HTTP_STATUS, type ErrorKind, type Logger } from '@unionhall/platform';

export interface ErrorAnswer {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly locations?: readonly {
    readonly line: number;
    readonly column: number;
  }[];
  readonly extensions: {
    readonly code: string;
    readonly kind: ErrorKind | 'internal';
    readonly field?: string;
    readonly details?: unknown;
  };
}

/** The one place where an error becomes an answer: our own with their codes, everything else without its text. */
export function errorAnswer(error: unknown, logger: Logger): { answer: ErrorAnswer; status: number } {
  const outer = error instanceof GraphQLError ? error : undefined;
  const original: unknown = outer?.originalError ?? error;
  const own = original instanceof AppError ? original : (databaseError(original) ?? httpError(original));
  if (own !== undefined) {
    const { message, code, kind, field, details } = own;
    return {
      answer: {
        message,
        path: outer?.path,
        extensions: { code, kind, field, details },
      },
      status: HTTP_STATUS[kind],
    };
  }
  if (original instanceof GraphQLError) {
    const { message, path, locations } = original;
    const code = message.startsWith('Syntax Error') ? 'GRAPHQL.SYNTAX' : 'GRAPHQL.INVALID';
    return {
      answer: {
        message,
        path,
        locations,
        extensions: { code, kind: 'invalid' },
      },
      status: 400,
    };
  }
  const { message, stack } = original as Error;
  logger.error({ error: message, stack, path: outer?.path }, 'an operation failed');
  const answer: ErrorAnswer = {
    message: 'Something went wrong on our side.',
    path: outer?.path,
    extensions: { code: 'INTERNAL', kind: 'internal' },
  };
  return { answer, status: 500 };
}

export const sqlState = (error: unknown): string | undefined =>
  (error as { code?: string } | undefined)?.code;

/** What PostgreSQL refused, as an error of ours; undefined when it is not a refusal but a failure. */
export function databaseError(error: unknown): AppError | undefined {
  const cause = (error as { driverError?: unknown }).driverError ?? error;
  switch (sqlState(cause)) {
    case 'UH001':
      return rightsChanged();
    case 'UH002':
      return new AppError(
        'unauthenticated',
        'AUTHZ.UNAUTHENTICATED',
        'Your session has ended. Sign in again.',
      );
    case 'UH020':
      return new AppError(
        'limited',
        'PARTNER.PEOPLE_LIMIT',
        'You have read as many people as a partner may in a day.',
      );
    case '42501':
      return new AppError(
        'not_found',
        'AUTHZ.NOT_FOUND',
        'There is no such thing, or it is not yours to see.',
      );
    case '40001':
    case '40P01':
    case '55P03':
      return new AppError('conflict', 'DB.BUSY', 'Someone changed this at the same moment. Try again.');
    default:
      return undefined;
  }
}

/** What Fastify and Nest refuse before we are asked: a body that is no JSON or too large, an input that fails its checks. */
function httpError(error: unknown): AppError | undefined {
  const status =
    error instanceof HttpException
      ? error.getStatus()
      : (error as { statusCode?: number } | undefined)?.statusCode;
  if (status === undefined || status >= 500) return undefined;
  if (status === 413) return new AppError('invalid', 'HTTP.TOO_LARGE', 'The request is too large.');
  if (status === 401) return new AppError('unauthenticated', 'AUTHZ.UNAUTHENTICATED', 'Sign in first.');
  const code = error instanceof HttpException ? 'INPUT.INVALID' : 'HTTP.BAD_BODY';
  const body = error instanceof HttpException ? error.getResponse() : undefined;
  const reasons = (body as { message?: unknown } | undefined)?.message;
  const details = Array.isArray(reasons) ? { reasons } : undefined;
  return new AppError('invalid', code, (error as Error).message, { details });
}
