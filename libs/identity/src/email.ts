import { emailInvalid } from './identity.errors';

const ADDRESS = /^[^\s@"<>(),:;\\]+@[^\s@"<>(),:;\\]+\.[^\s@"<>(),:;\\]+$/;

/**
 * The form of an address that accounts are found by: trimmed, NFC, lower case.
 * @throws AppError SIGN_IN.EMAIL_INVALID.
 */
export function emailKey(email: string, field = 'email'): string {
  const key = email.trim().normalize('NFC').toLowerCase();
  if (key.length > 254 || !ADDRESS.test(key)) throw emailInvalid(field);
  return key;
}
