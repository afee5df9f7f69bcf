import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { Language } from '@unionhall/platform';
import { html, Html } from './html';

export interface Page {
  readonly language: Language;
  readonly title: string;
  /** What follows the heading. */
  readonly body: Html;
  /** 200 unless it says otherwise. */
  readonly status?: number;
}

const STYLE =
  'body{font:1.1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:2rem auto;padding:0 1rem}' +
  'button{font:inherit;padding:.6rem 1rem;margin:.25rem .25rem .25rem 0}pre{white-space:pre-wrap}';

/** Nothing runs and nothing is fetched; one style alone is let in, by its hash. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** Sends a page that runs no script, fetches nothing, is kept by nobody and names itself to no other site. */
export function sendPage(reply: FastifyReply, { language, title, body, status = 200 }: Page): void {
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${new Html(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html> `;
  void reply
    .code(status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-language', language)
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .header('x-content-type-options', 'nosniff')
    .header('x-robots-tag', 'noindex')
    .header('content-security-policy', POLICY)
    .send(page.text);
}
