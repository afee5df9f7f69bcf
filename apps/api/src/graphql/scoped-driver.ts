import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { GraphQLSchemaFactory } from '@nestjs/graphql';
import { MercuriusDriver, type MercuriusDriverConfig } from '@nestjs/mercurius';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import mercurius from 'mercurius';
import { keepSchemasApart } from './schemas-apart';

export interface ScopedDriverConfig extends MercuriusDriverConfig {
  /** Finishes the schema and gives the routes that serve it. */
  readonly serve?: (schema: GraphQLSchema) => (scope: FastifyInstance) => void;
}

/** A Mercurius in a Fastify scope of its own, without routes of its own: two schemas live side by side. */
@Injectable()
export class ScopedDriver extends MercuriusDriver {
  @Inject(ModuleRef) private readonly modules: ModuleRef;

  override generateSchema(options: MercuriusDriverConfig): ReturnType<MercuriusDriver['generateSchema']> {
    keepSchemasApart(this.modules.get(GraphQLSchemaFactory, { strict: false }));
    return super.generateSchema(options);
  }

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
