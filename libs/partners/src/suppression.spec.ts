import * as fc from 'fast-check';
import { bounds, changed, K, suppress, type CountedCell } from './suppression';

const cell = (key: string, people: number): CountedCell => ({ key, people });

describe('suppress', () => {
  it('shows a table in which every cell is large enough', () => {
    const table = suppress([cell('a', 11), cell('b', 40), cell('c', 0)]);
    expect(table.total).toBe(51);
    expect([...table.cells.values()]).toEqual([11, 40, 0]);
  });

  it('hides a second cell, so that a lone small one cannot be taken from the total', () => {
    const table = suppress([cell('a', 3), cell('b', 40), cell('c', 15)]);
    expect(table.total).toBe(58);
    expect(Object.fromEntries(table.cells)).toEqual({ a: undefined, b: 40, c: undefined });
  });

  it('withholds a table of fewer than k people altogether', () => {
    const table = suppress([cell('a', 5), cell('b', 5)]);
    expect(table.total).toBeUndefined();
    expect([...table.cells.values()]).toEqual([undefined, undefined]);
  });

  it('never lets a hidden cell be worked out, nor shows one of fewer than k people', () => {
    const tables = fc.array(fc.nat(60), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(tables, (counts) => {
        const cells = counts.map((people, index) => cell(`c${index}`, people));
        const table = suppress(cells);
        for (const people of table.cells.values())
          expect(people === undefined || people === 0 || people >= K).toBe(true);
        for (const [key, [least, most]] of bounds(table)) {
          const real = cells.find((one) => one.key === key)!.people;
          expect(least <= real && real <= most).toBe(true);
          expect(most).toBeGreaterThanOrEqual(K);
          expect(least).toBeLessThan(most);
        }
      }),
    );
  });
});

describe('changed', () => {
  it('counts those who came and those who went', () => {
    expect(changed([cell('a', 20), cell('b', 5)], [cell('a', 18), cell('c', 4)])).toBe(11);
  });
});
