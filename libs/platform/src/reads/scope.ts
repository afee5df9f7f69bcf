import { AppError } from '../errors/app-error';
import type { Catalog, CatalogType } from './catalog';
import { ofRow, type Decision, type Policy } from './declare';
import type { Fragments, Variables } from './selection';
import { identifier, type StatementBuilder } from './sql';

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
  /** The row it hangs from, and what of it stands in this row too. */
  readonly from?: { readonly parent: Scope; readonly relation: RelatedColumns };
}

/** Which columns of a related row hold what a column of ours holds. */
export interface RelatedColumns {
  readonly local: string;
  readonly foreign: string;
  readonly sameColumns?: readonly string[];
}

/** The SQL of a JSON value, with what must be joined to have it. */
export interface Piece {
  readonly json: string;
  /** LEFT JOIN LATERALs over the row's alias. */
  readonly joins: readonly string[];
  /** SQL of uuid[] (or null): whose data stands in it. */
  readonly subjects: readonly string[];
  /** Nobody is named twice in them. */
  readonly distinct?: boolean;
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
  const decision = decide(c, policy, scope);
  if (decision === 'none') throw forbidden(path);
  return decision === 'all' || holds(c, scope, decision.sql) ? undefined : decision.sql;
}

/** The conditions under which the row itself may be seen, beyond what holds for the row it hangs from. */
export function rowConditions(c: Compilation, scope: Scope): string[] {
  const decision = decide(c, scope.type.declaration.policy, scope);
  if (decision === 'none') throw forbidden(scope.path);
  if (decision === 'all' || (scope.from !== undefined && holds(c, scope.from.parent, decision.sql)))
    return [];
  return [decision.sql];
}

/** Whether every row that stands here has already met a condition: as its own, or as that of a row above. */
function holds(c: Compilation, scope: Scope, sql: string): boolean {
  const own = decide(c, scope.type.declaration.policy, scope);
  if (typeof own === 'object' && own.sql === sql) return true;
  return scope.from !== undefined && holds(c, scope.from.parent, sql);
}

/** What a policy says of the row of a scope. */
export const decide = (c: Compilation, policy: Policy, scope: Scope): Decision =>
  c.builder.decide(policy, scope.alias, (name) => columnOf(scope, name));

/** A column of the row, or the one it equals of the row it hangs from. */
function columnOf(scope: Scope, name: string): string {
  if (scope.from !== undefined) {
    const { parent, relation } = scope.from;
    if (name === relation.foreign) return columnOf(parent, relation.local);
    if (relation.sameColumns?.includes(name) === true) return columnOf(parent, name);
  }
  return `${scope.alias}.${identifier(name)}`;
}

export const allOf = (conditions: readonly (string | undefined)[]): string => {
  const given = new Set(conditions.filter((one) => one !== undefined));
  return given.size === 0 ? 'true' : [...given].map((one) => `(${one})`).join(' AND ');
};

/** The uuid[] of the people of one row: its own subject, and those of the parts below. */
export function peopleOfRow(own: string | undefined, below: readonly string[]): string {
  return [...(own === undefined ? [] : [`ARRAY[${own}]`]), ...below].join(' || ');
}

/** The uuid[] of the people of a list's rows. Arrays of unequal length cannot be aggregated, texts can. */
export function peopleOfList(own: string | undefined, below: readonly string[], only: string): string {
  if (below.length === 0) return `array_agg(${own})${only}`;
  const texts = below.map((one) => `array_to_string(${one}, ',')`);
  if (own !== undefined) texts.unshift(`${own}::text`);
  return `string_to_array(string_agg(nullif(concat_ws(',', ${texts.join(', ')}), ''), ',')${only}, ',')::uuid[]`;
}
