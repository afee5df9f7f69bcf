import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { RsvpLinks, RsvpsService, type RsvpAnswer, type RsvpLinkTarget } from '@unionhall/gatherings';
import { AppError, languageOf } from '@unionhall/platform';
import { Asked, pageOrRefusal, sendPage, type AskedLanguage, type Page } from '../pages';
import { rsvpPage } from './rsvp-page';

/** Answering by a signed link, without signing in. Opening the page changes nothing. */
@Controller('r')
export class RsvpPageController {
  constructor(
    private readonly links: RsvpLinks,
    private readonly rsvps: RsvpsService,
  ) {}

  @Get(':token')
  async show(
    @Param('token') token: string,
    @Asked() asked: AskedLanguage,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const page = await pageOrRefusal(asked.language, async () =>
      this.page(await this.links.open(token), asked),
    );
    sendPage(reply, page);
  }

  @Post(':token')
  async record(
    @Param('token') token: string,
    @Body() body: { status?: unknown } | undefined,
    @Asked() asked: AskedLanguage,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const page = await pageOrRefusal(asked.language, async () => {
      const target = await this.links.open(token);
      const status = String(body?.status ?? '') as RsvpAnswer;
      const notice = await this.rsvps.answer(target.actor, { gatheringId: target.gatheringId, status }).then(
        () => 'recorded' as const,
        (error: unknown) => {
          if (error instanceof AppError && error.code === 'RSVP.ALREADY') return 'unchanged' as const;
          throw error;
        },
      );
      return this.page(target, asked, notice);
    });
    sendPage(reply, page);
  }

  private async page(
    target: RsvpLinkTarget,
    asked: AskedLanguage,
    notice?: 'recorded' | 'unchanged',
  ): Promise<Page> {
    const facts = await this.links.page(target);
    return rsvpPage(facts, asked.chosen ?? languageOf(facts.language) ?? asked.language, notice);
  }
}
