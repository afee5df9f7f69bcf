import { Injectable } from '@nestjs/common';
import { Webhook } from 'standardwebhooks';
import { Signer } from '@unionhall/platform';

/**
 * The secrets of endpoints, as Standard Webhooks writes them (`whsec_…`). Each follows from the secret of the
 * installation and is kept nowhere, so that a copy of the database signs nothing.
 */
@Injectable()
export class WebhookSecrets {
  constructor(private readonly signer: Signer) {}

  /** @param turn counts the times that it was made anew. */
  of(endpointId: string, turn: number): string {
    const key = this.signer.hmac('webhook endpoint', `${endpointId} ${turn}`);
    return `whsec_${Buffer.from(key, 'hex').toString('base64')}`;
  }

  /** The headers of a call; with several turns a receiver may hold any of their secrets. */
  headers(
    endpointId: string,
    turns: readonly number[],
    callId: string,
    body: string,
  ): Readonly<Record<string, string>> {
    const at = new Date();
    return {
      'webhook-id': callId,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': turns
        .map((turn) => new Webhook(this.of(endpointId, turn)).sign(callId, at, body))
        .join(' '),
    };
  }
}
