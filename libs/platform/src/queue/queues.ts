import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Queue, Worker } from 'bullmq';
import { Config } from '../config/config';
import { LOGGER } from '../logging/token';
import type { Logger } from '../logging/logger';
import { failpoint } from '../process/failpoint';
import { createQueueEngine, type QueueEngine } from './backend';
import { definedSchedules, QUEUES, type JobDefinition, type JobHandler } from './jobs';

export interface WakeOptions {
  /** Wakes no earlier than so many milliseconds from now. */
  readonly delayMs?: number;
  /** Wake-ups with the same key that still wait are one. */
  readonly dedupe?: string;
}

/** How soon a lost schedule stands again. */
const KEEP_SCHEDULES_MS = 5_000;

/** Waking workers. Losing a wake-up costs seconds: a sweep finds every due row again. */
@Injectable()
export class Queues implements OnModuleDestroy {
  private readonly engine: QueueEngine;
  private readonly queues = new Map<string, Queue>();
  private readonly workers: Worker[] = [];
  private keeper: NodeJS.Timeout | undefined;

  constructor(
    @Inject(Config) config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.engine = createQueueEngine(config);
  }

  get backend(): 'redis' | 'postgres' {
    return this.engine.name;
  }

  /** Puts a wake-up in the queue. A queue that cannot be reached is logged, not thrown: the row is the truth. */
  async wake<Payload extends object>(
    job: JobDefinition<Payload>,
    payload: Payload,
    options: WakeOptions = {},
  ): Promise<void> {
    try {
      await this.queue(job.queue).add(job.name, payload, {
        removeOnComplete: true,
        removeOnFail: 100,
        ...(options.delayMs === undefined ? {} : { delay: options.delayMs }),
        ...(options.dedupe === undefined ? {} : { deduplication: { id: `${job.name}:${options.dedupe}` } }),
      });
    } catch (error) {
      this.logger.warn(
        { job: job.name, error: (error as Error).message },
        'a wake-up was not queued; the sweep will find its row',
      );
    }
  }

  /** Starts the workers and every schedule. Only the worker app calls this. */
  async start(
    handlers: ReadonlyMap<string, JobHandler>,
    concurrency: Readonly<Record<string, number>>,
  ): Promise<void> {
    for (const name of QUEUES) {
      const worker = this.engine.worker(
        name,
        async (job) => {
          const handle = handlers.get(job.name);
          if (handle === undefined) throw new Error(`No handler for ${job.name}.`);
          try {
            await handle(job.data as never);
            failpoint('queue.acknowledging');
          } catch (error) {
            this.logger.error({ job: job.name, error: (error as Error).message }, 'a job failed');
            throw error;
          }
        },
        { concurrency: concurrency[name] ?? 2 },
      );
      worker.on('error', (error) =>
        this.logger.warn({ queue: name, error: error.message }, 'queue connection'),
      );
      worker.on('completed', () => failpoint('queue.acknowledged'));
      this.workers.push(worker);
    }
    await this.keepSchedules();
    this.keeper = setInterval(() => {
      this.keepSchedules().catch((error: Error) =>
        this.logger.warn({ error: error.message }, 'the schedules could not be looked at'),
      );
    }, KEEP_SCHEDULES_MS);
  }

  /** Whether the backend answers. */
  async ping(): Promise<void> {
    await this.queue('default').getJobCounts('waiting');
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.keeper);
    await Promise.all(this.workers.map((worker) => worker.close()));
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
    await this.engine.close();
  }

  /** A backend that lost everything has lost the sweeps too: each that is gone, or long overdue, is set again. */
  private async keepSchedules(): Promise<void> {
    for (const { job, everyMs } of definedSchedules()) {
      const id = `schedule:${job.name}`;
      const known = await this.queue(job.queue).getJobScheduler(id);
      const overdue = Date.now() - (known?.next ?? 0) > everyMs + 2 * KEEP_SCHEDULES_MS;
      if (known?.every === everyMs && !overdue) continue;
      await this.queue(job.queue).upsertJobScheduler(
        id,
        { every: everyMs },
        { name: job.name, data: {}, opts: { removeOnComplete: true, removeOnFail: 10 } },
      );
    }
  }

  private queue(name: string): Queue {
    let queue = this.queues.get(name);
    if (queue === undefined) {
      queue = this.engine.queue(name);
      queue.on('error', (error) =>
        this.logger.warn({ queue: name, error: error.message }, 'queue connection'),
      );
      this.queues.set(name, queue);
    }
    return queue;
  }
}
