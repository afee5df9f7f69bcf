import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { isObjectType, type GraphQLSchema } from 'graphql';
import { allowedOf } from './policy';
import type { PreparedSchema } from './schema-spec';

const RESOLVER_TYPE = 'graphql:resolver_type';
const RESOLVER_NAME = 'graphql:resolver_name';
const RESOLVER_PROPERTY = 'graphql:resolve_property';

/**
 * What guards each field of a schema, as `Type.field` → policy.
 * @throws Error naming every field without a policy: such a schema must not be served.
 */
export function policiesOf(schema: GraphQLSchema, spec: PreparedSchema): Map<string, string> {
  const { catalog } = spec;
  const written = handWritten(spec.resolvers);
  const policies = new Map<string, string>();
  const missing: string[] = [];
  const generated = /(Connection|Edge)$/;
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__') || type.name === 'PageInfo') continue;
    if (generated.test(type.name) && catalog.types.has(type.name.replace(generated, ''))) continue;
    const declared = catalog.types.get(type.name);
    const root = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].includes(
      type,
    );
    for (const name of Object.keys(type.getFields())) {
      const member = declared?.fields.get(name);
      let policy: string | undefined;
      if (member !== undefined) {
        policy = member.policy.label === 'row' ? declared!.declaration.policy.label : member.policy.label;
      } else if (type === schema.getQueryType() && catalog.roots.has(name)) {
        policy = catalog.roots.get(name)!.policy.label;
      } else if (type === schema.getQueryType() && name === 'node') {
        policy = 'of the row found';
      } else {
        policy =
          written.get(`${root ? type.name : 'field'}.${name}`) ??
          (root || declared ? undefined : 'of the field that gives it');
      }
      if (policy === undefined) missing.push(`${type.name}.${name}`);
      else policies.set(`${type.name}.${name}`, policy);
    }
  }
  if (missing.length > 0)
    throw new Error(`These have no policy (@Allow, or a declaration): ${missing.join(', ')}.`);
  return policies;
}

/** The committed table: who may read or call what, one line for each field. */
export function permissionTable(title: string, policies: ReadonlyMap<string, string>): string {
  const lines = [...policies].sort(([left], [right]) => (left < right ? -1 : 1));
  return [
    `## ${title}`,
    '',
    '| Field | Who |',
    '|---|---|',
    ...lines.map(([field, who]) => `| ${field} | ${who} |`),
    '',
  ].join('\n');
}

function handWritten(resolvers: readonly Type[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { prototype } of resolvers as readonly {
    prototype: Record<string, unknown>;
  }[]) {
    for (const method of Object.getOwnPropertyNames(prototype)) {
      const value = prototype[method];
      if (typeof value !== 'function') continue;
      const kind = Reflect.getMetadata(RESOLVER_TYPE, value) as string | undefined;
      const isField = Reflect.getMetadata(RESOLVER_PROPERTY, value) === true;
      if (kind === undefined && !isField) continue;
      const name = (Reflect.getMetadata(RESOLVER_NAME, value) as string | undefined) ?? method;
      const policy = allowedOf(prototype, method);
      if (policy !== undefined) found.set(`${isField ? 'field' : kind!}.${name}`, policy);
    }
  }
  return found;
}
