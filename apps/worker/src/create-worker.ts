import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Clock, collectHandlers, createLogger, NestLog, Queues, type Config } from '@unionhall/platform';
import { HANDLERS, WorkerModule } from './worker.module';

export interface WorkerOptions {
  readonly config: Config;
  /** Handed in by tests, which move it. */
  readonly clock?: Clock;
}

const CONCURRENCY = { default: 4, outreach: 2 };

/** Builds the worker, checks that every job has exactly one handler, and starts working. */
export async function startWorker({
  config,
  clock = new Clock(),
}: WorkerOptions): Promise<INestApplicationContext> {
  const app = await NestFactory.createApplicationContext(WorkerModule.forRoot(config, clock), {
    logger: new NestLog(createLogger(config.logLevel, 'worker')),
    abortOnError: false,
  });
  const handlers = collectHandlers(HANDLERS.map((type) => app.get<object>(type)));
  await app.get(Queues).start(handlers, CONCURRENCY);
  return app;
}
