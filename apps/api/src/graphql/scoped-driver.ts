import { Injectable } from '@nestjs/common';
import { MercuriusDriver, type MercuriusDriverConfig } from '@nestjs/mercurius';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import mercurius from 'mercurius';

export interface ScopedDriverConfig extends MercuriusDriverConfig {
  /** Finishes the schema and gives the routes that serve it. */
  readonly serve?: (schema: GraphQLSchema) => (scope: FastifyInstance) => void;
}

/** A Mercurius in a Fastify scope of its own, without routes of its own: two schemas live side by side. */
@Injectable()
export class ScopedDriver extends MercuriusDriver {
  override async start({ schema, serve }: ScopedDriverConfig): Promise<void> {
    const app = this.httpAdapterHost.httpAdapter.getInstance<FastifyInstance>();
    const built = schema as GraphQLSchema;
    const mount = serve?.(built);
    await app.register(async (scope) => {
      await scope.register(
        mercurius as never,
        {
          schema: built,
          routes: false,
          jit: 1,
          errorFormatter: (execution: unknown) => ({
            statusCode: 200,
            response: execution,
          }),
        } as never,
      );
      mount?.(scope);
    });
  }
}
