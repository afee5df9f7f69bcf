import fc from 'fast-check';
import { minutesPresent, union } from './presence';

const interval = fc
  .tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: -5, max: 60 }))
  .map(([from, length]) => ({ from: from * 60_000, to: (from + length) * 60_000 }));
const intervals = fc.array(interval, { maxLength: 30 });

describe('presence', () => {
  it('counts each minute that lies in any stay exactly once', () => {
    fc.assert(
      fc.property(intervals, (stays) => {
        let minutes = 0;
        for (let minute = 0; minute < 400; minute++) {
          if (stays.some(({ from, to }) => from <= minute * 60_000 && minute * 60_000 < to)) minutes++;
        }
        expect(minutesPresent(stays)).toBe(minutes);
      }),
    );
  });

  it('does not depend on the order of stays, nor on one being written twice', () => {
    fc.assert(
      fc.property(intervals, (stays) => {
        expect(union([...stays].reverse())).toEqual(union(stays));
        expect(union([...stays, ...stays])).toEqual(union(stays));
      }),
    );
  });

  it('gives stays in order that neither touch nor overlap', () => {
    fc.assert(
      fc.property(intervals, (stays) => {
        const merged = union(stays);
        merged.slice(1).forEach((one, index) => expect(one.from).toBeGreaterThan(merged[index]!.to));
      }),
    );
  });
});
