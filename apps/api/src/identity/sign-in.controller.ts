import { Body, Controller, Get, Header, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { signInRefused } from '@unionhall/identity';
import { Config } from '@unionhall/platform';
import { setSessionCookie } from './session-cookie';
import { Strategies } from './strategies';

/** The page behind a sign-in link. Opening it signs nobody in: mail scanners open links too. */
@Controller('sign-in')
export class SignInController {
  constructor(
    private readonly strategies: Strategies,
    @Inject(Config) private readonly config: Config,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  @Header('referrer-policy', 'no-referrer')
  @Header('content-security-policy', "default-src 'none'; form-action 'self'; frame-ancestors 'none'")
  page(@Query('token') token?: unknown): string {
    const safe = typeof token === 'string' && /^[A-Za-z0-9_-]{43}$/.test(token) ? token : undefined;
    return safe === undefined
      ? page('This link is not complete. Open it from the message again.')
      : page(
          `<form method="post" action="/sign-in"><input type="hidden" name="token" value="${safe}"><button>Sign in</button></form>`,
        );
  }

  @Post()
  async redeem(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: Record<string, unknown>,
  ): Promise<string> {
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none') throw signInRefused();
    const session = await this.strategies.link({ ip: request.ip, headers: request.headers, body });
    if (session === undefined) throw signInRefused();
    setSessionCookie(reply, this.config, session);
    void reply.header('content-type', 'text/html; charset=utf-8').header('cache-control', 'no-store');
    return page('You are signed in. <a href="/portal">Go on</a>');
  }
}

const page = (inside: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>Sign in</title><main><h1>Unionhall</h1><p>${inside}</p></main></html>`;
