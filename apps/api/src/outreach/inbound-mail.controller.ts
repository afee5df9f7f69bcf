import { createHash, timingSafeEqual } from 'node:crypto';
import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MailInboundService, type MailTaken } from '@unionhall/outreach';
import { AppError, Config } from '@unionhall/platform';

/** A bounce returns a message of ours, which is far smaller; a reply may bring a photograph. */
const LARGEST = 25 * 1024 * 1024;

/** Where a mail server hands over what comes back: `content-type: message/rfc822`, the raw message as the body. */
@Controller('inbound/mail')
export class InboundMailController {
  constructor(
    private readonly config: Config,
    private readonly inbound: MailInboundService,
  ) {}

  /** Gives what the mail was taken for. Whoever hands it over shows INBOUND_SECRET as a bearer, before it is read. */
  @Post()
  @HttpCode(200)
  async receive(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ taken: MailTaken }> {
    // What follows on the connection of who is refused is the rest of their mail.
    void reply.header('connection', 'close');
    this.requireSecret(request.headers.authorization);
    if (!(request.headers['content-type'] ?? '').startsWith('message/rfc822'))
      throw new AppError(
        'invalid',
        'INBOUND.CONTENT_TYPE',
        'Send the raw message as the body, with content-type: message/rfc822.',
      );
    return { taken: await this.inbound.receive(await bodyOf(request)) };
  }

  private requireSecret(authorization: string | undefined): void {
    const { inboundSecret } = this.config;
    if (inboundSecret === undefined)
      throw new AppError('not_found', 'HTTP.NOT_FOUND', 'There is nothing here.');
    const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
    if (!timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${inboundSecret}`)))
      throw new AppError('unauthenticated', 'INBOUND.SECRET', 'This is not the secret.');
  }
}

async function bodyOf(request: FastifyRequest): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.raw as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST)
      throw new AppError('invalid', 'INBOUND.TOO_LARGE', `A message has at most ${LARGEST} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
