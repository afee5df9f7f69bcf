import { Controller, Get, HttpCode, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Database, Queues } from '@unionhall/platform';

/** What a supervisor asks: is the process alive, and can it serve. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly db: Database,
    private readonly queues: Queues,
  ) {}

  @Get('live')
  @HttpCode(200)
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** 200 when the database and the queue answer, 503 naming the part that does not. */
  @Get('ready')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const [database, queue] = await Promise.all([
      answers(this.db.source.query('SELECT 1')),
      answers(this.queues.ping()),
    ]);
    const ok = database && queue;
    await reply.code(ok ? 200 : 503).send({ status: ok ? 'ok' : 'unavailable', database, queue });
  }
}

async function answers(question: Promise<unknown>): Promise<boolean> {
  const deadline = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 2_000).unref());
  return Promise.race([
    question.then(
      () => true,
      () => false,
    ),
    deadline,
  ]);
}
