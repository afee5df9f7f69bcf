import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '@unionhall/platform';

export const SESSION_COOKIE = 'unionhall_session';

const options = (config: Config) =>
  ({ httpOnly: true, sameSite: 'lax', path: '/', secure: config.baseUrl.startsWith('https:') }) as const;

/** Puts a session's token into the browser, out of reach of its scripts. */
export function setSessionCookie(
  reply: FastifyReply,
  config: Config,
  session: { token: string; expiresAt: Date },
): void {
  void reply.setCookie(SESSION_COOKIE, session.token, { ...options(config), expires: session.expiresAt });
}

export function clearSessionCookie(reply: FastifyReply, config: Config): void {
  void reply.clearCookie(SESSION_COOKIE, options(config));
}

/** The bearer token of a request, or the one of its cookie; a bearer token comes first. */
export function sessionToken(
  request: FastifyRequest,
): { token: string; from: 'bearer' | 'cookie' } | undefined {
  const bearer = /^Bearer ([A-Za-z0-9_-]{20,200})$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return { token: bearer, from: 'bearer' };
  const cookie = (request.cookies as Record<string, string | undefined> | undefined)?.[SESSION_COOKIE];
  return cookie === undefined ? undefined : { token: cookie, from: 'cookie' };
}
