import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { LANGUAGES, type Language, type Spoken } from '@unionhall/platform';
import { html, Html } from './html';
import { MARK } from './mark';
import { STYLE } from './style';

/** What a page shows of itself where it is shared. Addresses are absolute. */
export interface Findable {
  readonly url: string;
  readonly description: string;
  readonly image?: string;
}

export interface Page {
  readonly language: Language;
  readonly title: string;
  /** What follows the heading. */
  readonly body: Html;
  /** What stands over the heading: an error summary, a line that says what this is. */
  readonly above?: Html | undefined;
  /** 200 unless it says otherwise. */
  readonly status?: number | undefined;
  /** A page for everyone, which search engines may list; without it a page names itself to nobody. */
  readonly findable?: Findable;
  /** The form came back with errors; said in the title, which is read out first. */
  readonly failed?: boolean;
}

const ENGLISH = {
  skip: 'Skip to the content',
  home: 'Start',
  involved: 'Get involved',
  signIn: 'Sign in',
  languages: 'Language',
  error: 'Error: ',
};

const WORDS: Spoken<typeof ENGLISH> = {
  en: ENGLISH,
  es: {
    skip: 'Ir al contenido',
    home: 'Inicio',
    involved: 'Participar',
    signIn: 'Iniciar sesión',
    languages: 'Idioma',
    error: 'Error: ',
  },
};
const NAMES: Spoken = { en: 'English', es: 'Español' };

/** Nothing runs and nothing is fetched but our own pictures; one style alone is let in, by its hash. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** Sends a page that runs no script; unless it is findable, it is kept by nobody and names itself to no other site. */
export function sendPage(reply: FastifyReply, page: Page): void {
  const { language, status = 200, findable } = page;
  void reply
    .code(status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-language', language)
    .header('cache-control', findable === undefined ? 'no-store' : 'no-cache')
    .header('vary', 'accept-language, cookie')
    .header('referrer-policy', 'no-referrer')
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', findable === undefined ? POLICY : `${POLICY}; img-src 'self'`);
  if (findable === undefined) void reply.header('x-robots-tag', 'noindex');
  void reply.send(whole(page, reply.request.url).text);
}

function whole(page: Page, address: string): Html {
  const { language, title, body, above } = page;
  const words = WORDS[language];
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.failed === true && words.error}${title} – Unionhall</title>
        ${page.findable !== undefined && preview(page, page.findable)} ${new Html(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <a class="skip" href="#content">${words.skip}</a>
        <header class="top">
          <div class="bar">
            <a class="brand" href="/">${MARK}Unionhall</a>
            ${languageSwitch(language, address)}
          </div>
        </header>
        <main id="content" tabindex="-1">
          ${above}
          <h1>${title}</h1>
          ${body}
        </main>
        <footer class="foot">
          <nav class="bar">
            <a href="/">${words.home}</a>
            <a href="/get-involved">${words.involved}</a>
            <a href="/portal">${words.signIn}</a>
          </nav>
        </footer>
      </body>
    </html> `;
}

/** What other places show of a link to this page (https://ogp.me). */
function preview({ title, language }: Page, { url, description, image }: Findable): Html {
  return html`<link rel="canonical" href="${url}" />
    <meta name="description" content="${description}" />
    <meta property="og:type" content="website" />
    <meta property="og:site_name" content="Unionhall" />
    <meta property="og:locale" content="${language}" />
    <meta property="og:title" content="${title}" />
    <meta property="og:description" content="${description}" />
    <meta property="og:url" content="${url}" />
    ${
      image !== undefined &&
      html`<meta property="og:image" content="${image}" />
        <meta property="og:image:type" content="image/png" />
        <meta property="og:image:width" content="1200" />
        <meta property="og:image:height" content="630" />
        <meta property="og:image:alt" content="${title}" />
        <meta name="twitter:card" content="summary_large_image" />`
    }`;
}

/** The same page in another language: the address that was asked for, with `lang` set. */
function languageSwitch(language: Language, address: string): Html {
  const others = LANGUAGES.filter((one) => one !== language).map((one) => {
    const [path, query] = address.split('?', 2) as [string, string?];
    const asked = new URLSearchParams(query);
    asked.set('lang', one);
    return html`<a href="${path}?${asked.toString()}" lang="${one}" hreflang="${one}">${NAMES[one]}</a>`;
  });
  return html`<nav aria-label="${WORDS[language].languages}">${others}</nav>`;
}
