import { hash, verify } from '@node-rs/argon2';
import { passwordWeak } from './identity.errors';

/** OWASP Password Storage Cheat Sheet: Argon2id with m = 46 MiB, t = 1, p = 1. */
const COST = { algorithm: 2, memoryCost: 46 * 1024, timeCost: 1, parallelism: 1 } as const;

let decoy: Promise<string> | undefined;

/** @throws AppError SIGN_IN.PASSWORD_WEAK unless it has 12 to 200 characters. */
export function hashPassword(password: string, field = 'password'): Promise<string> {
  const length = [...password].length;
  if (length < 12 || length > 200) throw passwordWeak(field);
  return hash(password.normalize('NFKC'), COST);
}

/** Takes as long whether or not there is an account with a password: without one, a decoy is verified. */
export async function passwordMatches(stored: string | null | undefined, given: string): Promise<boolean> {
  decoy ??= hash('no account has this password', COST);
  if ([...given].length > 200) return false;
  const matches = await verify(stored ?? (await decoy), given.normalize('NFKC'));
  return matches && stored !== null && stored !== undefined;
}
