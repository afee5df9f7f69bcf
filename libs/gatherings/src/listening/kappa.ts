/** How two coders decided on one theme, over some testimonies. */
export interface Decisions {
  /** Both found it. */
  readonly both: number;
  /** The first alone found it. */
  readonly first: number;
  /** The second alone found it. */
  readonly second: number;
  /** Neither found it. */
  readonly neither: number;
}

/**
 * Cohen's kappa: the agreement of two coders beyond what chance gives, from -1 to 1 (J. Cohen, "A
 * coefficient of agreement for nominal scales", Educational and Psychological Measurement 20, 1960).
 * @returns null where it is not defined: nothing was decided, or chance alone agrees always (both
 *   coders always say the same).
 */
export function cohensKappa({ both, first, second, neither }: Decisions): number | null {
  const n = both + first + second + neither;
  if (n === 0) return null;
  // Over n² instead of n, in whole numbers: expected agreement is exactly 1 or it is not.
  const chance = (both + first) * (both + second) + (neither + second) * (neither + first);
  if (chance === n * n) return null;
  return ((both + neither) * n - chance) / (n * n - chance);
}

/** The share of decisions that were the same, from 0 to 1; null when there were none. */
export function agreedShare({ both, first, second, neither }: Decisions): number | null {
  const n = both + first + second + neither;
  return n === 0 ? null : (both + neither) / n;
}

/** The decisions on each theme that anybody found, from what both found in each testimony. */
export function decisionsByTheme(
  coded: readonly { readonly first: readonly string[]; readonly second: readonly string[] }[],
): Map<string, Decisions> {
  const themes = new Set(coded.flatMap(({ first, second }) => [...first, ...second]));
  return new Map(
    [...themes].map((theme) => {
      const tally = { both: 0, first: 0, second: 0, neither: 0 };
      for (const one of coded) {
        const found = [one.first.includes(theme), one.second.includes(theme)];
        tally[found[0] ? (found[1] ? 'both' : 'first') : found[1] ? 'second' : 'neither'] += 1;
      }
      return [theme, tally];
    }),
  );
}

/** All decisions together, as if on one theme. */
export function pooled(all: Iterable<Decisions>): Decisions {
  const sum = { both: 0, first: 0, second: 0, neither: 0 };
  for (const one of all) {
    sum.both += one.both;
    sum.first += one.first;
    sum.second += one.second;
    sum.neither += one.neither;
  }
  return sum;
}
