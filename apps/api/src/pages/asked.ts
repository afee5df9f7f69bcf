import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { languageAsked, languageOf, type Language } from '@unionhall/platform';

/** The language a page is wanted in. */
export interface AskedLanguage {
  /** What was chosen on the page, else what the browser likes best. */
  readonly language: Language;
  /** What was chosen on the page itself, which goes before what is known of a member. */
  readonly chosen: Language | undefined;
}

/** Reads `?lang=` and Accept-Language. */
export function askedLanguage(request: FastifyRequest): AskedLanguage {
  const { lang } = (request.query ?? {}) as { lang?: unknown };
  const chosen = typeof lang === 'string' ? languageOf(lang) : undefined;
  return { language: chosen ?? languageAsked(request.headers['accept-language']), chosen };
}

/** The language that a request asks its page in. */
export const Asked = createParamDecorator((_: unknown, context: ExecutionContext): AskedLanguage =>
  askedLanguage(context.switchToHttp().getRequest<FastifyRequest>()),
);
