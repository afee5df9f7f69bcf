import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../config/config';
import { AppError } from '../errors/app-error';

/** Keyed hashes and signed tokens under the installation's secret, one derived key per use. */
@Injectable()
export class Signer {
  /** One for each use; there are a handful. */
  private readonly keys = new Map<string, Buffer>();

  constructor(@Inject(Config) private readonly config: Config) {}

  /** HMAC-SHA256 of `value` under the key of `use`, in hex. */
  hmac(use: string, value: string): string {
    return this.digest(use, value).toString('hex');
  }

  /**
   * A token for a link: `payload.expiry.signature`, URL-safe. `payload` must hold ids alone: it is
   * signed, not hidden. `expiresAt` is an instant.
   */
  sign(use: string, payload: string, expiresAt: Date): string {
    const body = `${Buffer.from(payload).toString('base64url')}.${Math.floor(expiresAt.getTime() / 1000).toString(36)}`;
    return `${body}.${this.digest(`link:${use}`, body).subarray(0, 20).toString('base64url')}`;
  }

  /**
   * The payload of a token that this installation signed for `use`.
   * @throws AppError LINK.MALFORMED or LINK.EXPIRED. `now` is the database's time.
   */
  verify(use: string, token: string, now: Date): string {
    const [payload, expiry, signature, rest] = token.split('.');
    const malformed = new AppError(
      'invalid',
      'LINK.MALFORMED',
      'This link is not complete. Open it from the message again.',
    );
    if (!payload || !expiry || !signature || rest !== undefined) throw malformed;
    const expected = this.digest(`link:${use}`, `${payload}.${expiry}`).subarray(0, 20);
    const given = Buffer.from(signature, 'base64url');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw malformed;
    if (parseInt(expiry, 36) * 1000 < now.getTime()) {
      throw new AppError('invalid', 'LINK.EXPIRED', 'This link has expired.');
    }
    return Buffer.from(payload, 'base64url').toString();
  }

  private digest(use: string, value: string): Buffer {
    let key = this.keys.get(use);
    if (key === undefined) {
      key = createHmac('sha256', this.config.secret).update(`unionhall:${use}`).digest();
      this.keys.set(use, key);
    }
    return createHmac('sha256', key).update(value).digest();
  }
}
