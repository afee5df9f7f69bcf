import type { FieldNode } from 'graphql';
import { AppError } from '../errors/app-error';
import { decodeCursor } from './cursor';
import { gate, forbidden, type Compilation, type Scope } from './scope';
import { argument, type Input } from './selection';
import { expressionOf, identifier } from './sql';

export interface KeyPart {
  readonly sql: string;
  readonly cast: string;
  readonly desc: boolean;
}

/** The part of a list that a field asks for. */
export interface Page {
  /** Names the order, inside its type: what a cursor must carry. */
  readonly name: string;
  readonly size: number;
  readonly backward: boolean;
  readonly keyset: (alias: string) => readonly KeyPart[];
  /** Placeholders of the cursors given. */
  readonly after: readonly string[] | undefined;
  readonly before: readonly string[] | undefined;
  /** ` AND …`: the rows between the cursors. */
  readonly within: string;
}

/**
 * Reads `first`, `after`, `last`, `before` and `orderBy`.
 * @throws AppError READ.BAD_PAGE, READ.BAD_CURSOR, FORBIDDEN (an order by what may not be read).
 */
export function pageOf(c: Compilation, scope: Scope, node: FieldNode): Page {
  const given = (name: string): Input | undefined => {
    const input = argument(node, name, c.variables);
    return input === undefined || input.now === null ? undefined : input;
  };
  const first = given('first')?.now;
  const last = given('last')?.now;
  if (first !== undefined && last !== undefined) {
    throw badPage(`${scope.path}.last`, 'Give first or last, not both.');
  }
  const { declaration } = scope.type;
  const name = String(given('orderBy')?.now ?? declaration.defaultOrder);
  const order = declaration.orders[name];
  if (order === undefined) throw badPage(`${scope.path}.orderBy`, 'There is no such order.');
  const path = `${scope.path}.orderBy`;
  if (gate(c, order.policy, scope, path) !== undefined) throw forbidden(path);
  const keyset = (alias: string): KeyPart[] => {
    const parts = order.by.map(({ expression, cast, desc = false }) => ({
      sql: expressionOf(expression, alias),
      cast,
      desc,
    }));
    const tie = {
      sql: `${alias}.${identifier(scope.type.key)}`,
      cast: 'uuid',
      desc: parts.at(-1)?.desc ?? false,
    };
    return [...parts, tie];
  };
  const here = keyset(scope.alias);
  const fullName = `${scope.type.name}.${name}`;
  const after = cursor(c, given('after'), fullName, here, `${scope.path}.after`);
  const before = cursor(c, given('before'), fullName, here, `${scope.path}.before`);
  const within = [
    after === undefined ? '' : ` AND ${beyond(here, after, true)}`,
    before === undefined ? '' : ` AND ${beyond(here, before, false)}`,
  ].join('');
  const size = sizeOf(c, first ?? last, `${scope.path}.${last === undefined ? 'first' : 'last'}`);
  return {
    name: fullName,
    size,
    backward: last !== undefined,
    keyset,
    after,
    before,
    within,
  };
}

/** The rows strictly behind (or ahead of) a cursor: a row comparison, which an index can answer. */
export function beyond(keyset: readonly KeyPart[], values: readonly string[], behind: boolean): string {
  const operator = (part: KeyPart): string => (part.desc === behind ? '<' : '>');
  if (keyset.every((part) => part.desc === keyset[0]!.desc)) {
    return `(${keyset.map((part) => part.sql).join(', ')}) ${operator(keyset[0]!)} (${values.join(', ')})`;
  }
  const [head, ...rest] = keyset;
  const [value, ...others] = values;
  const strictly = `${head!.sql} ${operator(head!)} ${value!}`;
  if (rest.length === 0) return strictly;
  const tie = beyond(rest, others, behind);
  return `(${head!.sql} ${operator(head!)}= ${value!} AND (${strictly} OR ${tie}))`;
}

export const orderBy = (keyset: readonly KeyPart[], backward: boolean): string =>
  keyset.map((part) => (part.desc === backward ? part.sql : `${part.sql} DESC`)).join(', ');

function cursor(
  c: Compilation,
  input: Input | undefined,
  order: string,
  keyset: readonly KeyPart[],
  path: string,
): string[] | undefined {
  if (input === undefined) return undefined;
  c.found.cursors = true;
  const casts = keyset.map((part) => part.cast);
  return keyset.map((part, index) =>
    c.builder.param((run) => decodeCursor(input.get(run), order, casts, path)[index], part.cast),
  );
}

function sizeOf(c: Compilation, given: unknown, path: string): number {
  if (given === undefined) return c.pageSize.usual;
  if (typeof given !== 'number' || !Number.isInteger(given) || given < 0) {
    const size = Number(given);
    if (!Number.isInteger(size) || size < 0) throw badPage(path, 'A page size is a whole number from 0.');
    return sizeOf(c, size, path);
  }
  if (given > c.pageSize.most) {
    throw badPage(path, `A page holds at most ${c.pageSize.most}.`, {
      most: c.pageSize.most,
    });
  }
  return given;
}

const badPage = (field: string, message: string, details?: Record<string, unknown>): AppError =>
  new AppError('invalid', 'READ.BAD_PAGE', message, { field, details });
