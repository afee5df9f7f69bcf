import { openHall, refusalOf, type Hall } from './gatherings-hall';

const HEADER = 'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)';
let hall: Hall;
let gatheringId: string;
let people: { id: string; email: string }[];

beforeEach(async () => {
  hall = await openHall();
  gatheringId = await hall.schedule({ startsAt: '2030-07-01T18:30', meetingId: '812 3456 7890' });
  const actors = await hall.members(4);
  people = await hall.rows(`SELECT id, email FROM member WHERE id = ANY($1::uuid[]) ORDER BY given_name`, [
    actors.map((one) => one.memberId),
  ]);
  hall.t.clock.advance(Date.parse('2030-07-02T00:00:00Z') - Date.now());
});
afterEach(() => hall.t.close());

const stay = (name: string, email: string, from: string, to: string): string =>
  `${name},${email},07/01/2030 ${from},07/01/2030 ${to},0`;
const report = (...lines: string[]): Buffer => Buffer.from([HEADER, ...lines].join('\r\n'));
const usual = (): Buffer =>
  report(
    stay('Ann1 Lee', people[0]!.email.toUpperCase(), '06:30:00 PM', '07:00:00 PM'),
    stay('Ann1 Lee', people[0]!.email, '06:50:00 PM', '07:30:00 PM'),
    stay('Ann2 Lee', people[1]!.email, '06:30:00 PM', '06:35:00 PM'),
    stay('iPhone (Ann3 Lee)', '', '06:30:00 PM', '08:00:00 PM'),
    stay('Somebody Else', 'else@example.org', '06:30:00 PM', '08:00:00 PM'),
  );
const look = { thresholdMinutes: 15 };
const standing = (): Promise<unknown[]> =>
  hall.rows(
    `SELECT member_id, status, minutes, source FROM attendance WHERE gathering_id = $1 ORDER BY minutes`,
    [gatheringId],
  );

