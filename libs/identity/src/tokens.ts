import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const KEY = /^uhp_([0-9a-f]{32})_([A-Za-z0-9_-]{43})$/;

/** 256 random bits, URL-safe. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What is stored of a token. Plain SHA-256 is enough: the token itself is random. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();

export const sameHash = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

/** A partner's key as it is shown once: `uhp_<id>_<secret>`. */
export const partnerKey = (id: string, secret: string): string => `uhp_${id.replaceAll('-', '')}_${secret}`;

/** The parts of a partner's key; undefined when the text is not one. */
export function parsePartnerKey(key: string): { id: string; secret: string } | undefined {
  const match = KEY.exec(key);
  if (match === null) return undefined;
  const hex = match[1]!;
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
    '-',
  );
  return { id, secret: match[2]! };
}
