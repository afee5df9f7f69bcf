import { Kind, type FieldNode, type FragmentDefinitionNode, type OperationDefinitionNode } from 'graphql';
import type { Catalog } from './catalog';
import { compileConnection } from './connection';
import { ofRow, type Policy, type ReadActor, type RootDeclaration } from './declare';
import { decodeId, parseId } from './global-id';
import type { ReadLedger } from './ledger';
import { selectOne } from './rows';
import { decide, forbidden, type Compilation, type Piece, type Scope } from './scope';
import { argument, collectFields, setsOf, type Fragments, type Variables } from './selection';
import { expressionOf, identifier, literal, StatementBuilder, type Run } from './sql';

/** A compiled operation: one statement whose columns are the JSON texts of the root fields. */
export interface Plan {
  readonly text: string;
  readonly values: (run: Run) => unknown[];
  /** Response names, in order; column `c<index>` holds each one's JSON text. */
  readonly names: readonly string[];
  /** The operation may read data of people: its statement writes the access ledger. */
  readonly recorded: boolean;
  /** It takes cursors, which come from outside. */
  readonly cursors: boolean;
  /** The most rows that it may give. */
  readonly rows: number;
}

export interface CompileInput {
  readonly catalog: Catalog;
  readonly ledger: ReadLedger;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Fragments;
  /** Variables as first run; their structure alone enters the text. */
  readonly variables: Variables;
  readonly actor: ReadActor;
  readonly passthrough?: boolean;
  readonly mostRows?: number;
}

const MOST_ROWS = 20_000;
const PAGE_SIZE = { usual: 20, most: 100 } as const;

/**
 * Compiles a validated query into one statement.
 * @throws AppError FORBIDDEN naming the place, READ.BAD_PAGE, READ.BAD_FILTER, ID.MALFORMED.
 */
export function compileOperation(input: CompileInput): Plan {
  const c = compilation(input);
  const roots = collectFields([input.operation.selectionSet], ['Query'], input.fragments, input.variables);
  const pieces = [...roots.values()].map((nodes) => compileRoot(c, nodes));
  const operation =
    input.operation.name?.value ?? [...roots.values()].map((nodes) => nodes[0]!.name.value).join(' ');
  return assemble(c, input.ledger, operation, [...roots.keys()], pieces);
}

/** Compiles what is selected of one row that the server itself names (`id`): the answer of a mutation. */
export function compileReference(input: CompileInput, type: string, nodes: readonly FieldNode[]): Plan {
  const c = compilation(input);
  const scope: Scope = {
    type: c.catalog.type(type),
    alias: c.builder.alias(),
    path: nodes[0]!.name.value,
    times: 1,
  };
  const id = c.builder.param((run) => run.variables[REFERENCE], 'uuid');
  const piece = selectOne(c, scope, setsOf(nodes), true, [
    `${scope.alias}.${identifier(scope.type.key)} = ${id}`,
  ]);
  return assemble(c, input.ledger, nodes[0]!.name.value, ['row'], [piece]);
}

/** The variable that carries the uuid of `compileReference` (no GraphQL variable can have this name). */
export const REFERENCE = '#id';

export function fragmentsOf(definitions: readonly { readonly kind: string }[]): Fragments {
  return new Map(
    definitions
      .filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION)
      .map((one) => [one.name.value, one]),
  );
}

function compilation(input: CompileInput): Compilation {
  return {
    catalog: input.catalog,
    builder: new StatementBuilder(input.actor),
    fragments: input.fragments,
    variables: input.variables,
    read: new Set(),
    found: { cursors: false, rows: 0 },
    passthrough: input.passthrough ?? false,
    mostRows: input.mostRows ?? MOST_ROWS,
    pageSize: PAGE_SIZE,
  };
}

