import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Config } from '@unionhall/platform';

const ALGORITHM = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;
const KEY = 32;

/** Which text of which testimony is sealed: what a ciphertext is bound to. */
export interface Place {
  readonly testimonyId: string;
  readonly kind: string;
  readonly language: string;
}

/**
 * Seals testimony with AES-256-GCM (NIST SP 800-38D): a nonce of 12 random bytes, the tag of 16, the
 * ciphertext. Texts are under a person's key and bound to their place; a person's key is wrapped under
 * a key that HKDF (RFC 5869) derives from the installation's secret, and bound to its id.
 */
export class TestimonyCipher {
  private readonly wrapping: Buffer;

  constructor({ secret }: Pick<Config, 'secret'>) {
    this.wrapping = Buffer.from(hkdfSync('sha256', secret, '', 'unionhall:testimony-key', KEY));
  }

  /** A new key of a person, bare and wrapped. */
  newKey(keyId: string): { key: Buffer; wrapped: Buffer } {
    const key = randomBytes(KEY);
    return { key, wrapped: seal(this.wrapping, key, aboutKey(keyId)) };
  }

  /** The bare key; null when it was wrapped under another secret, or changed. */
  unwrap(keyId: string, wrapped: Buffer): Buffer | null {
    return open(this.wrapping, wrapped, aboutKey(keyId));
  }

  seal(key: Buffer, place: Place, text: string): Buffer {
    return seal(key, Buffer.from(text, 'utf8'), aboutText(place));
  }

  /** The text; null when the key is not its own, or it was moved or changed. */
  open(key: Buffer, place: Place, sealed: Buffer): string | null {
    return open(key, sealed, aboutText(place))?.toString('utf8') ?? null;
  }
}

const aboutKey = (keyId: string): Buffer => Buffer.from(`testimony-key:${keyId}`);
const aboutText = ({ testimonyId, kind, language }: Place): Buffer =>
  Buffer.from(`testimony:${testimonyId}:${kind}:${language}`);

function seal(key: Buffer, plain: Buffer, about: Buffer): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG }).setAAD(about);
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

function open(key: Buffer, sealed: Buffer, about: Buffer): Buffer | null {
  if (sealed.length < NONCE + TAG || key.length !== KEY) return null;
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE), { authTagLength: TAG })
    .setAAD(about)
    .setAuthTag(sealed.subarray(NONCE, NONCE + TAG));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()]);
  } catch {
    return null;
  }
}
