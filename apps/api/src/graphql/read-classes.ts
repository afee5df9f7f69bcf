import type { Type } from '@nestjs/common';

/** The GraphQL endpoints of the union. */
export type SchemaName = 'api' | 'partners';

const classes = new Map<string, Type>();

/**
 * The generated class of a readable type, for `@Mutation(() => readType('Member'))` and
 * `@Resolver(() => readType('Member'))`. Resolvers of such a type give a `Ref`. A name that no
 * declaration holds stops the schema from being built.
 */
export function readType(name: string, schema: SchemaName = 'api'): Type {
  const key = `${schema}.${name}`;
  let found = classes.get(key);
  if (found === undefined) {
    found = { [name]: class {} }[name]!;
    classes.set(key, found);
  }
  return found;
}

/** The generated `filter` of a readable type's lists, for the argument of a mutation. */
export const readFilter = (name: string, schema: SchemaName = 'api'): Type =>
  readType(`${name}Filter`, schema);
