import { AppError } from '../errors/app-error';
import type { FieldDeclaration, FilterDeclaration, FilterOp, ScalarType } from './declare';
import { filterable } from './catalog';
import { decodeId } from './global-id';
import { gate, type Compilation, type Scope } from './scope';
import { entriesOf, type Input } from './selection';
import { expressionOf, type Run } from './sql';

const CASTS: Readonly<Record<ScalarType, string>> = {
  ID: 'uuid',
  String: 'text',
  Int: 'bigint',
  Float: 'float8',
  Boolean: 'boolean',
  Instant: 'timestamptz',
  Date: 'date',
  JSON: 'jsonb',
};

const OPERATORS: Readonly<Record<Exclude<FilterOp, 'isNull'>, (sql: string, value: string) => string>> = {
  eq: (sql, value) => `${sql} = ${value}`,
  in: (sql, value) => `${sql} = ANY(${value})`,
  gte: (sql, value) => `${sql} >= ${value}`,
  lt: (sql, value) => `${sql} < ${value}`,
  prefix: (sql, value) => `${sql} ^@ ${value}`,
};

/**
 * The conditions of a `filter` argument. Whoever may not read a field may not filter by it, and rows
 * whose field they may not read do not match.
 */
export function filterConditions(c: Compilation, scope: Scope, input: Input | undefined): string[] {
  if (input === undefined || input.now === null) return [];
  return entriesOf(input).flatMap(([name, value]) => {
    const path = `${scope.path}.filter.${name}`;
    const custom = scope.type.filters.get(name);
    if (custom !== undefined) return [customCondition(c, scope, custom, value, path)];
    const field = scope.type.fields.get(name);
    if (!filterable(field)) throw badFilter(path, 'There is no such filter.');
    if (value.now === null) throw badFilter(path, 'A filter cannot be null; leave it out.');
    const allowed = gate(c, field.policy, scope, path);
    const conditions = entriesOf(value).map(([op, operand]) =>
      fieldCondition(c, scope, field, op as FilterOp, operand, `${path}.${op}`),
    );
    return allowed === undefined ? conditions : [allowed, ...conditions];
  });
}

function fieldCondition(
  c: Compilation,
  scope: Scope,
  field: FieldDeclaration,
  op: FilterOp,
  input: Input,
  path: string,
): string {
  if (field.filter?.includes(op) !== true) throw badFilter(path, 'There is no such filter.');
  const sql = expressionOf(field.expression, scope.alias);
  if (op === 'isNull') {
    return `(${sql} IS NULL) = ${c.builder.param((run) => notNull(input.get(run), path), 'boolean')}`;
  }
  const cast = field.enumName === undefined ? CASTS[field.type] : 'text';
  const convert = converter(field, scope.type.name, path);
  if (op === 'in') {
    const list = (run: Run): unknown[] => (notNull(input.get(run), path) as unknown[]).map(convert);
    return OPERATORS.in(sql, c.builder.param(list, `${cast}[]`));
  }
  const value = c.builder.param((run) => convert(notNull(input.get(run), path)), cast);
  return OPERATORS[op](sql, value);
}

function customCondition(
  c: Compilation,
  scope: Scope,
  filter: FilterDeclaration,
  input: Input,
  path: string,
): string {
  const allowed = gate(c, filter.policy, scope, path);
  const convert = converter(filter, scope.type.name, path);
  const take = (run: Run): unknown => {
    const value = notNull(input.get(run), path);
    return filter.list === true ? (value as unknown[]).map(convert) : convert(value);
  };
  const expression = expressionOf(filter.sql, scope.alias);
  if (!/\$v\b/.test(expression)) throw new Error(`The filter ${path} does not use its value.`);
  const value = c.builder.param(take, filter.cast);
  const sql = expression.replaceAll(/\$v\b/g, () => value);
  return allowed === undefined ? sql : `(${allowed}) AND ${sql}`;
}

type Convertible = Pick<FieldDeclaration, 'type' | 'enumName' | 'idOf'>;

function converter(of: Convertible, owner: string, path: string): (value: unknown) => unknown {
  if (of.type === 'ID') return (value) => decodeId(of.idOf ?? owner, notNull(value, path), path);
  if (of.enumName !== undefined) return (value) => String(notNull(value, path)).toLowerCase();
  if (of.type === 'JSON') return (value) => JSON.stringify(value);
  return (value) => {
    const text = notNull(value, path);
    if (typeof text === 'string' && text.includes('\0')) throw badFilter(path, 'A text cannot hold a NUL.');
    return text;
  };
}

function notNull(value: unknown, path: string): unknown {
  if (value === null || value === undefined) throw badFilter(path, 'A filter cannot be null; leave it out.');
  return value;
}

const badFilter = (field: string, message: string): AppError =>
  new AppError('invalid', 'READ.BAD_FILTER', message, { field });
