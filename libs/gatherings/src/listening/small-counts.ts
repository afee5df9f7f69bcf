/** Fewer persons than this are not shown to organizers who do not code. */
export const FEW = 11;
/** Fewer than this are not shown to the public (and to partners): testimony asks for more. */
export const FEW_IN_PUBLIC = 20;

export interface Cell {
  readonly name: string;
  readonly persons: number;
}

/** A count that may be hidden: null, and `suppressed` says so. */
export interface Shown {
  readonly name: string;
  readonly persons: number | null;
  readonly suppressed: boolean;
}

/** One count, hidden when it is above nought and below `k`. */
export const shown = (persons: number, k: number): number | null =>
  persons > 0 && persons < k ? null : persons;

/**
 * The parts of a total that may be shown. What is small is hidden; and since the total stands beside
 * them, the next smallest is hidden too until those that are hidden hold at least `k` persons and are
 * at least two: nobody gets at a small part by taking the others from the total.
 * @param k the fewest persons that are shown; 0 shows everything.
 */
export function shownParts(parts: readonly Cell[], k: number): Shown[] {
  const hidden = new Set(parts.filter(({ persons }) => shown(persons, k) === null));
  if (hidden.size > 0) {
    const rest = parts
      .filter((one) => !hidden.has(one) && one.persons > 0)
      .sort((a, b) => a.persons - b.persons);
    const held = (): number => [...hidden].reduce((sum, { persons }) => sum + persons, 0);
    while (rest.length > 0 && (hidden.size < 2 || held() < k)) hidden.add(rest.shift()!);
  }
  return parts.map((one) => ({
    name: one.name,
    persons: hidden.has(one) ? null : one.persons,
    suppressed: hidden.has(one),
  }));
}
