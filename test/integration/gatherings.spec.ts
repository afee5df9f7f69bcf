import { randomUUID } from 'node:crypto';
import { gatheringsPersonalData } from '@unionhall/gatherings';
import { anonymousActor } from '@unionhall/identity';
import { testConfig } from '../support/database';
import { openHall, refusalOf, SYSTEM, type Hall } from './gatherings-hall';

const DAY = 86_400_000;
let hall: Hall;
beforeAll(async () => {
  hall = await openHall();
});
afterEach(() => {
  hall.t.clock.offsetMs = 0;
});
afterAll(() => hall.t.close());

const statuses = async (gatheringId: string): Promise<Record<string, number>> =>
  Object.fromEntries(
    (
      await hall.rows<{ status: string; n: number }>(
        `SELECT status, count(*)::int AS n FROM rsvp WHERE gathering_id = $1 GROUP BY 1`,
        [gatheringId],
      )
    ).map(({ status, n }) => [status, n]),
  );
const gathering = async (id: string): Promise<Record<string, unknown>> =>
  (await hall.rows(`SELECT * FROM gathering WHERE id = $1`, [id]))[0]!;
const events = async (type: string, id: string): Promise<Record<string, unknown>[]> =>
  (
    await hall.rows<{ payload: Record<string, unknown> }>(
      `SELECT payload FROM outbox WHERE type = $1 AND payload->>'gatheringId' = $2 ORDER BY id`,
      [type, id],
    )
  ).map(({ payload }) => payload);

describe('planning a gathering', () => {
  it('keeps the instant of the local time, and tells of it', async () => {
    const id = await hall.schedule({ startsAt: '2030-07-01T18:30' });
    expect(await gathering(id)).toMatchObject({
      starts_at: new Date('2030-07-01T22:30:00Z'),
      ends_at: new Date('2030-07-02T00:00:00Z'),
      sequence: 0,
      state: 'scheduled',
    });
    expect(await events('gathering.scheduled', id)).toEqual([{ gatheringId: id, chapterId: hall.chapterId }]);
  });

  it('is limited to chapters in reach', async () => {
    expect(await refusalOf(hall.schedule({ chapterId: hall.otherChapterId }))).toBe('AUTHZ.NOT_FOUND');
    const facilitator = await hall.user('facilitator', hall.chapterId);
    const id = await hall.schedule();
    expect(await refusalOf(hall.gatherings.cancel(facilitator, id))).toBe('AUTHZ.FORBIDDEN');
    expect(
      await refusalOf(hall.gatherings.cancel(await hall.user('organizer', hall.otherChapterId), id)),
    ).toBe('AUTHZ.NOT_FOUND');
    expect(await refusalOf(hall.gatherings.cancel(anonymousActor(), id))).toBe('AUTHZ.UNAUTHENTICATED');
  });

  it('is held to those chapters by the database too, whatever the service does', async () => {
    const id = await hall.schedule();
    const far = await hall.user('organizer', hall.otherChapterId);
    const [member] = await hall.members(1);
    for (const actor of [far, member!]) {
      const change = hall.t.db.read(actor, {
        text: `UPDATE gathering SET title = 'Mine' WHERE id = $1`,
        values: [id],
      });
      expect(await refusalOf(change)).toBe('42501');
      const copy = hall.t.db.read(actor, {
        text: `INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone)
               SELECT chapter_id, kind, 'Mine', starts_at, ends_at, time_zone FROM gathering WHERE id = $1`,
        values: [id],
      });
      expect(await refusalOf(copy)).toBe('42501');
      const { rowCount } = await hall.t.db.read(actor, {
        text: `DELETE FROM gathering WHERE id = $1`,
        values: [id],
      });
      expect(rowCount).toBe(0);
    }
    expect(await gathering(id)).toMatchObject({ title: 'Know your rights' });
  });

  it('refuses times that clocks skip, show twice, or have left behind', async () => {
    expect(await refusalOf(hall.schedule({ startsAt: '2030-03-10T02:30' }))).toBe('GATHERING.TIME_IN_GAP');
    expect(await refusalOf(hall.schedule({ startsAt: '2030-11-03T01:30' }))).toBe('GATHERING.TIME_AMBIGUOUS');
    expect(await refusalOf(hall.schedule({ startsAt: '2020-11-03T12:30' }))).toBe('GATHERING.INVALID');
    const id = await hall.schedule({ startsAt: '2030-11-03T01:30', startsOffset: '-05:00' });
    expect((await gathering(id))['starts_at']).toEqual(new Date('2030-11-03T06:30:00Z'));
  });

  it('keeps the UID and raises the sequence with each change and the cancellation', async () => {
    const id = await hall.schedule();
    const before = await gathering(id);
    await hall.gatherings.update(hall.organizer, { gatheringId: id, title: 'Know your rights II' });
    await hall.gatherings.cancel(hall.organizer, id);
    expect(await gathering(id)).toMatchObject({
      uid: before['uid'],
      sequence: 2,
      state: 'cancelled',
      title: 'Know your rights II',
    });
    expect(await refusalOf(hall.gatherings.cancel(hall.organizer, id))).toBe('GATHERING.CANCELLED');
    expect(await events('gathering.cancelled', id)).toHaveLength(1);
  });
});

