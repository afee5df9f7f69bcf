import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { validateRequest } from 'twilio/lib/webhooks/webhooks';
import MessagingResponse from 'twilio/lib/twiml/MessagingResponse';
import { SmsInboundService, SmsStatusService } from '@unionhall/outreach';
import { AppError, Config } from '@unionhall/platform';

type Form = Readonly<Record<string, string | undefined>>;

/** Twilio's words (Advanced Opt-Out) for what it has heard and answered by itself. */
const ANSWERED = { STOP: 'stop', START: 'start', HELP: 'help' } as const;

/** What the SMS gateway tells: reports about messages, and what telephones send. Each is signed with our token. */
@Controller('sms')
export class SmsController {
  constructor(
    private readonly config: Config,
    private readonly statuses: SmsStatusService,
    private readonly inbound: SmsInboundService,
  ) {}

  /** Always 204 for what is signed: a gateway repeats what is answered otherwise. */
  @Post('status')
  @HttpCode(204)
  async status(@Req() request: FastifyRequest, @Body() body: Form | undefined): Promise<void> {
    const form = this.signed(request, body);
    const { reference } = request.query as { reference?: unknown };
    await this.statuses.report({
      reference: typeof reference === 'string' ? reference : undefined,
      sid: form['MessageSid'] ?? form['SmsSid'] ?? '',
      status: form['MessageStatus'] ?? form['SmsStatus'] ?? '',
      errorCode: form['ErrorCode'],
    });
  }

  /** Answers in TwiML; an empty response says nothing to the telephone. */
  @Post('inbound')
  async receive(
    @Req() request: FastifyRequest,
    @Body() body: Form | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = this.signed(request, body);
    const answer = await this.inbound.receive({
      from: form['From'] ?? '',
      body: form['Body'] ?? '',
      sid: form['MessageSid'] ?? form['SmsSid'] ?? '',
      answered: ANSWERED[form['OptOutType'] as keyof typeof ANSWERED],
    });
    const twiml = new MessagingResponse();
    if (answer !== undefined) twiml.message(answer);
    await reply.code(200).type('text/xml; charset=utf-8').send(twiml.toString());
  }

  /** @throws AppError SMS.SIGNATURE unless the gateway signed this form for this address. */
  private signed(request: FastifyRequest, body: Form | undefined): Form {
    const signature = request.headers['x-twilio-signature'];
    const { smsToken, baseUrl } = this.config;
    const form = { ...body };
    if (
      smsToken === undefined ||
      typeof signature !== 'string' ||
      !validateRequest(smsToken, signature, `${baseUrl}${request.url}`, form)
    )
      throw new AppError('forbidden', 'SMS.SIGNATURE', 'The gateway has not signed this.');
    return form;
  }
}
