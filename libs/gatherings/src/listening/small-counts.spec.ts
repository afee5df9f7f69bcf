import fc from 'fast-check';
import { shown, shownParts } from './small-counts';

const K = 11;
const parts = fc
  .array(fc.integer({ min: 0, max: 40 }), { maxLength: 12 })
  .map((all) => all.map((persons, index) => ({ name: `p${index}`, persons })));

describe('small counts', () => {
  it('are hidden below the limit; nought and the limit itself are shown', () => {
    expect([0, 1, 10, 11, 12].map((n) => shown(n, K))).toEqual([0, null, null, 11, 12]);
    expect(shown(3, 0)).toBe(3);
  });

  it('cannot be had by taking the other parts from the total', () => {
    fc.assert(
      fc.property(parts, (all) => {
        const given = shownParts(all, K);
        const hidden = all.filter((_one, index) => given[index]!.suppressed);
        for (const [index, one] of given.entries()) {
          if (one.persons !== null) expect(one.persons).toBe(all[index]!.persons);
          if (one.persons !== null && one.persons > 0) expect(one.persons).toBeGreaterThanOrEqual(K);
        }
        const everything = all.every(({ persons }, index) => persons === 0 || given[index]!.suppressed);
        if (hidden.length > 0 && !everything) {
          expect(hidden.length).toBeGreaterThanOrEqual(2);
          expect(hidden.reduce((sum, { persons }) => sum + persons, 0)).toBeGreaterThanOrEqual(K);
        }
      }),
    );
  });

  it('are all shown to whoever may see them', () => {
    fc.assert(
      fc.property(parts, (all) => {
        expect(shownParts(all, 0).map(({ persons }) => persons)).toEqual(all.map(({ persons }) => persons));
      }),
    );
  });
});
