import fc from 'fast-check';
import { GraceService, PlacesService, type RsvpAnswer } from '@unionhall/gatherings';
import type { Actor } from '@unionhall/identity';
import { openHall, refusalOf, type Hall } from './gatherings-hall';

const HOUR = 3_600_000;
let hall: Hall;
let places: PlacesService;
let grace: GraceService;
beforeAll(async () => {
  hall = await openHall();
  places = new PlacesService(hall.t.db, hall.outbox, hall.rsvps);
  grace = new GraceService(hall.t.db, hall.outbox);
  // What the module subscribes: an answer or a change may free a place.
  for (const event of ['rsvp.changed', 'gathering.changed'])
    hall.outbox.subscribe({
      name: `test.waitlist-on-${event}`,
      event,
      handle: async (em, { payload }) => void (await hall.rsvps.promote(em, String(payload['gatheringId']))),
    });
});
beforeEach(() => {
  hall.t.clock.offsetMs = 0;
});
afterAll(() => hall.t.close());

interface Standing {
  readonly memberId: string;
  readonly status: string;
  readonly guests: number;
  readonly held: boolean;
  readonly requested: boolean;
}
const standing = (gatheringId: string): Promise<Standing[]> =>
  hall.rows<Standing>(
    `SELECT member_id AS "memberId", status, guests, offer_expires_at IS NOT NULL AS held, requested_at IS NOT NULL AS requested
     FROM rsvp WHERE gathering_id = $1 ORDER BY at, id`,
    [gatheringId],
  );
const counts = async (
  id: string,
): Promise<{ going: number; held: number; waiting: number; capacity: number }> =>
  (
    await hall.rows<{ going: number; held: number; waiting: number; capacity: number }>(
      `SELECT going_count AS going, held_count AS held, waitlisted_count AS waiting, capacity FROM gathering WHERE id = $1`,
      [id],
    )
  )[0]!;
const answer = (
  who: Actor,
  gatheringId: string,
  status: RsvpAnswer = 'going',
  guests = 0,
): Promise<unknown> => hall.rsvps.answer(who, { gatheringId, status, guests });
const statusOf = async (id: string, who: Actor): Promise<Standing> =>
  (await standing(id)).find(({ memberId }) => memberId === who.memberId)!;

