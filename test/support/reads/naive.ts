import { childrenOf, type Model, type Row, type Table } from './model';

interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
  readonly orderBy?: string | null;
  readonly filter?: Filter | null;
}
interface Filter {
  readonly label?: { eq?: string; in?: string[]; prefix?: string };
  readonly amount?: { gte?: number; lt?: number; isNull?: boolean };
  readonly kind?: { eq?: string; in?: string[] };
  readonly longer?: number;
}
type Key = readonly (string | number)[];

const bytes = (left: string, right: string): number => Buffer.compare(Buffer.from(left), Buffer.from(right));
const escape = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\u001f', '\\s');

/** The simplest thing that gives the right answers: filters and sorts arrays, for graphql-js to walk. */
export function naiveRoots(model: Model, owner: number): Record<string, unknown> {
  const { rows: rowRule, fields: fieldRule } = model.policies;
  const visible = (table: Table): Row[] =>
    table.rows.filter((row) => rowRule === 'all' || row.owner === owner);

  const amount = (row: Row): number | null => {
    if (fieldRule === 'none') throw new Error('FORBIDDEN');
    return fieldRule === 'all' || row.owner === owner ? row.amount : null;
  };

  const matches = (row: Row, filter: Filter): boolean => {
    const { label, amount: sum, kind, longer } = filter;
    if (sum != null) {
      if (fieldRule === 'none') throw new Error('FORBIDDEN');
      if (fieldRule === 'owner' && row.owner !== owner) return false;
      if (sum.isNull != null && (row.amount === null) !== sum.isNull) return false;
      if (sum.gte != null && (row.amount === null || row.amount < sum.gte)) return false;
      if (sum.lt != null && (row.amount === null || row.amount >= sum.lt)) return false;
    }
    if (label?.eq != null && row.label !== label.eq) return false;
    if (label?.in != null && !label.in.includes(row.label)) return false;
    if (label?.prefix != null && !row.label.startsWith(label.prefix)) return false;
    if (kind?.eq != null && row.kind.toUpperCase() !== kind.eq) return false;
    if (kind?.in != null && !kind.in.includes(row.kind.toUpperCase())) return false;
    return longer == null || Buffer.byteLength(row.label) > longer;
  };

  const keyOf = (order: string, row: Row): Key => {
    const sum = row.amount ?? 0;
    return order === 'LABEL'
      ? [row.label, row.id]
      : order === 'AMOUNT'
        ? [sum, row.id]
        : [sum, row.label, row.id];
  };
  const directions = (order: string): number[] =>
    order === 'LABEL' ? [1, 1] : order === 'AMOUNT' ? [-1, -1] : [-1, 1, 1];
  const compareRows =
    (order: string) =>
    (left: Row, right: Row): number => {
      const rightKey = keyOf(order, right);
      for (const [index, value] of keyOf(order, left).entries()) {
        const other = rightKey[index]!;
        const difference =
          typeof value === 'number' ? value - (other as number) : bytes(value, other as string);
        if (difference !== 0) return difference * directions(order)[index]!;
      }
      return 0;
    };

  const object = (table: Table, row: Row): Record<string, unknown> => ({
    __typename: table.type,
    id: `${table.type}_${row.id}`,
    label: row.label,
    amount: () => amount(row),
    kind: row.kind.toUpperCase(),
    parent: () => {
      const parents = model.tables[table.parent]!;
      const found = visible(parents).find((one) => one.id === row.parent);
      return found === undefined ? null : object(parents, found);
    },
    ...Object.fromEntries(
      childrenOf(model, table.type).flatMap((child) => {
        const own = (): Row[] => visible(child).filter((one) => one.parent === row.id);
        return [
          [`kids${child.type}`, (given: PageArguments) => connection(child, own(), given)],
          [`count${child.type}`, () => own().length],
        ];
      }),
    ),
  });

  const connection = (table: Table, all: Row[], given: PageArguments): unknown => {
    if (given.filter?.amount != null && fieldRule === 'none') throw new Error('FORBIDDEN');
    const order = given.orderBy ?? 'LABEL';
    const sorted = all
      .filter((row) => given.filter == null || matches(row, given.filter))
      .sort(compareRows(order));
    const size = given.last ?? given.first ?? 20;
    const page = given.last == null ? sorted.slice(0, size) : size === 0 ? [] : sorted.slice(-size);
    const more = sorted.length > size;
    const cursor = (row: Row): string => {
      const parts = keyOf(order, row).map((part) => (typeof part === 'number' ? String(part) : escape(part)));
      return Buffer.from([`${table.type}.${order}`, ...parts].join('\u001f')).toString('base64');
    };
    return {
      nodes: page.map((row) => object(table, row)),
      edges: page.map((row) => ({
        cursor: cursor(row),
        node: object(table, row),
      })),
      totalCount: sorted.length,
      pageInfo: {
        hasNextPage: given.last == null && more,
        hasPreviousPage: given.last != null && more,
        startCursor: page.length === 0 ? null : cursor(page[0]!),
        endCursor: page.length === 0 ? null : cursor(page.at(-1)!),
      },
    };
  };

  const byId = (table: Table, id: string): unknown => {
    const row = visible(table).find((one) => `${table.type}_${one.id}` === id);
    return row === undefined ? null : object(table, row);
  };

  return {
    node: ({ id }: { id: string }) =>
      byId(
        model.tables.find((table) => id.startsWith(`${table.type}_`))!,
        id,
      ),
    ...Object.fromEntries(
      model.tables.flatMap((table) => [
        [`all${table.type}`, (given: PageArguments) => connection(table, visible(table), given)],
        [`one${table.type}`, ({ id }: { id: string }) => byId(table, id)],
      ]),
    ),
  };
}
