import type { INestApplicationContext } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Clock } from '@unionhall/platform';
import { startApi } from '../../apps/api/src/create-api';
import { startWorker } from '../../apps/worker/src/create-worker';
import { cloneDatabase, testConfig } from './database';
import { startSmtpSink, type SmtpSink } from './smtp';

export interface Answer<T> {
  readonly status: number;
  readonly data: T;
  readonly errors: readonly { message: string; extensions: { code: string; field?: string } }[];
}

/** A whole union under test: API and worker on one database, one clock, one mail server. */
export interface TestUnion {
  readonly address: string;
  readonly databaseUrl: string;
  readonly clock: Clock;
  readonly smtp: SmtpSink;
  readonly api: NestFastifyApplication;
  readonly worker: INestApplicationContext;
  ask<T = Record<string, never>>(
    query: string,
    variables?: object,
    token?: string,
    path?: string,
  ): Promise<Answer<T>>;
  close(): Promise<void>;
}

export async function openUnion(environment: NodeJS.ProcessEnv = {}): Promise<TestUnion> {
  const database = await cloneDatabase();
  const smtp = await startSmtpSink();
  const clock = new Clock();
  const config = testConfig(database.url, { SMTP_URL: smtp.url, ...environment });
  const { app: api, address } = await startApi({ config, clock });
  const worker = await startWorker({ config, clock });
  return {
    address,
    databaseUrl: database.url,
    clock,
    smtp,
    api,
    worker,
    ask: (query, variables, token, path = '/graphql') => ask(`${address}${path}`, query, variables, token),
    close: async () => {
      await worker.close();
      await api.close();
      await smtp.close();
      await database.drop();
    },
  };
}

async function ask<T>(url: string, query: string, variables?: object, token?: string): Promise<Answer<T>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as { data?: T; errors?: Answer<T>['errors'] };
  return { status: response.status, data: body.data as T, errors: body.errors ?? [] };
}
