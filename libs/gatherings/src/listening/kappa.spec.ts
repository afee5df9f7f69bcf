import fc from 'fast-check';
import { agreedShare, cohensKappa, decisionsByTheme, pooled, type Decisions } from './kappa';

const tally = fc.record({
  both: fc.nat(500),
  first: fc.nat(500),
  second: fc.nat(500),
  neither: fc.nat(500),
});

/** The definition as Cohen wrote it: (p_o - p_e) / (1 - p_e). */
function naive({ both, first, second, neither }: Decisions): number {
  const n = both + first + second + neither;
  const observed = (both + neither) / n;
  const expected =
    ((both + first) / n) * ((both + second) / n) + ((neither + second) / n) * ((neither + first) / n);
  return (observed - expected) / (1 - expected);
}

describe("Cohen's kappa", () => {
  it('gives the figures of a known table', () => {
    expect(cohensKappa({ both: 20, first: 5, second: 10, neither: 15 })).toBeCloseTo(0.4, 12);
    expect(cohensKappa({ both: 45, first: 15, second: 25, neither: 15 })).toBeCloseTo(0.1304, 4);
    expect(cohensKappa({ both: 25, first: 35, second: 5, neither: 35 })).toBeCloseTo(0.2593, 4);
  });

  it('is not defined when nothing was decided, or when chance alone agrees always', () => {
    expect(cohensKappa({ both: 0, first: 0, second: 0, neither: 0 })).toBeNull();
    expect(cohensKappa({ both: 7, first: 0, second: 0, neither: 0 })).toBeNull();
    expect(cohensKappa({ both: 0, first: 0, second: 0, neither: 7 })).toBeNull();
  });

  it('is the definition, stays within -1 and 1, and is the same whichever coder comes first', () => {
    fc.assert(
      fc.property(tally, (given) => {
        const kappa = cohensKappa(given);
        expect(cohensKappa({ ...given, first: given.second, second: given.first })).toBe(kappa);
        if (kappa === null) {
          expect(given.first + given.second).toBe(0);
          expect(given.both * given.neither).toBe(0);
          return;
        }
        expect(kappa).toBeCloseTo(naive(given), 9);
        expect(kappa).toBeGreaterThanOrEqual(-1);
        expect(kappa).toBeLessThanOrEqual(1);
        if (given.first + given.second === 0) expect(kappa).toBe(1);
      }),
    );
  });

  it('does not change with a testimony counted many times over', () => {
    fc.assert(
      fc.property(tally, fc.integer({ min: 2, max: 9 }), (given, times) => {
        const more = pooled(Array.from({ length: times }, () => given));
        const kappa = cohensKappa(given);
        if (kappa === null) expect(cohensKappa(more)).toBeNull();
        else expect(cohensKappa(more)).toBeCloseTo(kappa, 9);
      }),
    );
  });
});

describe('decisions of two coders', () => {
  const theme = fc.constantFrom<string>('a', 'b', 'c', 'd');
  const coded = fc.array(fc.record({ first: fc.uniqueArray(theme), second: fc.uniqueArray(theme) }));

  it('are one for each testimony and theme that anybody found', () => {
    fc.assert(
      fc.property(coded, (all) => {
        const by = decisionsByTheme(all);
        for (const [name, one] of by) {
          expect(one.both + one.first + one.second + one.neither).toBe(all.length);
          expect(one.both + one.first).toBe(all.filter(({ first }) => first.includes(name)).length);
          expect(one.both + one.second).toBe(all.filter(({ second }) => second.includes(name)).length);
        }
        const share = agreedShare(pooled(by.values()));
        const same = all.every(({ first, second }) => [...first].sort().join() === [...second].sort().join());
        if (share !== null) expect(share === 1).toBe(same);
      }),
    );
  });
});
