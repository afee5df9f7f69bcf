import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { Injectable } from '@nestjs/common';
import { useAgent } from 'request-filtering-agent';
import { Config } from '@unionhall/platform';
import { webhookUrlInvalid } from '../outreach.errors';

/** What an endpoint answered, or why it did not. */
export interface WebhookAnswer {
  readonly status: number | null;
  readonly reason: string | null;
}

/**
 * Calls out of the house: by https, to public addresses alone, asked again of each address that a name leads to.
 * Hosts that WEBHOOK_ALLOW names may be private, and plain http. Nobody is sent elsewhere: a redirect is a failure.
 */
@Injectable()
export class WebhookClient {
  private readonly allowed: ReadonlySet<string>;

  constructor(private readonly config: Config) {
    this.allowed = new Set(config.webhookAllow.split(',').map((host) => host.trim().toLowerCase()));
  }

  /** @throws AppError WEBHOOK.URL_INVALID. */
  checked(text: string): string {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || text.length > 2_000) throw webhookUrlInvalid();
    const byHttps = url.protocol === 'https:' || (url.protocol === 'http:' && this.isAllowed(url));
    if (!byHttps || url.username !== '' || url.password !== '') throw webhookUrlInvalid();
    return url.href;
  }

  async post(
    address: string,
    headers: Readonly<Record<string, string>>,
    body: string,
  ): Promise<WebhookAnswer> {
    try {
      const status = await this.call(new URL(this.checked(address)), headers, body);
      return { status, reason: status >= 200 && status < 300 ? null : `answered ${status}` };
    } catch (error) {
      return { status: null, reason: (error as Error).message.slice(0, 300) };
    }
  }

  private call(url: URL, headers: Readonly<Record<string, string>>, body: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const request = (url.protocol === 'https:' ? secure : plain)(url, {
        method: 'POST',
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': String(Buffer.byteLength(body)),
          'user-agent': 'Unionhall',
        },
        ...(!this.isAllowed(url) && { agent: useAgent(url.href) }),
        signal: AbortSignal.timeout(this.config.webhookTimeoutSeconds * 1_000),
      });
      request.once('error', reject);
      request.once('response', (response) => {
        resolve(response.statusCode!);
        // Its words are of no interest, however many they are.
        response.destroy();
      });
      request.end(body);
    });
  }

  private isAllowed(url: URL): boolean {
    return this.allowed.has(url.hostname.toLowerCase());
  }
}
