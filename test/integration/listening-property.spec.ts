import fc from 'fast-check';
import { openRoom, type Room } from './listening-room';

type Step =
  | { readonly kind: 'say'; readonly themes: readonly number[]; readonly speaker: number }
  | { readonly kind: 'merge'; readonly from: number; readonly into: number }
  | { readonly kind: 'split'; readonly theme: number; readonly both: boolean }
  | { readonly kind: 'withdraw'; readonly nth: number };

const at = fc.nat(5);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('say' as const),
      themes: fc.uniqueArray(at, { maxLength: 3 }),
      speaker: fc.nat(3),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('merge' as const), from: at, into: at }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('split' as const), theme: at, both: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('withdraw' as const), nth: fc.nat(20) }) },
);

/** What was said, as a person with a pencil would keep it: each testimony with the names of its themes. */
interface Kept {
  readonly id: string;
  readonly person: string;
  themes: Set<string>;
}

describe('themes, whatever is merged, split and withdrawn', () => {
  let room: Room;
  let run = 0;
  beforeAll(async () => {
    room = await openRoom();
  });
  afterAll(() => room.t.close());

  it('count each person once, and only those whose testimony stands', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), async (steps) => {
        run += 1;
        const speakers = await room.members(3, room.city);
        const active: string[] = [];
        for (let n = 0; n < 6; n++) active.push(await room.theme(`${run}.${n}`));
        let kept: Kept[] = [];
        const mine = new Set(active);
        const pick = (index: number): string => active[index % active.length]!;
        for (const [nth, one] of steps.entries()) {
          if (one.kind === 'say') {
            const themes = [...new Set(one.themes.map(pick))];
            const memberId = speakers[one.speaker]?.memberId ?? null;
            const id = await room.say({ memberId });
            await room.settle(id, ...themes);
            kept.push({ id, person: memberId ?? id, themes: new Set(themes) });
          } else if (one.kind === 'merge') {
            const [from, into] = [pick(one.from), pick(one.into)];
            if (from === into) continue;
            await room.themes.merge(room.ana, { themeId: from, intoId: into });
            active.splice(active.indexOf(from), 1);
            for (const { themes } of kept) if (themes.delete(from)) themes.add(into);
          } else if (one.kind === 'split') {
            const theme = pick(one.theme);
            const ids = kept.flatMap(({ id, themes }) => (themes.has(theme) ? [id] : []));
            const half = ids.filter((_id, index) => index % 2 === 0);
            const rest = one.both ? ids : ids.filter((id) => !half.includes(id));
            const made = await room.splits.split(room.ana, {
              themeId: theme,
              parts: [
                { name: `${run}.${nth}a`, testimonyIds: half },
                { name: `${run}.${nth}b`, testimonyIds: rest },
              ],
            });
            active.splice(active.indexOf(theme), 1, ...made.map(({ id }) => id));
            for (const { id } of made) mine.add(id);
            for (const { id, themes } of kept) {
              themes.delete(theme);
              if (half.includes(id)) themes.add(made[0]!.id);
              if (rest.includes(id)) themes.add(made[1]!.id);
            }
          } else if (kept.length > 0) {
            const gone = kept[one.nth % kept.length]!;
            await room.testimony.withdraw(room.ana, gone.id);
            kept = kept.filter((other) => other !== gone);
          }
        }
        const expected: Record<string, number> = {};
        for (const theme of active) {
          const people = new Set(kept.flatMap(({ person, themes }) => (themes.has(theme) ? [person] : [])));
          if (people.size > 0) expected[theme] = people.size;
        }
        const counted = (await room.counts.of(room.ana, room.region)).filter(({ themeId }) =>
          mine.has(themeId),
        );
        expect(Object.fromEntries(counted.map(({ themeId, persons }) => [themeId, persons]))).toEqual(
          expected,
        );
        const { nodes } = await room.pages.forCoders(room.ana, { gatheringId: room.session }, { first: 50 });
        for (const { id, themes } of kept)
          expect(
            nodes
              .find((one) => one.id === id)
              ?.themes.map((one) => one.id)
              .sort(),
          ).toEqual([...themes].sort());
      }),
      { numRuns: 60 },
    );
  });
});
