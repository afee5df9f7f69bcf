import type { GraphQLSchemaFactory } from '@nestjs/graphql';

interface Internals {
  readonly orphanedTypesFactory?: { readonly orphanedReferenceRegistry?: { getAll: () => unknown[] } };
}

/**
 * Nest puts every class that any schema of the process refers to into each schema it builds. Ours name
 * their types themselves (`orphanedTypes`), and two schemas may hold different types of one name.
 * @throws Error when a newer Nest keeps this elsewhere.
 */
export function keepSchemasApart(factory: GraphQLSchemaFactory): void {
  const registry = (factory as unknown as Internals).orphanedTypesFactory?.orphanedReferenceRegistry;
  if (registry === undefined)
    throw new Error('GraphQLSchemaFactory has changed: its registry of orphans is gone.');
  registry.getAll = () => [];
}
