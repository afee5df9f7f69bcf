import { AppError } from '@unionhall/platform';

export const unauthenticated = (): AppError =>
  new AppError('unauthenticated', 'AUTHZ.UNAUTHENTICATED', 'Sign in first.');

export const forbidden = (permission: string): AppError =>
  new AppError('forbidden', 'AUTHZ.FORBIDDEN', 'You may not do this.', { details: { permission } });

/** What is out of reach looks as if it were not there. */
export const outOfReach = (): AppError => new AppError('not_found', 'AUTHZ.NOT_FOUND', 'No such record.');

export const rightsChanged = (): AppError =>
  new AppError('conflict', 'AUTHZ.CHANGED', 'Your rights have just changed. Try again.');

export const signInRefused = (): AppError =>
  new AppError('unauthenticated', 'SIGN_IN.REFUSED', 'These details do not sign anyone in.');

export const signInLimited = (retryAfterSeconds: number): AppError =>
  new AppError('limited', 'SIGN_IN.LIMITED', 'Too many attempts. Wait before trying again.', {
    details: { retryAfterSeconds },
  });

export const linkUsed = (): AppError =>
  new AppError('conflict', 'SIGN_IN.LINK_USED', 'This link has been used. Ask for a new one.');

export const linkExpired = (): AppError =>
  new AppError('invalid', 'SIGN_IN.LINK_EXPIRED', 'This link has expired. Ask for a new one.');

export const grantNotFound = (): AppError => new AppError('not_found', 'GRANT.NOT_FOUND', 'No such grant.');

export const userNotFound = (field: string): AppError =>
  new AppError('not_found', 'USER.NOT_FOUND', 'No such user.', { field });

export const grantExceeds = (): AppError =>
  new AppError('forbidden', 'GRANT.EXCEEDS', 'Nobody grants more than they hold.');

export const grantInvalid = (field: string, message: string): AppError =>
  new AppError('invalid', 'GRANT.INVALID', message, { field });

export const emailInvalid = (field: string): AppError =>
  new AppError('invalid', 'SIGN_IN.EMAIL_INVALID', 'This is not an e-mail address.', { field });

export const passwordWeak = (field: string): AppError =>
  new AppError('invalid', 'SIGN_IN.PASSWORD_WEAK', 'A password has between 12 and 200 characters.', {
    field,
  });
