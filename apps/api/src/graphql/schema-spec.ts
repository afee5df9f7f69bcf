import type { Type } from '@nestjs/common';
import type { Actor } from '@unionhall/identity';
import { Catalog, type ReadsDeclaration } from '@unionhall/platform';
import type { Limits } from './limits';
import type { SchemaName } from './read-classes';
import { readEnum } from './read-enums';
import { ReadTypes } from './read-types';

/** Writes down what an operation cost, in rows that it may give. @returns how much was used today. */
export interface Meter {
  record(actor: Actor, cost: number): Promise<object>;
}

/** One GraphQL endpoint: what can be read through it, and its hand-written resolvers. */
export interface SchemaSpec {
  readonly name: SchemaName;
  readonly path: string;
  readonly reads: readonly ReadsDeclaration[];
  readonly resolvers: readonly Type[];
  readonly limits: Limits;
  /** Counts what is asked for, where callers bring a key of their own with each request. */
  readonly meter?: Type<Meter>;
}

/** A spec with everything generated from its declarations. */
export interface PreparedSchema extends SchemaSpec {
  readonly catalog: Catalog;
  readonly types: ReadTypes;
}

const prepared = new Map<string, PreparedSchema>();

/** Makes the classes of a schema, once in a process for the same declarations. */
export function prepareSchema(spec: SchemaSpec): PreparedSchema {
  const known = prepared.get(spec.name);
  if (known !== undefined && sameList(known.reads, spec.reads) && sameList(known.resolvers, spec.resolvers))
    return known;
  const catalog = new Catalog(spec.reads);
  for (const type of catalog.types.values()) {
    for (const part of [...type.fields.values(), ...type.filters.values()]) {
      if ('enumName' in part && part.enumName !== undefined) readEnum(part.enumName, part.enumValues);
    }
  }
  const made: PreparedSchema = {
    ...spec,
    catalog,
    types: new ReadTypes(spec.name, catalog),
  };
  prepared.set(spec.name, made);
  return made;
}

const sameList = <T>(left: readonly T[], right: readonly T[]): boolean =>
  left.length === right.length && left.every((one, index) => one === right[index]);

/** What a resolver of a readable type gives: the row's uuid. What is selected below is read by the same policies. */
export interface Ref {
  readonly id: string;
}

export { readFilter, readType } from './read-classes';
