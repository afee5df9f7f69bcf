import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { permissionTable, policiesOf } from './permissions';
import { keepSchemasApart } from './schemas-apart';
import { prepareSchema, type SchemaSpec } from './schema-spec';

@Module({ imports: [GraphQLSchemaBuilderModule] })
class BuilderModule {}

/** Builds a schema from its classes alone: no database, no server. */
export async function buildSchemaOf(spec: SchemaSpec): Promise<GraphQLSchema> {
  const prepared = prepareSchema(spec);
  const app = await NestFactory.createApplicationContext(BuilderModule, {
    logger: false,
  });
  try {
    const factory = app.get(GraphQLSchemaFactory);
    keepSchemasApart(factory);
    return await factory.create([...spec.resolvers, ...prepared.types.resolvers], {
      orphanedTypes: prepared.types.all(),
      numberScalarMode: 'integer',
    });
  } finally {
    await app.close();
  }
}

/** The committed texts of a schema: its SDL and its permission table. */
export async function describeSchema(
  spec: SchemaSpec,
): Promise<{ readonly sdl: string; readonly table: string }> {
  const schema = await buildSchemaOf(spec);
  const policies = policiesOf(schema, prepareSchema(spec));
  return {
    sdl: `${printSchema(lexicographicSortSchema(schema))}\n`,
    table: permissionTable(spec.path, policies),
  };
}
