import { Body, Controller, Get, Headers, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { UnsubscribeLinks } from '@unionhall/outreach';
import { languageAsked, languageOf, type Language } from '@unionhall/platform';
import { pageOrRefusal, sendPage, type Page } from '../pages';
import { unsubscribePage } from './unsubscribe-page';

/** Stopping messages from a link, without cookie, login or redirect (RFC 8058). Opening the page changes nothing. */
@Controller('u')
export class UnsubscribeController {
  constructor(private readonly links: UnsubscribeLinks) {}

  @Get(':token')
  async show(
    @Param('token') token: string,
    @Headers('accept-language') accept: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asked = languageAsked(accept);
    sendPage(reply, await pageOrRefusal(asked, () => this.page(token, asked)));
  }

  /** `List-Unsubscribe=One-Click` from a mail program, or `stop` from the page: `everything` or a purpose. */
  @Post(':token')
  async stop(
    @Param('token') token: string,
    @Body() body: { stop?: unknown } | undefined,
    @Headers('accept-language') accept: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asked = languageAsked(accept);
    const page = await pageOrRefusal(asked, async () => {
      const purpose = typeof body?.stop === 'string' && body.stop !== 'everything' ? body.stop : undefined;
      await this.links.stop(token, purpose);
      return this.page(token, asked, { purpose });
    });
    sendPage(reply, page);
  }

  private async page(
    token: string,
    asked: Language,
    stopped?: { readonly purpose: string | undefined },
  ): Promise<Page> {
    const standing = await this.links.standing(token);
    return unsubscribePage(standing, languageOf(standing.language) ?? asked, stopped);
  }
}