describe('answers', () => {
  it('never give a place twice: of 100 members who come at once for 20 places, 20 go and 80 wait', async () => {
    const id = await hall.schedule({ capacity: 20 });
    const members = await hall.members(100);
    await Promise.all(
      members.map((member) => hall.rsvps.answer(member, { gatheringId: id, status: 'going' })),
    );
    expect(await statuses(id)).toEqual({ going: 20, waitlisted: 80 });
    expect(await gathering(id)).toMatchObject({ going_count: 20, waitlisted_count: 80 });
  });

  it('give a freed place to whoever has waited longest', async () => {
    const id = await hall.schedule({ capacity: 1 });
    const [first, second, third] = await hall.members(3);
    for (const member of [first!, second!, third!])
      await hall.rsvps.answer(member, { gatheringId: id, status: 'going' });
    await hall.rsvps.answer(first!, { gatheringId: id, status: 'cancelled' });
    const moved = await hall.t.db.tx(SYSTEM, (em) => hall.rsvps.promote(em, id));
    expect(moved).toBe(1);
    const rows = await hall.rows<{ member_id: string; status: string }>(
      `SELECT member_id, status FROM rsvp WHERE gathering_id = $1`,
      [id],
    );
    expect(Object.fromEntries(rows.map((row) => [row.member_id, row.status]))).toEqual({
      [first!.memberId!]: 'cancelled',
      [second!.memberId!]: 'going',
      [third!.memberId!]: 'waitlisted',
    });
    expect((await events('rsvp.changed', id)).at(-1)).toMatchObject({
      memberId: second!.memberId,
      status: 'going',
      previous: 'waitlisted',
    });
  });

  it('are refused when given twice, and changed when they differ', async () => {
    const id = await hall.schedule();
    const [member] = await hall.members(1);
    await hall.rsvps.answer(member!, { gatheringId: id, status: 'going' });
    expect(await refusalOf(hall.rsvps.answer(member!, { gatheringId: id, status: 'going' }))).toBe(
      'RSVP.ALREADY',
    );
    expect(await hall.rsvps.answer(member!, { gatheringId: id, status: 'declined' })).toMatchObject({
      status: 'declined',
    });
    expect(await gathering(id)).toMatchObject({ going_count: 0 });
  });

  it('are refused for what is cancelled, over, or unknown', async () => {
    const [member] = await hall.members(1);
    const cancelled = await hall.schedule();
    await hall.gatherings.cancel(hall.organizer, cancelled);
    expect(await refusalOf(hall.rsvps.answer(member!, { gatheringId: cancelled, status: 'going' }))).toBe(
      'GATHERING.CANCELLED',
    );
    expect(await refusalOf(hall.rsvps.answer(member!, { gatheringId: randomUUID(), status: 'going' }))).toBe(
      'GATHERING.NOT_FOUND',
    );
    const over = await hall.schedule();
    hall.t.clock.advance(9 * DAY);
    expect(await refusalOf(hall.rsvps.answer(member!, { gatheringId: over, status: 'going' }))).toBe(
      'GATHERING.OVER',
    );
  });

  it('are given by an organizer for members in reach alone', async () => {
    const id = await hall.schedule();
    const [[near], [far]] = [await hall.members(1), await hall.members(1, hall.otherChapterId)];
    expect(
      await hall.rsvps.answerFor(hall.organizer, near!.memberId!, { gatheringId: id, status: 'going' }),
    ).toMatchObject({ status: 'going' });
    expect(
      await refusalOf(
        hall.rsvps.answerFor(hall.organizer, far!.memberId!, { gatheringId: id, status: 'going' }),
      ),
    ).toBe('MEMBER.NOT_FOUND');
    expect(
      await refusalOf(hall.rsvps.answerFor(near!, far!.memberId!, { gatheringId: id, status: 'going' })),
    ).toBe('AUTHZ.FORBIDDEN');
    expect(await refusalOf(hall.rsvps.answer(hall.organizer, { gatheringId: id, status: 'going' }))).toBe(
      'RSVP.NOT_A_MEMBER',
    );
  });

  it('are given through a signed link that works for its member and gathering, until it expires', async () => {
    const id = await hall.schedule();
    const [member, other] = await hall.members(2);
    const ends = (await gathering(id))['ends_at'] as Date;
    const token = hall.links.address(id, member!.memberId!, ends).split('/r/')[1]!;
    const target = await hall.links.open(token);
    expect(await hall.links.page(target)).toMatchObject({
      title: 'Know your rights',
      answer: null,
      over: false,
    });
    await hall.rsvps.answer(target.actor, { gatheringId: target.gatheringId, status: 'maybe' });
    expect(await hall.links.page(target)).toMatchObject({ answer: 'maybe' });
    const rows = await hall.rows(`SELECT member_id, source FROM rsvp WHERE gathering_id = $1`, [id]);
    expect(rows).toEqual([{ member_id: member!.memberId, source: 'link' }]);
    expect(rows).not.toContainEqual(expect.objectContaining({ member_id: other!.memberId }));
    const forged = `${token.slice(0, -3)}${token.endsWith('AAA') ? 'BBB' : 'AAA'}`;
    for (const bad of ['', 'x', '..', forged, `${token}.more`])
      expect(await refusalOf(hall.links.open(bad))).toBe('LINK.MALFORMED');
    hall.t.clock.advance(20 * DAY);
    expect(await refusalOf(hall.links.open(token))).toBe('LINK.EXPIRED');
  });

  it('of others are not in sight of a member', async () => {
    const id = await hall.schedule();
    const [member, other] = await hall.members(2);
    for (const one of [member!, other!]) await hall.rsvps.answer(one, { gatheringId: id, status: 'going' });
    const { rows } = await hall.t.db.read(member!, {
      text: `SELECT member_id FROM rsvp WHERE gathering_id = $1`,
      values: [id],
    });
    expect(rows).toEqual([{ member_id: member!.memberId }]);
  });
});

