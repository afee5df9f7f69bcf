import {
  getNamedType,
  GraphQLEnumType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import { AppError, type Catalog, type Reads } from '@unionhall/platform';
import type { GraphqlContext } from './current-actor';

type Resolve = GraphQLFieldResolver<unknown, GraphqlContext>;
type Source = Readonly<Record<string, unknown>>;

/**
 * Sets how a built schema is resolved: declared fields hand on what the plan has answered, by response
 * name; fields outside that give a readable type have what is selected of it read; the rest stays.
 */
export function passThrough(schema: GraphQLSchema, catalog: Catalog, reads: Reads): void {
  const generated = new Set([
    'PageInfo',
    ...[...catalog.types.keys()].flatMap((name) => [`${name}Connection`, `${name}Edge`]),
  ]);
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isInterfaceType(type) && type.name === 'Node')
      type.resolveType = (value) => (value as Source)['__type'] as string;
    if (!isObjectType(type)) continue;
    const declared = catalog.types.get(type.name);
    const isQuery = type === schema.getQueryType();
    for (const field of Object.values(type.getFields())) {
      if (isQuery && (catalog.roots.has(field.name) || field.name === 'node')) {
        field.resolve = fromRoots as Resolve;
      } else if (generated.has(type.name) || declared?.fields.has(field.name) === true) {
        field.resolve = handOn(field);
      } else if (catalog.types.has(getNamedType(field.type).name)) {
        field.resolve = thenRead(field, reads, declared !== undefined);
      } else if (declared !== undefined && field.resolve !== undefined) {
        const compute = field.resolve as Resolve;
        field.resolve = ((source, args, context, info) =>
          compute(withId(source), args, context, info)) as Resolve;
      }
    }
  }
}

const fromRoots: Resolve = (_source, _args, context, info) => context.roots[info.path.key as string];

function handOn(field: GraphQLField<unknown, GraphqlContext>): Resolve {
  const named = getNamedType(field.type);
  const take = (source: unknown, info: GraphQLResolveInfo): unknown => (source as Source)[info.path.key];
  if (!isEnumType(named)) return (source, _args, _context, info) => take(source, info);
  return (source, _args, _context, info) => {
    const value = take(source, info);
    return typeof value === 'string' ? internal(named, value) : value;
  };
}

const internal = (type: GraphQLEnumType, name: string): unknown => type.getValue(name)?.value;

const withId = (source: unknown): unknown => ({
  ...(source as Source),
  id: (source as Source)['__id'],
});

/** A resolver gave references: reads what is selected of their rows. */
function thenRead(field: GraphQLField<unknown, GraphqlContext>, reads: Reads, onReadable: boolean): Resolve {
  const before = field.resolve as Resolve | undefined;
  const type = getNamedType(field.type).name;
  const outer = isNonNullType(field.type) ? field.type.ofType : field.type;
  const nullable = !isNonNullType(isListType(outer) ? outer.ofType : field.type);
  return async (source, args, context, info) => {
    const given: unknown =
      before === undefined
        ? (source as Source)[field.name]
        : await before(onReadable ? withId(source) : source, args, context, info);
    const one = async (ref: unknown): Promise<unknown> => {
      if (ref === null || ref === undefined) return null;
      const row = await context.caller.read((actor) =>
        reads.reference(
          context.prepared,
          type,
          info.fieldNodes,
          (ref as { id: string }).id,
          actor,
          context.variables,
        ),
      );
      if (row === null && !nullable) {
        throw new AppError(
          'not_found',
          'AUTHZ.NOT_FOUND',
          'There is no such thing, or it is not yours to see.',
        );
      }
      return row;
    };
    if (!Array.isArray(given)) return one(given);
    const rows: unknown[] = [];
    for (const ref of given) rows.push(await one(ref));
    return rows;
  };
}
