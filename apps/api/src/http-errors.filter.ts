import { Catch, HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AppError, HTTP_STATUS, LOGGER, type Logger } from '@unionhall/platform';
import { databaseError } from './graphql';

/** What HTTP endpoints answer when something is refused: `{ error: { code, message, field, details } }`. */
@Catch()
export class HttpErrorsFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType<string>() === 'graphql') throw error;
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const own = error instanceof AppError ? error : databaseError(error);
    if (own !== undefined) {
      const { code, message, field, details } = own;
      void reply.code(HTTP_STATUS[own.kind]).send({ error: { code, message, field, details } });
      return;
    }
    const status =
      error instanceof HttpException
        ? error.getStatus()
        : ((error as { statusCode?: number }).statusCode ?? 500);
    if (status >= 500)
      this.logger.error(
        { error: (error as Error).message, stack: (error as Error).stack },
        'a request failed',
      );
    const code =
      status === 404
        ? 'HTTP.NOT_FOUND'
        : status === 413
          ? 'HTTP.TOO_LARGE'
          : status < 500
            ? 'HTTP.REFUSED'
            : 'INTERNAL';
    const message =
      status < 500 ? (error as Error).message : 'Something went wrong on our side. Nothing was changed.';
    void reply.code(status).send({ error: { code, message } });
  }
}
