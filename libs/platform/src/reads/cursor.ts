import { AppError } from '../errors/app-error';

const SEPARATOR = '\u001f';
const SHAPES: Readonly<Record<string, RegExp>> = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  int: /^-?\d{1,10}$/,
  integer: /^-?\d{1,10}$/,
  bigint: /^-?\d{1,19}$/,
  boolean: /^(true|false)$/,
  date: /^\d{4,6}-\d\d-\d\d$/,
  timestamptz: /^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d){0,2}$/,
};

/**
 * SQL that gives a row's cursor: its order's name, its keyset values as PostgreSQL writes them and its
 * key, joined and in base64. Opaque to clients, cheap to make.
 */
export function cursorSql(
  order: string,
  keyset: readonly { readonly sql: string; readonly cast: string }[],
): string {
  const parts = keyset.map(({ sql, cast }) =>
    cast in SHAPES ? `${sql}::text` : `replace(replace(${sql}::text, '\\', '\\\\'), E'\\x1f', '\\s')`,
  );
  const joined = [`'${order}'`, ...parts].join(" || E'\\x1f' || ");
  return `replace(encode(convert_to(${joined}, 'UTF8'), 'base64'), E'\\n', '')`;
}

/**
 * The keyset values of a cursor.
 * @throws AppError READ.BAD_CURSOR for anything that this order did not give out.
 */
export function decodeCursor(
  cursor: unknown,
  order: string,
  casts: readonly string[],
  field: string,
): string[] {
  const values = typeof cursor === 'string' ? parse(cursor, order, casts) : undefined;
  if (values === undefined) throw badCursor(field);
  return values;
}

export const badCursor = (field: string): AppError =>
  new AppError('invalid', 'READ.BAD_CURSOR', 'This cursor was not given out by this list in this order.', {
    field,
  });

function parse(cursor: string, order: string, casts: readonly string[]): string[] | undefined {
  const bytes = Buffer.from(cursor, 'base64');
  if (bytes.length === 0 || bytes.toString('base64') !== cursor) return undefined;
  const text = bytes.toString('utf8');
  if (!Buffer.from(text, 'utf8').equals(bytes) || text.includes('\0')) return undefined;
  const [name, ...parts] = text.split(SEPARATOR);
  if (name !== order || parts.length !== casts.length) return undefined;
  const values: string[] = [];
  for (const [index, part] of parts.entries()) {
    const shape = SHAPES[casts[index]!];
    if (shape !== undefined && !shape.test(part)) return undefined;
    values.push(
      shape === undefined ? part.replaceAll(/\\([\\s])/g, (_, c) => (c === 's' ? SEPARATOR : '\\')) : part,
    );
  }
  return values;
}
