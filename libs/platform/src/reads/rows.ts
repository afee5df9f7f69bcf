import type { FieldNode, SelectionSetNode } from 'graphql';
import { compileConnection } from './connection';
import type { CountDeclaration, FieldDeclaration, OneDeclaration } from './declare';
import { collectFields, setsOf } from './selection';
import {
  allOf,
  gate,
  peopleOfRow,
  rowConditions,
  spend,
  type Compilation,
  type Piece,
  type Scope,
} from './scope';
import { expressionOf, identifier, jsonObject, literal } from './sql';

/** The JSON object of one row, for what is selected of it. */
export function compileRow(c: Compilation, scope: Scope, sets: readonly SelectionSetNode[]): Piece {
  const pairs: [string, string][] = [];
  const joins: string[] = [];
  const subjects: string[] = [];
  for (const [name, nodes] of collectFields(sets, [scope.type.name, 'Node'], c.fragments, c.variables)) {
    const fieldName = nodes[0]!.name.value;
    if (fieldName === '__typename') {
      pairs.push([name, `${literal(scope.type.name)}::text`]);
      continue;
    }
    const member = scope.type.fields.get(fieldName);
    if (member === undefined) {
      if (!c.passthrough) throw new Error(`${scope.type.name} has no field ${fieldName}.`);
      continue;
    }
    const path = `${scope.path}.${fieldName}`;
    c.read.add(`${scope.type.name}.${fieldName}`);
    if (member.kind === 'field') {
      pairs.push([name, fieldSql(c, scope, member, path)]);
    } else if (member.kind === 'count') {
      pairs.push([name, countSql(c, scope, member, path)]);
    } else {
      const piece =
        member.kind === 'one'
          ? compileOne(c, scope, member, nodes, path)
          : compileConnection(c, {
              type: c.catalog.type(member.type),
              node: nodes[0]!,
              sets: setsOf(nodes),
              path,
              times: scope.times,
              recordsSubject: member.sameSubject !== true,
              from: { parent: scope, relation: member },
              conditions: (inner) => [
                `${inner.alias}.${identifier(member.foreign)} = ${scope.alias}.${identifier(member.local)}`,
                member.where === undefined ? undefined : expressionOf(member.where, inner.alias),
                gate(c, member.policy, scope, path),
              ],
            });
      pairs.push([name, embed(c, piece, joins, subjects)]);
    }
  }
  if (c.passthrough) {
    pairs.push(['__id', `${scope.alias}.${identifier(scope.type.key)}`]);
    pairs.push(['__type', `${literal(scope.type.name)}::text`]);
  }
  return { json: jsonObject(pairs), joins, subjects };
}

/**
 * A relation is a scalar subselect: it cannot change the order of the rows around it. When it also
 * tells whose data it holds, it needs a second column and becomes a fenced lateral.
 */
function embed(c: Compilation, piece: Piece, joins: string[], subjects: string[]): string {
  if (piece.subjects.length === 0) return `(${piece.json})`;
  const alias = c.builder.alias();
  joins.push(`LEFT JOIN LATERAL (${piece.json} OFFSET 0) ${alias}(j, s) ON true`);
  subjects.push(`${alias}.s`);
  return `${alias}.j`;
}

function fieldSql(c: Compilation, scope: Scope, field: FieldDeclaration, path: string): string {
  const sql = present(field, expressionOf(field.expression, scope.alias), scope.type.name);
  const allowed = gate(c, field.policy, scope, path);
  if (allowed === undefined) return sql;
  return `CASE WHEN ${allowed} THEN ${sql} END`;
}

function present(field: FieldDeclaration, sql: string, owner: string): string {
  // Words of ours, in ASCII: the rules of a language take three times as long over them.
  if (field.enumName !== undefined) return `upper(${sql}::text COLLATE "C")`;
  if (field.type === 'ID') return `${literal(`${field.idOf ?? owner}_`)} || ${sql}::text`;
  if (field.type === 'Instant') return `to_char(${sql} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
  if (field.type === 'String') return `${sql}::text`;
  return sql;
}

function countSql(c: Compilation, scope: Scope, member: CountDeclaration, path: string): string {
  spend(c, scope.times);
  const inner: Scope = {
    type: c.catalog.type(member.type),
    alias: c.builder.alias(),
    path,
    times: scope.times,
    from: { parent: scope, relation: member },
  };
  const where = allOf([
    `${inner.alias}.${identifier(member.foreign)} = ${scope.alias}.${identifier(member.local)}`,
    member.where === undefined ? undefined : expressionOf(member.where, inner.alias),
    ...rowConditions(c, inner),
    gate(c, member.policy, scope, path),
  ]);
  return `(SELECT count(*) FROM ${inner.type.table} ${inner.alias} WHERE ${where})`;
}

function compileOne(
  c: Compilation,
  scope: Scope,
  member: OneDeclaration,
  nodes: readonly FieldNode[],
  path: string,
): Piece {
  const allowed = gate(c, member.policy, scope, path);
  const inner: Scope = {
    type: c.catalog.type(member.type),
    alias: c.builder.alias(),
    path,
    times: scope.times,
    from: { parent: scope, relation: member },
  };
  return selectOne(c, inner, setsOf(nodes), member.sameSubject !== true, [
    `${inner.alias}.${identifier(member.foreign)} = ${scope.alias}.${identifier(member.local)}`,
    allowed,
  ]);
}

/** A SELECT of at most one row: its JSON, and whose data it holds when `subjects` is not empty. */
export function selectOne(
  c: Compilation,
  scope: Scope,
  sets: readonly SelectionSetNode[],
  recordsSubject: boolean,
  conditions: readonly (string | undefined)[],
): Piece {
  const { subject } = scope.type.declaration;
  spend(c, scope.times);
  const row = compileRow(c, scope, sets);
  const own = recordsSubject && subject !== undefined ? `${scope.alias}.${identifier(subject)}` : undefined;
  const people = peopleOfRow(own, row.subjects);
  const columns = people === '' ? row.json : `${row.json}, ${people}`;
  const from = [`${scope.type.table} ${scope.alias}`, ...row.joins].join(' ');
  const where = allOf([...conditions, ...rowConditions(c, scope)]);
  return {
    json: `SELECT ${columns} FROM ${from} WHERE ${where}`,
    joins: [],
    subjects: people === '' ? [] : [people],
    distinct: row.subjects.length === 0,
  };
}
