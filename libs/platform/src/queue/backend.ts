import {
  createPostgresBackend,
  Queue,
  runMigrations,
  withBackend,
  Worker,
  type ConnectionOptions,
  type Processor,
  type WorkerOptions,
} from 'bullmq';
import IORedis from 'ioredis';
import { Pool } from 'pg';
import type { Config } from '../config/config';

/** The schema of BullMQ's tables when PostgreSQL carries the queues. */
export const QUEUE_SCHEMA = 'bullmq';

/** Creates or upgrades BullMQ's own tables; safe to repeat. */
export async function createPostgresQueueSchema(databaseUrl: string): Promise<void> {
  const pool = new Pool({ connectionString: databaseUrl, max: 1, options: `-c search_path=${QUEUE_SCHEMA}` });
  try {
    const client = await pool.connect();
    try {
      await client.query(`CREATE SCHEMA IF NOT EXISTS ${QUEUE_SCHEMA}`);
      await runMigrations(client as never, QUEUE_SCHEMA);
    } finally {
      client.release();
    }
  } finally {
    await pool.end();
  }
}

/** What carries jobs: BullMQ on Redis when there is a REDIS_URL, on PostgreSQL otherwise. */
export interface QueueEngine {
  readonly name: 'redis' | 'postgres';
  queue(name: string): Queue;
  worker(name: string, processor: Processor, options: { concurrency: number }): Worker;
  close(): Promise<void>;
}

const WORKER = {
  lockDuration: 30_000,
  stalledInterval: 5_000,
  maxStalledCount: 10,
} satisfies Partial<WorkerOptions>;

export function createQueueEngine(config: Config): QueueEngine {
  return config.redisUrl === undefined ? onPostgres(config) : onRedis(config.redisUrl, config);
}

/** Databases share a Redis in tests and small installations; the prefix keeps their jobs apart. */
function prefixOf(config: Config): string {
  return `unionhall:${new URL(config.databaseUrl).pathname.slice(1)}`;
}

function onRedis(url: string, config: Config): QueueEngine {
  const connections: IORedis[] = [];
  const connect = (): ConnectionOptions => {
    const connection = new IORedis(url, { maxRetriesPerRequest: null });
    connection.on('error', () => undefined);
    connections.push(connection);
    return connection as unknown as ConnectionOptions;
  };
  const prefix = prefixOf(config);
  return {
    name: 'redis',
    queue: (name) => new Queue(name, { connection: connect(), prefix }),
    worker: (name, processor, options) =>
      new Worker(name, processor, { connection: connect(), prefix, ...WORKER, ...options }),
    close: async () => {
      await Promise.all(connections.map((one) => one.quit().catch(() => one.disconnect())));
    },
  };
}

function onPostgres(config: Config): QueueEngine {
  const { Queue: PgQueue, Worker: PgWorker } = withBackend(createPostgresBackend);
  const connection = {
    connectionString: config.databaseUrl,
    schema: QUEUE_SCHEMA,
    max: 3,
    application_name: 'unionhall queue',
  };
  return {
    name: 'postgres',
    queue: (name) => new PgQueue(name, { connection }) as unknown as Queue,
    worker: (name, processor, options) =>
      new PgWorker(name, processor, { connection, ...WORKER, ...options }) as unknown as Worker,
    close: async () => undefined,
  };
}