function compileRoot(c: Compilation, nodes: readonly FieldNode[]): Piece {
  const node = nodes[0]!;
  const name = node.name.value;
  if (name === '__typename') return { json: `SELECT to_json('Query'::text)`, joins: [], subjects: [] };
  if (name === 'node') return compileNode(c, nodes);
  const root = c.catalog.roots.get(name);
  if (root === undefined) throw new Error(`Query.${name} is not declared.`);
  const type = c.catalog.type(root.type);
  c.read.add(`Query.${name}`);
  const conditions = (scope: Scope): (string | undefined)[] => [
    root.where === undefined ? undefined : expressionOf(root.where, scope.alias),
    ask(c, root.policy, scope),
  ];
  if (root.shape === 'page') {
    return compileConnection(c, {
      type,
      node,
      sets: setsOf(nodes),
      path: name,
      times: 1,
      recordsSubject: true,
      conditions,
    });
  }
  const scope: Scope = { type, alias: c.builder.alias(), path: name, times: 1 };
  return selectOne(c, scope, setsOf(nodes), true, [
    ...pickConditions(c, root, node, scope),
    ...conditions(scope),
  ]);
}

function pickConditions(c: Compilation, root: RootDeclaration, node: FieldNode, scope: Scope): string[] {
  return Object.entries(root.by ?? {}).map(([name, { column, type, cast }]) => {
    const input = argument(node, name, c.variables);
    const path = `${root.name}.${name}`;
    const value = c.builder.param(
      (run) => (type === 'ID' ? decodeId(root.type, input?.get(run), path) : input?.get(run)),
      cast,
    );
    return `${scope.alias}.${identifier(column)} = ${value}`;
  });
}

/** `node(id:)`: the type is part of the plan, the row is not. */
function compileNode(c: Compilation, nodes: readonly FieldNode[]): Piece {
  const input = argument(nodes[0]!, 'id', c.variables);
  const named = c.catalog.types.get(parseId(input?.now, 'node.id').type);
  if (named === undefined) return { json: 'SELECT NULL::json', joins: [], subjects: [] };
  const scope: Scope = {
    type: named,
    alias: c.builder.alias(),
    path: 'node',
    times: 1,
  };
  const id = c.builder.param((run) => decodeId(named.name, input?.get(run), 'node.id'), 'uuid');
  return selectOne(c, scope, setsOf(nodes), true, [`${scope.alias}.${identifier(named.key)} = ${id}`]);
}

function ask(c: Compilation, policy: Policy, scope: Scope): string | undefined {
  if (policy === ofRow) return undefined;
  const decision = decide(c, policy, scope);
  if (decision === 'none') throw forbidden(scope.path);
  return decision === 'all' ? undefined : decision.sql;
}

const RELAXED = "set_config('synchronous_commit', 'off', true) AS relaxed";

/** Puts the roots side by side; when they hold data of people, each is made once and the ledger is written beside. */
function assemble(
  c: Compilation,
  ledger: ReadLedger,
  operation: string,
  names: readonly string[],
  pieces: readonly Piece[],
): Plan {
  const recorded = pieces.some((piece) => piece.subjects.length > 0);
  const columns = pieces.map((piece, index) =>
    piece.subjects.length === 0
      ? `(${piece.json})::text AS c${index}`
      : `(SELECT j FROM r${index})::text AS c${index}`,
  );
  let text = `SELECT ${columns.join(', ')}`;
  if (recorded) {
    const kept = pieces.flatMap((piece, index) => (piece.subjects.length === 0 ? [] : [{ piece, index }]));
    const roots = kept.map(({ piece, index }) => `r${index}(j, s) AS MATERIALIZED (${piece.json})`);
    const found = kept.map(({ index }) => `(SELECT s FROM r${index})`).join(' || ');
    const others =
      kept.length === 1 && kept[0]!.piece.distinct === true
        ? `SELECT nullif(array_remove(${found}, app.member_id()), '{}') AS ids`
        : `SELECT array_agg(DISTINCT p) AS ids FROM unnest(${found}) AS p ` +
          `WHERE p IS NOT NULL AND p IS DISTINCT FROM (SELECT app.member_id())`;
    const people = `people AS MATERIALIZED (${others})`;
    const entry = ledger.insert({
      operation: literal(operation),
      fields: `${literal(`{${[...c.read].join(',')}}`)}::text[]`,
      subjects: 'people',
    });
    text = `WITH ${[...roots, people, `entry AS (${entry})`].join(', ')} ${text}, ${RELAXED}`;
  }
  return {
    text,
    values: c.builder.values(),
    names,
    recorded,
    cursors: c.found.cursors,
    rows: c.found.rows,
  };
}
