import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { UnsubscribeLinks, type ConsentKey } from '@unionhall/outreach';
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

  /** `List-Unsubscribe=One-Click` from a mail program, or from the page: `stop`, with `everything` or `<purpose>.<channel>`, or `undo` with the latter. */
  @Post(':token')
  async change(
    @Param('token') token: string,
    @Body() body: { stop?: unknown; undo?: unknown } | undefined,
    @Asked() asked: AskedLanguage,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const page = await pageOrRefusal(asked.language, async () => {
      if (typeof body?.undo === 'string') {
        const allowed = keyOf(body.undo);
        await this.links.undo(token, allowed);
        return this.page(token, asked, { allowed });
      }
      const stopped =
        typeof body?.stop === 'string' && body.stop !== 'everything' ? keyOf(body.stop) : undefined;
      await this.links.stop(token, stopped);
      return this.page(token, asked, { stopped: stopped ?? 'everything' });
    });
    sendPage(reply, page);
  }

  private async page(token: string, asked: AskedLanguage, done?: JustDone): Promise<Page> {
    const standing = await this.links.standing(token);
    return unsubscribePage(standing, asked.chosen ?? languageOf(standing.language) ?? asked.language, done);
  }
}

/** Reads `<purpose>.<channel>`; mails that are older than the other channels name the purpose alone. */
function keyOf(value: string): ConsentKey {
  const [purpose = '', channel = 'email'] = value.split('.', 2);
  return { purpose, channel };
}
