import { Injectable } from '@nestjs/common';
import { Signer } from '@unionhall/platform';

export const CHANNELS = ['email', 'sms', 'phone'] as const;
export type Channel = (typeof CHANNELS)[number];

/** The form an address is compared in: NFC, lower case, trimmed (e-mail); digits with a plus (telephone). */
export function normaliseAddress(channel: Channel, address: string): string {
  const trimmed = address.normalize('NFC').trim();
  return channel === 'email' ? trimmed.toLowerCase() : trimmed.replace(/[^\d+]/g, '');
}

/** Keyed hashes of addresses: an opt-out outlives the member's record without keeping their address. */
@Injectable()
export class Addresses {
  constructor(private readonly signer: Signer) {}

  /** The HMAC-SHA256, in hex, of an address in its normal form; calls and text messages share one. */
  hash(channel: Channel, address: string): string {
    const kind = channel === 'email' ? 'email' : 'telephone';
    return this.signer.hmac('address', `${kind}:${normaliseAddress(channel, address)}`);
  }
}
