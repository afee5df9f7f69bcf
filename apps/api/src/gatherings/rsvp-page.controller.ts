import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { RsvpLinks, RsvpsService, type RsvpAnswer } from '@unionhall/gatherings';
import { AppError, HTTP_STATUS } from '@unionhall/platform';
import { sendPage } from '../pages/page';
import { refusalHtml, rsvpHtml } from './rsvp-page';

/** Answering by a signed link, without signing in. Opening the page changes nothing. */
@Controller('r')
export class RsvpPageController {
  constructor(
    private readonly links: RsvpLinks,
    private readonly rsvps: RsvpsService,
  ) {}

  @Get(':token')
  show(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    return answer(reply, async () => rsvpHtml(await this.links.page(await this.links.open(token))));
  }

  @Post(':token')
  record(
    @Param('token') token: string,
    @Body() body: { status?: unknown } | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return answer(reply, async () => {
      const target = await this.links.open(token);
      const status = String(body?.status ?? '') as RsvpAnswer;
      const notice = await this.rsvps.answer(target.actor, { gatheringId: target.gatheringId, status }).then(
        () => 'Thank you. Your answer has been recorded.',
        (error: unknown) => {
          if (error instanceof AppError && error.code === 'RSVP.ALREADY')
            return 'Your answer stands as it was.';
          throw error;
        },
      );
      return rsvpHtml(await this.links.page(target), notice);
    });
  }
}

async function answer(reply: FastifyReply, work: () => Promise<string>): Promise<void> {
  let status = 200;
  const html = await work().catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
    status = HTTP_STATUS[error.kind];
    return refusalHtml(error.message, error.code);
  });
  sendPage(reply, status, html);
}