describe('places', () => {
  it('are given exactly as often as there are some, to 500 who ask at once', async () => {
    const id = await hall.schedule({ capacity: 20 });
    const people = await hall.members(500);
    await Promise.all(people.map((who) => answer(who, id)));
    expect(await counts(id)).toMatchObject({ going: 20, waiting: 480, held: 0 });
    const rows = await standing(id);
    expect(rows.slice(0, 20).every(({ status }) => status === 'going')).toBe(true);
    expect(rows.slice(20).every(({ status }) => status === 'waitlisted')).toBe(true);
  });

  it('are taken by guests too, and a party that does not fit waits in its turn', async () => {
    const id = await hall.schedule({ capacity: 4, guestsAllowed: 2 });
    const [a, b, c] = (await hall.members(3)) as [Actor, Actor, Actor];
    await answer(a, id, 'going', 2);
    await answer(b, id, 'going', 1);
    await answer(c, id);
    expect(await counts(id)).toMatchObject({ going: 3, waiting: 2 });
    expect(await refusalOf(answer(a, id, 'going', 3))).toBe('RSVP.GUESTS');
    await answer(a, id, 'going', 1);
    await hall.outbox.relay();
    expect(await counts(id)).toMatchObject({ going: 4, waiting: 1 });
    expect(await statusOf(id, b)).toMatchObject({ status: 'going', guests: 1 });
    expect(await refusalOf(answer(a, id, 'going', 2))).toBe('RSVP.NO_PLACE_FOR_GUESTS');
    expect(await statusOf(id, a)).toMatchObject({ status: 'going', guests: 1 });
  });

  it('are offered in order, held until the offer ends, and then offered to whoever is next', async () => {
    const id = await hall.schedule({ capacity: 1, offerHours: 24 });
    const [a, b, c] = (await hall.members(3)) as [Actor, Actor, Actor];
    for (const who of [a, b, c]) await answer(who, id);
    await answer(a, id, 'cancelled');
    await hall.outbox.relay();
    expect(await counts(id)).toMatchObject({ going: 0, held: 1, waiting: 2 });
    expect((await statusOf(id, b)).held).toBe(true);
    const [late] = (await hall.members(1)) as [Actor];
    await answer(late, id);
    expect(await statusOf(id, late)).toMatchObject({ status: 'waitlisted', held: false });
    const other = await hall.schedule({ capacity: 2, offerHours: 24 });
    for (const who of [a, b, c]) await answer(who, other);
    await answer(a, other, 'cancelled');
    await hall.outbox.relay();
    expect(await refusalOf(hall.gatherings.update(hall.organizer, { gatheringId: other, capacity: 1 }))).toBe(
      'GATHERING.CAPACITY_TAKEN',
    );
  });

  it('that nobody takes in time go to the next, and taking one is saying that one comes', async () => {
    const id = await hall.schedule({ capacity: 1, offerHours: 24 });
    const [a, b, c] = (await hall.members(3)) as [Actor, Actor, Actor];
    for (const who of [a, b, c]) await answer(who, id);
    await answer(a, id, 'declined');
    await hall.outbox.relay();
    hall.t.clock.offsetMs = 23 * HOUR;
    await places.sweep();
    expect((await statusOf(id, b)).held).toBe(true);
    hall.t.clock.offsetMs = 24 * HOUR + 60_000;
    await places.sweep();
    expect(await statusOf(id, b)).toMatchObject({ status: 'declined', held: false });
    expect(await statusOf(id, c)).toMatchObject({ status: 'waitlisted', held: true });
    await answer(c, id);
    expect(await counts(id)).toMatchObject({ going: 1, held: 0, waiting: 0 });
  });

  it('go to whoever is next at once when a gathering is near, and no offer outlives its start', async () => {
    const near = await hall.schedule({ capacity: 1, offerHours: 48 });
    const [a, b] = (await hall.members(2)) as [Actor, Actor];
    for (const who of [a, b]) await answer(who, near);
    const [{ at }] = (await hall.rows<{ at: Date }>(`SELECT starts_at AS at FROM gathering WHERE id = $1`, [
      near,
    ])) as [{ at: Date }];
    hall.t.clock.offsetMs = at.getTime() - 10 * HOUR - Date.now();
    await answer(a, near, 'cancelled');
    await hall.outbox.relay();
    const [offer] = await hall.rows<{ until: Date }>(
      `SELECT offer_expires_at AS until FROM rsvp WHERE gathering_id = $1 AND offer_expires_at IS NOT NULL`,
      [near],
    );
    expect(offer!.until).toEqual(new Date(at.getTime() - HOUR));
    const soon = await hall.schedule({ capacity: 1, offerHours: 48, startsAt: hall.inDays(9) });
    const [c, d] = (await hall.members(2)) as [Actor, Actor];
    for (const who of [c, d]) await answer(who, soon);
    const [second] = await hall.rows<{ at: Date }>(`SELECT starts_at AS at FROM gathering WHERE id = $1`, [
      soon,
    ]);
    hall.t.clock.offsetMs = second!.at.getTime() - 2 * HOUR - Date.now();
    await answer(c, soon, 'cancelled');
    await hall.outbox.relay();
    expect(await statusOf(soon, d)).toMatchObject({ status: 'going' });
  });

  it('by approval are given by somebody, who says why not', async () => {
    const id = await hall.schedule({ capacity: 1, admission: 'approval' });
    const [a, b, c] = (await hall.members(3)) as [Actor, Actor, Actor];
    for (const who of [a, b, c]) await answer(who, id);
    await hall.outbox.relay();
    expect(await counts(id)).toMatchObject({ going: 0, waiting: 3 });
    const ids = await hall.rows<{ id: string }>(
      `SELECT id FROM rsvp WHERE gathering_id = $1 ORDER BY at, id`,
      [id],
    );
    await places.approve(hall.organizer, ids[1]!.id);
    await places.approve(hall.organizer, ids[2]!.id);
    await places.refuse(hall.organizer, ids[0]!.id, 'This one is for workers.');
    await hall.outbox.relay();
    expect(await statusOf(id, b)).toMatchObject({ status: 'going' });
    expect(await statusOf(id, c)).toMatchObject({ status: 'waitlisted', requested: false });
    expect(await statusOf(id, a)).toMatchObject({ status: 'declined' });
    expect(await refusalOf(places.approve(hall.organizer, ids[0]!.id))).toBe('RSVP.NOT_REQUESTED');
    const facilitator = await hall.user('facilitator', hall.chapterId);
    expect(await refusalOf(places.approve(facilitator, ids[0]!.id))).toBe('AUTHZ.FORBIDDEN');
    await answer(b, id, 'cancelled');
    await hall.outbox.relay();
    expect(await statusOf(id, c)).toMatchObject({ status: 'going' });
  });

  it('by invitation are for the invited alone', async () => {
    const id = await hall.schedule({ admission: 'invitation' });
    const [a, b] = (await hall.members(2)) as [Actor, Actor];
    expect(await places.invite(hall.organizer, id, [a.memberId!])).toBe(1);
    expect(await places.invite(hall.organizer, id, [a.memberId!])).toBe(0);
    await answer(a, id);
    expect(await refusalOf(answer(b, id))).toBe('GATHERING.NOT_FOUND');
    await hall.rsvps.answerFor(hall.organizer, b.memberId!, { gatheringId: id, status: 'going' });
    expect(await counts(id)).toMatchObject({ going: 2 });
    expect(await refusalOf(hall.schedule({ admission: 'invitation', listed: true }))).toBe(
      'GATHERING.INVALID',
    );
    expect(await refusalOf(hall.gatherings.update(hall.organizer, { gatheringId: id, listed: true }))).toBe(
      'GATHERING.INVALID',
    );
  });

  const step = fc.oneof(
    fc.record({
      do: fc.constant('answer' as const),
      who: fc.nat(7),
      status: fc.constantFrom<RsvpAnswer>('going', 'going', 'going', 'maybe', 'declined', 'cancelled'),
      guests: fc.nat(2),
    }),
    fc.record({ do: fc.constant('resize' as const), capacity: fc.integer({ min: 1, max: 6 }) }),
    fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 30 }) }),
  );

  it('are never given or held more often than there are some, in order, and none stays free while somebody waits', async () => {
    const people = await hall.members(8);
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 25 }),
        fc.constantFrom(null, 12),
        fc.integer({ min: 1, max: 4 }),
        async (steps, offerHours, capacity) => {
          hall.t.clock.offsetMs = 0;
          const id = await hall.schedule({
            capacity,
            guestsAllowed: 2,
            offerHours,
            startsAt: hall.inDays(60),
          });
          for (const one of steps) {
            if (one.do === 'wait') hall.t.clock.offsetMs += one.hours * HOUR;
            else if (one.do === 'resize')
              await refusalOf(
                hall.gatherings.update(hall.organizer, { gatheringId: id, capacity: one.capacity }),
              );
            else await refusalOf(answer(people[one.who]!, id, one.status, one.guests));
            await check(id);
            await places.sweep();
            await hall.outbox.relay();
            await check(id);
            const now = await counts(id);
            const [next] = (await standing(id)).filter(
              ({ status, held }) => status === 'waitlisted' && !held,
            );
            const free = now.capacity - now.going - now.held;
            if (next !== undefined) expect(free).toBeLessThan(1 + next.guests);
          }
        },
      ),
      { numRuns: 100 },
    );
  }, 120_000);

  async function check(id: string): Promise<void> {
    const rows = await standing(id);
    const { going, held, waiting, capacity } = await counts(id);
    const sum = (some: readonly Standing[]): number => some.reduce((all, { guests }) => all + 1 + guests, 0);
    expect(going).toBe(sum(rows.filter(({ status }) => status === 'going')));
    expect(held).toBe(sum(rows.filter((row) => row.held)));
    expect(waiting).toBe(rows.filter(({ status }) => status === 'waitlisted').length);
    expect(going + held).toBeLessThanOrEqual(capacity);
  }
});

