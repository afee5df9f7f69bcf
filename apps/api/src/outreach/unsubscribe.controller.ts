import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { UnsubscribeLinks } from '@unionhall/outreach';
import { languageOf } from '@unionhall/platform';
import { Asked, pageOrRefusal, sendPage, type AskedLanguage, type Page } from '../pages';
import { unsubscribePage, type JustDone } from './unsubscribe-page';

/** Stopping messages from a link, without cookie, login or redirect (RFC 8058). Opening the page changes nothing. */
@Controller(['u', 'preferences'])
export class UnsubscribeController {
  constructor(private readonly links: UnsubscribeLinks) {}

  @Get(':token')
  async show(
    @Param('token') token: string,
    @Asked() asked: AskedLanguage,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendPage(reply, await pageOrRefusal(asked.language, () => this.page(token, asked)));
  }

  /** `List-Unsubscribe=One-Click` from a mail program, or from the page: `stop`, with `everything` or a purpose, or `undo` with a purpose. */
  @Post(':token')
  async change(
    @Param('token') token: string,
    @Body() body: { stop?: unknown; undo?: unknown } | undefined,
    @Asked() asked: AskedLanguage,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const page = await pageOrRefusal(asked.language, async () => {
      if (typeof body?.undo === 'string') {
        await this.links.undo(token, body.undo);
        return this.page(token, asked, { allowed: body.undo });
      }
      const purpose = typeof body?.stop === 'string' && body.stop !== 'everything' ? body.stop : undefined;
      await this.links.stop(token, purpose);
      return this.page(
        token,
        asked,
        purpose === undefined ? { stopped: 'everything' } : { stopped: purpose },
      );
    });
    sendPage(reply, page);
  }

  private async page(token: string, asked: AskedLanguage, done?: JustDone): Promise<Page> {
    const standing = await this.links.standing(token);
    return unsubscribePage(standing, asked.chosen ?? languageOf(standing.language) ?? asked.language, done);
  }
}
