export type ErrorKind =
  'invalid' | 'unauthenticated' | 'forbidden' | 'not_found' | 'conflict' | 'limited' | 'unavailable';

export interface ErrorPlace {
  /** The input field the error is about, in dotted form (`input.startsAt`). */
  readonly field?: string;
  /** Facts a program can use; never personal data. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * An error that a caller can do something about. `code` is stable (`MEMBER.NOT_FOUND`) and part of
 * the API; `message` is plain English and may change.
 */
export class AppError extends Error {
  readonly field: string | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    message: string,
    place: ErrorPlace = {},
  ) {
    super(message);
    this.name = 'AppError';
    this.field = place.field;
    this.details = place.details;
  }
}

/** The HTTP status of each kind (GraphQL over HTTP gives it to requests that could not be executed). */
export const HTTP_STATUS: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  limited: 429,
  unavailable: 503,
};
