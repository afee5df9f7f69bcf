import { allOf, decide, forbidden, rowConditions, type Compilation, type Scope } from './scope';
import { ofRow, type ReadActor } from './declare';
import type { Catalog } from './catalog';
import { filterConditions } from './filters';
import { expressionOf, StatementBuilder } from './sql';

/** Rows of one table, as `SELECT *` that a larger statement may stand on: parameters `$1` to `$n` are taken. */
export interface PickedRows {
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * The rows that a root list shows an actor under a filter, all of them: for a change to whatever a screen
 * lists. The policies are those of the list, so nobody picks by what they may not read.
 * @throws AppError FORBIDDEN naming the place, READ.BAD_FILTER, ID.MALFORMED.
 */
export function compilePick(
  catalog: Catalog,
  actor: ReadActor,
  rootName: string,
  filter: Readonly<Record<string, unknown>>,
): PickedRows {
  const root = catalog.roots.get(rootName);
  if (root === undefined) throw new Error(`Query.${rootName} is not declared.`);
  const type = catalog.type(root.type);
  const builder = new StatementBuilder(actor);
  const c: Compilation = {
    catalog,
    builder,
    fragments: new Map(),
    variables: {},
    read: new Set(),
    found: { cursors: false, rows: 0 },
    passthrough: false,
    mostRows: 0,
    pageSize: { usual: 0, most: 0 },
  };
  const scope: Scope = { type, alias: builder.alias(), path: rootName, times: 1 };
  const decision = root.policy === ofRow ? 'all' : decide(c, root.policy, scope);
  if (decision === 'none') throw forbidden(rootName);
  const conditions = allOf([
    root.where === undefined ? undefined : expressionOf(root.where, scope.alias),
    decision === 'all' ? undefined : decision.sql,
    ...rowConditions(c, scope),
    ...filterConditions(c, scope, { now: filter, get: () => filter }),
  ]);
  return {
    text: `SELECT ${scope.alias}.* FROM ${type.table} ${scope.alias} WHERE ${conditions}`,
    values: builder.values()({ actor, variables: {} }),
  };
}