describe('a Zoom report of a gathering', () => {
  it('is looked at without storing anything, and lists whom no address matches', async () => {
    const seen = await hall.zoom.preview(hall.organizer, usual(), { gatheringId, ...look });
    expect(seen.matched).toEqual([
      { key: `email:${people[0]!.email}`, memberId: people[0]!.id, minutes: 60, status: 'attended' },
      { key: `email:${people[1]!.email}`, memberId: people[1]!.id, minutes: 5, status: 'unknown' },
    ]);
    expect(seen.unmatched).toEqual([
      expect.objectContaining({
        key: 'name:iphone (ann3 lee)',
        minutes: 90,
        suggestions: [{ memberId: people[2]!.id, name: 'Ann3 Lee' }],
      }),
      expect.objectContaining({ key: 'email:else@example.org', suggestions: [] }),
    ]);
    expect(await standing()).toEqual([]);
    expect(await hall.rows(`SELECT FROM attendance_entry`)).toEqual([]);
  });

  it('is committed with what a person decided, once, and taken back whole', async () => {
    const { fingerprint } = await hall.zoom.preview(hall.organizer, usual(), { gatheringId, ...look });
    await hall.rsvps
      .answerFor(hall.organizer, people[3]!.id, { gatheringId, status: 'maybe' })
      .catch(() => undefined);
    const commit = {
      gatheringId,
      ...look,
      fingerprint,
      markAbsent: false,
      decisions: [{ key: 'name:iphone (ann3 lee)', memberId: people[2]!.id }],
    };
    const done = await hall.zoom.commit(hall.organizer, usual(), commit);
    expect(done).toMatchObject({ recorded: 3, left: 1 });
    const recorded = [
      { member_id: people[1]!.id, status: 'unknown', minutes: 5, source: 'zoom' },
      { member_id: people[0]!.id, status: 'attended', minutes: 60, source: 'zoom' },
      { member_id: people[2]!.id, status: 'attended', minutes: 90, source: 'zoom' },
    ];
    expect(await standing()).toEqual(recorded);
    expect(await hall.zoom.commit(hall.organizer, usual(), commit)).toMatchObject({ recorded: 0 });
    expect(await standing()).toEqual(recorded);
    expect(await hall.attendance.undoBatch(hall.organizer, { gatheringId, batchId: done.batchId })).toBe(3);
    expect(await standing()).toEqual([]);
    await hall.zoom.commit(hall.organizer, usual(), commit);
    expect(await standing()).toEqual(recorded);
  });

  it('merges the time of one person who came as two', async () => {
    const file = report(
      stay('Ann1 Lee', people[0]!.email, '06:30:00 PM', '07:00:00 PM'),
      stay('iPad', '', '06:40:00 PM', '07:10:00 PM'),
    );
    const { fingerprint } = await hall.zoom.preview(hall.organizer, file, { gatheringId, ...look });
    const decisions = [{ key: 'name:ipad', memberId: people[0]!.id }];
    await hall.zoom.commit(hall.organizer, file, {
      gatheringId,
      ...look,
      fingerprint,
      decisions,
      markAbsent: false,
    });
    expect(await standing()).toEqual([
      { member_id: people[0]!.id, status: 'attended', minutes: 40, source: 'zoom' },
    ]);
  });

  it('marks those who said they would come and did not, when asked to', async () => {
    hall.t.clock.offsetMs = 0;
    for (const person of people)
      await hall.rsvps.answerFor(hall.organizer, person.id, { gatheringId, status: 'going' });
    hall.t.clock.advance(Date.parse('2030-07-02T00:00:00Z') - Date.now());
    const { fingerprint } = await hall.zoom.preview(hall.organizer, usual(), { gatheringId, ...look });
    const commit = { gatheringId, ...look, fingerprint, decisions: [], markAbsent: true };
    await hall.zoom.commit(hall.organizer, usual(), commit);
    const absent = await hall.rows<{ member_id: string }>(
      `SELECT member_id FROM attendance WHERE gathering_id = $1 AND status = 'no_show'`,
      [gatheringId],
    );
    expect(absent.map((row) => row.member_id).sort()).toEqual([people[2]!.id, people[3]!.id].sort());
  });

  it('is refused when it is of another meeting, by number or by day', async () => {
    const preamble =
      'Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants\r\n999 9999 9999,X,,,,60,1\r\n\r\n';
    const other = Buffer.concat([Buffer.from(preamble), usual()]);
    expect(await refusalOf(hall.zoom.preview(hall.organizer, other, { gatheringId, ...look }))).toBe(
      'ZOOM_REPORT.WRONG_MEETING',
    );
    const day = Buffer.from(usual().toString().replaceAll('07/01/2030', '09/15/2030'));
    expect(await refusalOf(hall.zoom.preview(hall.organizer, day, { gatheringId, ...look }))).toBe(
      'ZOOM_REPORT.WRONG_MEETING',
    );
  });

  it('is refused when file, threshold or matches changed since it was looked at, and nothing is recorded', async () => {
    const { fingerprint } = await hall.zoom.preview(hall.organizer, usual(), { gatheringId, ...look });
    const commit = { gatheringId, ...look, fingerprint, decisions: [], markAbsent: false };
    const other = Buffer.concat([usual(), Buffer.from(`\r\n${stay('X', '', '06:30:00 PM', '06:40:00 PM')}`)]);
    expect(await refusalOf(hall.zoom.commit(hall.organizer, other, commit))).toBe('ZOOM_REPORT.CHANGED');
    expect(
      await refusalOf(hall.zoom.commit(hall.organizer, usual(), { ...commit, thresholdMinutes: 1 })),
    ).toBe('ZOOM_REPORT.CHANGED');
    const unknown = [{ key: 'name:nobody', memberId: people[2]!.id }];
    expect(
      await refusalOf(hall.zoom.commit(hall.organizer, usual(), { ...commit, decisions: unknown })),
    ).toBe('ATTENDANCE.INVALID');
    const stranger = [
      { key: 'name:iphone (ann3 lee)', memberId: (await hall.members(1, hall.otherChapterId))[0]!.memberId! },
    ];
    expect(
      await refusalOf(hall.zoom.commit(hall.organizer, usual(), { ...commit, decisions: stranger })),
    ).toBe('MEMBER.NOT_FOUND');
    expect(await standing()).toEqual([]);
  });

  it('is taken from those alone who may record attendance in the chapter', async () => {
    const far = await hall.user('organizer', hall.otherChapterId);
    expect(await refusalOf(hall.zoom.preview(far, usual(), { gatheringId, ...look }))).toBe(
      'AUTHZ.NOT_FOUND',
    );
    const steward = await hall.user('steward', hall.chapterId);
    expect(await refusalOf(hall.zoom.preview(steward, usual(), { gatheringId, ...look }))).toBe(
      'AUTHZ.FORBIDDEN',
    );
  });
});
