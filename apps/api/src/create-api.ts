import fastifyCookie from '@fastify/cookie';
import fastifyMultipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Clock, createLogger, NestLog, type Config } from '@unionhall/platform';
import { ApiModule } from './api.module';
import { HttpErrorsFilter } from './http-errors.filter';
import { serveScreens } from './web/web-files';

const MEBIBYTE = 1024 * 1024;

export interface ApiOptions {
  readonly config: Config;
  /** Handed in by tests, which move it. */
  readonly clock?: Clock;
}

/** Builds the API over a configuration: everything but listening. */
export async function createApi({
  config,
  clock = new Clock(),
}: ApiOptions): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: MEBIBYTE,
    trustProxy: 'loopback',
    forceCloseConnections: true,
  });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.forRoot(config, clock), adapter, {
    logger: new NestLog(createLogger(config.logLevel, 'api')),
    abortOnError: false,
  });
  await app.register(fastifyCookie as never);
  await app.register(fastifyMultipart as never, {
    limits: { files: 1, fileSize: 512 * MEBIBYTE, fields: 20 },
  });
  adapter
    .getInstance()
    .addContentTypeParser(
      ['text/csv', 'text/tab-separated-values', 'application/octet-stream', 'message/rfc822'],
      (_request, _payload, done) => done(null),
    );
  await serveScreens(adapter.getInstance(), config.environment === 'development');
  app.useGlobalFilters(app.get(HttpErrorsFilter));
  await app.init();
  await adapter.getInstance().ready();
  return app;
}

/** Builds the API and listens at the configured port (0: any free one); gives its address. */
export async function startApi(
  options: ApiOptions,
): Promise<{ app: NestFastifyApplication; address: string }> {
  const app = await createApi(options);
  await app.listen(options.config.port, options.config.host);
  return { app, address: await app.getUrl() };
}
