import './aliases';
import 'reflect-metadata';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../apps/launcher/src/embedded-postgres';
import { runMigrations } from '../../migrations';
import { startRedis, type LocalRedis } from './redis';
import { TEMPLATE } from './servers';

export interface Started {
  postgres: EmbeddedPostgres | undefined;
  redis: LocalRedis | undefined;
  dataDir: string | undefined;
}

/** One PostgreSQL with a migrated template, and one Redis, for the whole run. */
export default async function globalSetup(): Promise<void> {
  const given = process.env['TEST_DATABASE_URL'];
  const dataDir = given === undefined ? mkdtempSync(join(tmpdir(), 'unionhall-test-')) : undefined;
  const postgres =
    dataDir === undefined
      ? undefined
      : await startEmbeddedPostgres({ dataDir, fsync: false, log: () => undefined });
  const url = given ?? postgres!.url;
  await createTemplate(url);
  const redis = await startRedis();
  const missing = 'missing' in redis ? redis.missing : undefined;
  if (missing !== undefined && process.env['CI'] === 'true') throw new Error(`CI needs Redis: ${missing}`);
  process.env['UNIONHALL_TEST_DATABASE'] = url;
  if (missing === undefined) process.env['UNIONHALL_TEST_REDIS'] = (redis as LocalRedis).url;
  else process.env['UNIONHALL_TEST_REDIS_MISSING'] = missing;
  const started: Started = { postgres, redis: 'missing' in redis ? undefined : redis, dataDir };
  (globalThis as { unionhall?: Started }).unionhall = started;
}

async function createTemplate(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`DROP DATABASE IF EXISTS ${TEMPLATE}`);
    await client.query(`CREATE DATABASE ${TEMPLATE}`);
  } finally {
    await client.end();
  }
  const template = new URL(url);
  template.pathname = `/${TEMPLATE}`;
  await runMigrations(template.href, () => undefined);
}