describe('when the grace time of a gathering ends', () => {
  const ended = async (over: object = {}): Promise<{ id: string; people: Actor[] }> => {
    const id = await hall.schedule(over);
    const people = await hall.members(3);
    for (const who of people) await answer(who, id);
    await hall.begin(id);
    await hall.attendance.take(hall.organizer, {
      gatheringId: id,
      entries: [
        {
          id: crypto.randomUUID(),
          memberId: people[0]!.memberId!,
          status: 'attended',
          at: new Date(Date.now() + hall.t.clock.offsetMs),
        },
      ],
    });
    return { id, people };
  };
  const books = (id: string): Promise<{ status: string; source: string }[]> =>
    hall.rows(`SELECT status, source FROM attendance WHERE gathering_id = $1 ORDER BY status, source`, [id]);

  it('whoever is unmarked becomes unknown, once, and not a moment before', async () => {
    const { id } = await ended();
    hall.t.clock.offsetMs += 48 * HOUR;
    await grace.settle();
    expect(await books(id)).toEqual([{ status: 'attended', source: 'door' }]);
    hall.t.clock.offsetMs += 2 * HOUR;
    await grace.settle();
    await grace.settle();
    expect(await books(id)).toEqual([
      { status: 'attended', source: 'door' },
      { status: 'unknown', source: 'system' },
      { status: 'unknown', source: 'system' },
    ]);
  });

  it('they are absent only where the union chose so', async () => {
    const { id } = await ended({ absentAfterGrace: true, graceHours: 1 });
    hall.t.clock.offsetMs += 4 * HOUR;
    await grace.settle();
    expect((await books(id)).map(({ status }) => status)).toEqual(['attended', 'no_show', 'no_show']);
  });

  it('a mark that a person made stands, even when it arrives later and was made earlier', async () => {
    const { id, people } = await ended({ graceHours: 1 });
    const seen = new Date(Date.now() + hall.t.clock.offsetMs);
    hall.t.clock.offsetMs += 72 * HOUR;
    await grace.settle();
    await hall.attendance.take(hall.organizer, {
      gatheringId: id,
      entries: [{ id: crypto.randomUUID(), memberId: people[1]!.memberId!, status: 'attended', at: seen }],
    });
    expect((await books(id)).map(({ status }) => status)).toEqual(['attended', 'attended', 'unknown']);
  });
});
