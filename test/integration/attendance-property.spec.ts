import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { AttendanceMark } from '@unionhall/gatherings';
import { openHall, type Hall } from './gatherings-hall';

const KNOWN = 4;
const NEWCOMERS = 3;
const HOUR = 3_600_000;

interface Drawn {
  readonly who: number;
  readonly came: boolean;
  /** Seconds since the door opened. */
  readonly at: number;
}

/** Marks of two phones, cut into batches that arrive in an order of their own, some of them twice. */
const evening = fc.record({
  marks: fc.array(
    fc.record({
      who: fc.nat({ max: KNOWN + NEWCOMERS - 1 }),
      came: fc.boolean(),
      at: fc.integer({ min: 0, max: 3_000 }),
    }),
    { minLength: 1, maxLength: 12 },
  ),
  batches: fc.array(fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 6 }), {
    minLength: 1,
    maxLength: 6,
  }),
});

describe('marks made at the door', () => {
  let hall: Hall;
  beforeAll(async () => {
    hall = await openHall();
  });
  afterAll(() => hall.t.close());

  it('give the same attendance in whatever order and however often they arrive, newcomers too', async () => {
    const members = await hall.members(KNOWN);
    await fc.assert(
      fc.asyncProperty(evening, async ({ marks, batches }) => {
        const gatheringId = await hall.schedule();
        await hall.rows(
          `UPDATE gathering SET starts_at = app.now() - interval '2 hours', ends_at = app.now() WHERE id = $1 RETURNING id`,
          [gatheringId],
        );
        const newcomers = Array.from({ length: NEWCOMERS }, () => randomUUID());
        const people = [...members.map(({ memberId }) => memberId!), ...newcomers];
        const opened = Date.now() - HOUR;
        const entries = marks.map(({ who, came, at }: Drawn): AttendanceMark => {
          const person = { givenName: 'New', familyName: `Comer ${who}` };
          return {
            id: randomUUID(),
            memberId: people[who]!,
            status: came ? 'attended' : 'no_show',
            at: new Date(opened + at * 1_000),
            ...(who < KNOWN ? {} : { person }),
          };
        });
        const arrivals = [
          ...batches.map((picks) => picks.map((pick) => entries[pick % entries.length]!)),
          entries,
        ];
        for (const batch of arrivals) {
          const once = [...new Map(batch.map((entry) => [entry.id, entry])).values()];
          await hall.attendance.take(hall.organizer, { gatheringId, entries: once });
        }

        const expected = new Map<string, AttendanceMark>();
        for (const entry of entries) {
          const standing = expected.get(entry.memberId);
          const later =
            standing === undefined ||
            entry.at > standing.at ||
            (+entry.at === +standing.at && entry.id > standing.id);
          if (later) expected.set(entry.memberId, entry);
        }
        const stands = await hall.rows<{ member_id: string; status: string }>(
          `SELECT member_id, status FROM attendance WHERE gathering_id = $1`,
          [gatheringId],
        );
        expect(new Map(stands.map((row) => [row.member_id, row.status]))).toEqual(
          new Map([...expected].map(([id, { status }]) => [id, status])),
        );
        const [met] = await hall.rows<{ n: number }>(
          `SELECT count(*)::int AS n FROM member WHERE id = ANY($1::uuid[])`,
          [newcomers],
        );
        expect(met!.n).toBe(newcomers.filter((id) => expected.has(id)).length);
      }),
      { numRuns: 40 },
    );
  });
});
