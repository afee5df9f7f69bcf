import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { UnsubscribeLinks } from '@unionhall/outreach';
import { AppError, HTTP_STATUS } from '@unionhall/platform';
import { escapeHtml, sendPage } from '../pages/page';

/** Stopping messages from a link, without cookie, login or redirect (RFC 8058). Opening the page changes nothing. */
@Controller('u')
export class UnsubscribeController {
  constructor(private readonly links: UnsubscribeLinks) {}

  @Get(':token')
  show(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    return answer(reply, async () => choices(await this.links.standing(token)));
  }

  /** `List-Unsubscribe=One-Click` from a mail program, or `stop` from the page: `everything` or a purpose. */
  @Post(':token')
  stop(
    @Param('token') token: string,
    @Body() body: { stop?: unknown } | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return answer(reply, async () => {
      const purpose = typeof body?.stop === 'string' && body.stop !== 'everything' ? body.stop : undefined;
      await this.links.stop(token, purpose);
      return `<h1>Done</h1><p role="status">${purpose === undefined ? 'You will get no more messages from us.' : `You will get no more messages about ${escapeHtml(purpose)}.`}</p>${choices(await this.links.standing(token))}`;
    });
  }
}

function choices(standing: readonly { purpose: string; channel: string }[]): string {
  const mail = standing.filter(({ channel }) => channel === 'email');
  if (mail.length === 0) return '<h1>Messages</h1><p>You get no messages from us.</p>';
  const rows = mail
    .map(
      ({ purpose }) =>
        `<p><button name="stop" value="${escapeHtml(purpose)}">Stop messages about ${escapeHtml(purpose)}</button></p>`,
    )
    .join('\n');
  return `<h1>Messages</h1><form method="post"><p><button name="stop" value="everything">Stop everything</button></p>\n${rows}</form>`;
}

async function answer(reply: FastifyReply, work: () => Promise<string>): Promise<void> {
  let status = 200;
  const body = await work().catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
    status = HTTP_STATUS[error.kind];
    return `<h1>This did not work</h1><p role="alert">${escapeHtml(error.message)}</p>`;
  });
  sendPage(
    reply,
    status,
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>Messages</title></head><body><main>${body}</main></body></html>`,
  );
}
