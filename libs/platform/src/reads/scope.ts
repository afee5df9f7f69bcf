import { AppError } from '../errors/app-error';
import type { Catalog, CatalogType } from './catalog';
import { ofRow, type Policy } from './declare';
import type { Fragments, Variables } from './selection';
import type { StatementBuilder } from './sql';

/** What the compilation of one operation shares. */
export interface Compilation {
  readonly catalog: Catalog;
  readonly builder: StatementBuilder;
  readonly fragments: Fragments;
  readonly variables: Variables;
  /** Set when the operation brings cursors: their values come from outside. */
  readonly found: { cursors: boolean; rows: number };
  /** The readable members named in the answer, for the access ledger (`Member.email`). */
  readonly read: Set<string>;
  /**
   * The answer goes through resolvers: fields that they compute are left out of it, and each row
   * carries its key and type as `__id` and `__type`.
   */
  readonly passthrough: boolean;
  /** The most rows that one operation may give. */
  readonly mostRows: number;
  readonly pageSize: { readonly usual: number; readonly most: number };
}

/** A row being compiled: its type and alias, and where it stands in the answer. */
export interface Scope {
  readonly type: CatalogType;
  readonly alias: string;
  readonly path: string;
  /** How often it stands in the answer at most. */
  readonly times: number;
}

/** The SQL of a JSON value, with what must be joined to have it. */
export interface Piece {
  readonly json: string;
  /** LEFT JOIN LATERALs over the row's alias. */
  readonly joins: readonly string[];
  /** SQL texts of comma-separated uuids (or null): whose data stands below. */
  readonly subjects: readonly string[];
}

/** @throws AppError FORBIDDEN, naming the place in the answer. */
export function forbidden(path: string): AppError {
  return new AppError('forbidden', 'FORBIDDEN', `You may not read ${path}.`, {
    field: path,
  });
}

/** Counts the rows that an operation may give. @throws AppError LIMIT.COST. */
export function spend(c: Compilation, rows: number): void {
  c.found.rows += rows;
  if (c.found.rows <= c.mostRows) return;
  const message = `This operation may give more than ${c.mostRows} rows. Ask for smaller pages.`;
  throw new AppError('limited', 'LIMIT.COST', message, {
    details: { limit: c.mostRows },
  });
}

/**
 * The condition under which a policy lets the row of `scope` show `path`; undefined when always. What
 * the row's own policy says already holds for every row and is not asked again.
 */
export function gate(c: Compilation, policy: Policy, scope: Scope, path: string): string | undefined {
  if (policy === ofRow || policy === scope.type.declaration.policy) return undefined;
  const decision = c.builder.decide(policy, scope.alias);
  if (decision === 'none') throw forbidden(path);
  return decision === 'all' ? undefined : decision.sql;
}

/** The conditions under which the row itself may be seen. */
export function rowConditions(c: Compilation, scope: Scope): string[] {
  const decision = c.builder.decide(scope.type.declaration.policy, scope.alias);
  if (decision === 'none') throw forbidden(scope.path);
  return decision === 'all' ? [] : [decision.sql];
}

export const allOf = (conditions: readonly (string | undefined)[]): string => {
  const given = conditions.filter((one) => one !== undefined);
  return given.length === 0 ? 'true' : given.map((one) => `(${one})`).join(' AND ');
};

/** Joins texts of subjects into one. */
export const joinSubjects = (subjects: readonly string[]): string =>
  subjects.length === 1 ? subjects[0]! : `concat_ws(',', ${subjects.join(', ')})`;
