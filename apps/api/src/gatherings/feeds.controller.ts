import { createHash } from 'node:crypto';
import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { FeedsService } from '@unionhall/gatherings';

/** Calendars for programs, which send no cookie: the address is the right to read, until it is revoked. */
@Controller('calendar')
export class FeedsController {
  constructor(private readonly feeds: FeedsService) {}

  @Get(':secret.ics')
  async read(
    @Param('secret') secret: string,
    @Headers('if-none-match') known: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const calendar = await this.feeds.read(secret);
    const tag = `"${createHash('sha256').update(calendar).digest('base64url')}"`;
    void reply
      .header('etag', tag)
      .header('cache-control', 'private, no-cache')
      .header('referrer-policy', 'no-referrer');
    if (known === tag) await reply.code(304).send();
    else await reply.type('text/calendar; charset=utf-8; method=PUBLISH').send(calendar);
  }
}
