/** One cell of a registered table: how many distinct people it counts. */
export interface CountedCell {
  readonly key: string;
  readonly people: number;
}

/** A table as it is shown: `undefined` is suppressed. Without a total the whole table is withheld. */
export interface ShownTable {
  readonly total: number | undefined;
  readonly cells: ReadonlyMap<string, number | undefined>;
}

/** The fewest people a shown count may stand for (docs: partners). */
export const K = 11;

/**
 * Shows a table of counts without giving away a small group: cells of 1 to k-1 people are hidden, and
 * as long as the hidden ones could be worked out from the total, the smallest shown cell is hidden too.
 * A total below k is withheld with the whole table. Empty cells are shown as 0 and protect nobody.
 * After Hundepool et al., Statistical Disclosure Control (2012), ch. 4.
 */
export function suppress(cells: readonly CountedCell[], k = K): ShownTable {
  const total = cells.reduce((sum, cell) => sum + cell.people, 0);
  if (total < k) return { total: undefined, cells: new Map(cells.map(({ key }) => [key, undefined])) };
  const hidden = new Set(cells.filter(({ people }) => people > 0 && people < k).map(({ key }) => key));
  const shown = cells
    .filter(({ key, people }) => people >= k && !hidden.has(key))
    .sort((a, b) => a.people - b.people || (a.key < b.key ? -1 : 1));
  while (hidden.size > 0 && !isProtected(cells, hidden, k)) {
    const next = shown.shift();
    if (next === undefined)
      return { total: undefined, cells: new Map(cells.map(({ key }) => [key, undefined])) };
    hidden.add(next.key);
  }
  return {
    total,
    cells: new Map(cells.map(({ key, people }) => [key, hidden.has(key) ? undefined : people])),
  };
}

/**
 * What a reader can work out of hidden cells: the least and the most that each may be, given the
 * total and the shown cells. With one sum over them this is exact.
 */
export function bounds(table: ShownTable): ReadonlyMap<string, readonly [number, number]> {
  if (table.total === undefined) return new Map();
  const hidden = [...table.cells].filter(([, people]) => people === undefined).map(([key]) => key);
  const rest = [...table.cells.values()].reduce<number>((left, people) => left - (people ?? 0), table.total);
  return new Map(
    hidden.map((key) => [key, [hidden.length === 1 ? rest : 1, rest - (hidden.length - 1)] as const]),
  );
}

/** Every hidden cell could be k people or more, and is not known exactly. */
function isProtected(cells: readonly CountedCell[], hidden: ReadonlySet<string>, k: number): boolean {
  const rest = cells.reduce((sum, { key, people }) => sum + (hidden.has(key) ? people : 0), 0);
  return hidden.size > 1 && rest - (hidden.size - 1) >= k;
}

/** How many people at least came or went between two countings of a table. */
export function changed(before: readonly CountedCell[], after: readonly CountedCell[]): number {
  const old = new Map(before.map(({ key, people }) => [key, people]));
  let sum = 0;
  for (const { key, people } of after) {
    sum += Math.abs(people - (old.get(key) ?? 0));
    old.delete(key);
  }
  for (const people of old.values()) sum += people;
  return sum;
}
