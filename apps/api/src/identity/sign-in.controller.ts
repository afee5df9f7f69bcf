import { Body, Controller, Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { signInRefused } from '@unionhall/identity';
import { Config, type Spoken } from '@unionhall/platform';
import { Asked, html, sendPage, type AskedLanguage } from '../pages';
import { setSessionCookie } from './session-cookie';
import { Strategies } from './strategies';

const ENGLISH = {
  title: 'Sign in',
  button: 'Sign in',
  incomplete: 'This link is not complete. Open it from the message again.',
  done: 'You are signed in.',
  on: 'Go on',
};

const WORDS: Spoken<typeof ENGLISH> = {
  en: ENGLISH,
  es: {
    title: 'Iniciar sesión',
    button: 'Iniciar sesión',
    incomplete: 'Este enlace no está completo. Ábralo de nuevo desde el mensaje.',
    done: 'Ha iniciado sesión.',
    on: 'Continuar',
  },
};

/** The page behind a sign-in link. Opening it signs nobody in: mail scanners open links too. */
@Controller('sign-in')
export class SignInController {
  constructor(
    private readonly strategies: Strategies,
    @Inject(Config) private readonly config: Config,
  ) {}

  @Get()
  page(
    @Query('token') token: unknown,
    @Asked() { language }: AskedLanguage,
    @Res() reply: FastifyReply,
  ): void {
    const { title, button, incomplete } = WORDS[language];
    const whole = typeof token === 'string' && /^[A-Za-z0-9_-]{43}$/.test(token) ? token : undefined;
    const body =
      whole === undefined
        ? html`<p>${incomplete}</p>`
        : html`<form method="post" action="/sign-in">
            <input type="hidden" name="token" value="${whole}" /><button>${button}</button>
          </form>`;
    sendPage(reply, { language, title, body });
  }

  @Post()
  async redeem(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body() body: Record<string, unknown>,
    @Asked() { language }: AskedLanguage,
  ): Promise<void> {
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none') throw signInRefused();
    const session = await this.strategies.link({ ip: request.ip, headers: request.headers, body });
    if (session === undefined) throw signInRefused();
    setSessionCookie(reply, this.config, session);
    const { title, done, on } = WORDS[language];
    sendPage(reply, {
      language,
      title,
      body: html`<p class="note" role="status">${done}</p>
        <p><a class="button" href="/portal">${on}</a></p>`,
    });
  }
}