describe('attendance', () => {
  const mark = (
    memberId: string,
    status: 'attended' | 'no_show' = 'attended',
    at = new Date(Date.now() + hall.t.clock.offsetMs),
  ) => ({ id: randomUUID(), memberId, status, at });

  it('is written once, however often a mark is sent', async () => {
    const id = await hall.schedule();
    const [one, two] = await hall.members(2);
    await hall.begin(id);
    const facilitator = await hall.user('facilitator', hall.chapterId);
    const entries = [mark(one!.memberId!), mark(two!.memberId!, 'no_show')];
    expect(await hall.attendance.take(facilitator, { gatheringId: id, entries })).toEqual({
      recorded: 2,
      repeated: 0,
    });
    expect(await hall.attendance.take(facilitator, { gatheringId: id, entries })).toEqual({
      recorded: 0,
      repeated: 2,
    });
    expect(
      await hall.rows(
        `SELECT status, source, recorded_by FROM attendance WHERE gathering_id = $1 ORDER BY status`,
        [id],
      ),
    ).toEqual([
      { status: 'attended', source: 'door', recorded_by: facilitator.userId },
      { status: 'no_show', source: 'door', recorded_by: facilitator.userId },
    ]);
    expect(await gathering(id)).toMatchObject({ attended_count: 1 });
    expect(await events('attendance.recorded', id)).toHaveLength(1);
    const reused = [{ ...entries[0]!, memberId: two!.memberId! }];
    expect(await refusalOf(hall.attendance.take(facilitator, { gatheringId: id, entries: reused }))).toBe(
      'ATTENDANCE.ID_REUSED',
    );
  });

  it('stands as the latest mark says, whatever the order of arrival, and goes back when that is undone', async () => {
    const id = await hall.schedule();
    const [member] = await hall.members(1);
    await hall.begin(id);
    const now = Date.now() + hall.t.clock.offsetMs;
    const late = mark(member!.memberId!, 'attended', new Date(now - 60_000));
    const early = mark(member!.memberId!, 'no_show', new Date(now - 120_000));
    const standing = async (): Promise<unknown[]> =>
      hall.rows(`SELECT status FROM attendance WHERE gathering_id = $1`, [id]);
    await hall.attendance.take(hall.organizer, { gatheringId: id, entries: [late] });
    await hall.attendance.take(hall.organizer, { gatheringId: id, entries: [early] });
    expect(await standing()).toEqual([{ status: 'attended' }]);
    expect(await hall.attendance.undo(hall.organizer, { gatheringId: id, entryIds: [late.id] })).toBe(1);
    expect(await standing()).toEqual([{ status: 'no_show' }]);
    expect(await hall.attendance.undo(hall.organizer, { gatheringId: id, entryIds: [early.id] })).toBe(1);
    expect(await standing()).toEqual([]);
    expect(await hall.attendance.undo(hall.organizer, { gatheringId: id, entryIds: [early.id] })).toBe(0);
    expect(await gathering(id)).toMatchObject({ attended_count: 0 });
  });

  it('is written whole or not at all', async () => {
    const id = await hall.schedule();
    const [[near], [far]] = [await hall.members(1), await hall.members(1, hall.otherChapterId)];
    expect(
      await refusalOf(
        hall.attendance.take(hall.organizer, { gatheringId: id, entries: [mark(near!.memberId!)] }),
      ),
    ).toBe('GATHERING.NOT_STARTED');
    await hall.begin(id);
    const entries = [mark(near!.memberId!), mark(far!.memberId!)];
    expect(await refusalOf(hall.attendance.take(hall.organizer, { gatheringId: id, entries }))).toBe(
      'MEMBER.NOT_FOUND',
    );
    const ahead = [
      mark(near!.memberId!, 'attended', new Date(Date.now() + hall.t.clock.offsetMs + 3_600_000)),
    ];
    expect(await refusalOf(hall.attendance.take(hall.organizer, { gatheringId: id, entries: ahead }))).toBe(
      'ATTENDANCE.INVALID',
    );
    expect(await hall.rows(`SELECT FROM attendance_entry WHERE gathering_id = $1`, [id])).toEqual([]);
  });
});

describe('personal data of gatherings', () => {
  it('is given out, joined and erased', async () => {
    const id = await hall.schedule();
    const [keep, drop] = await hall.members(2);
    for (const one of [keep!, drop!]) await hall.rsvps.answer(one, { gatheringId: id, status: 'going' });
    const second = await hall.schedule();
    await hall.rsvps.answer(drop!, { gatheringId: second, status: 'going' });
    await hall.t.db.tx(SYSTEM, (em) => gatheringsPersonalData.merge(em, keep!.memberId!, drop!.memberId!));
    const given = await hall.t.db.tx(SYSTEM, (em) =>
      gatheringsPersonalData.export(em, keep!.memberId!, testConfig(hall.t.url)),
    );
    expect(given['rsvps']).toHaveLength(2);
    expect(await gathering(id)).toMatchObject({ going_count: 1 });
    await hall.t.db.tx(SYSTEM, (em) => gatheringsPersonalData.erase(em, keep!.memberId!));
    expect(
      await hall.rows(`SELECT FROM rsvp WHERE member_id = ANY($1::uuid[])`, [
        [keep!.memberId, drop!.memberId],
      ]),
    ).toEqual([]);
    expect(await gathering(second)).toMatchObject({ going_count: 0 });
  });
});
