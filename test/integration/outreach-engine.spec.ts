import fc from 'fast-check';
import { DateTime } from 'luxon';
import { CommitmentsService } from '@unionhall/campaigns';
import { AttendanceService, RsvpsService } from '@unionhall/gatherings';
import { linkActor } from '@unionhall/identity';
import { MembersService } from '@unionhall/members';
import {
  AdvanceService,
  BreakerService,
  DraftsService,
  Entries,
  SequencesService,
  type DefinitionInput,
} from '@unionhall/outreach';
import { Database, Outbox } from '@unionhall/platform';
import { nextLocalTime } from '../../libs/outreach/src/sequences/wait-sql';
import { startSmtpSink, type SmtpSink } from '../support/smtp';
import { DAY, openOutreach, SYSTEM, type Invited, type OutreachHall } from './outreach-hall';

const HOUR = 3_600_000;
const PEOPLE = 6;

let smtp: SmtpSink;
let hall: OutreachHall;
let invited: Invited;
let keys = 0;

/** A message whose subject is its name. */
const message = (name: string, more: object = {}): object => ({
  kind: 'message',
  key: name.replaceAll(' ', '-'),
  name,
  until: 'never',
  subject: { en: name },
  body: { en: 'Hello {{name}}' },
  ...more,
});
const publish = async (steps: readonly object[], more: Partial<DefinitionInput> = {}): Promise<string> => {
  const drafts = hall.app.get(DraftsService);
  const { id } = await drafts.create(
    SYSTEM,
    {
      title: 'A sequence',
      purpose: 'events',
      segment: { chapterId: invited.chapterId },
      trigger: { on: 'hand' },
      reentry: 'once',
      goal: null,
      gatheringId: null,
      steps,
      ...more,
    },
    `sequence ${++keys}`,
  );
  await drafts.publish(SYSTEM, id, 'finish', `publish ${id}`);
  return id;
};
const enrol = (id: string, more: object = {}): Promise<unknown> =>
  hall.app
    .get(SequencesService)
    .enrol(SYSTEM, id, { chapterId: invited.chapterId, ...more }, `enrolment ${++keys}`);
const memberId = async (email: string): Promise<string> =>
  (await hall.look<{ id: string }>(`SELECT id FROM member WHERE email = $1`, [email]))[0]!.id;
const to = (subject: string): string[] =>
  smtp.received
    .filter(({ mail }) => mail.subject === subject)
    .map(({ to: one }) => one.slice(0, 4))
    .sort();
const everyone = Array.from({ length: PEOPLE }, (_, n) => `m00${n + 1}`);

beforeAll(async () => {
  smtp = await startSmtpSink();
});
afterAll(() => smtp.close());

const opens = (environment: NodeJS.ProcessEnv = {}): void => {
  beforeEach(async () => {
    (smtp.received as unknown[]).length = 0;
    hall = await openOutreach({ SMTP_URL: smtp.url, ...environment });
    invited = await hall.invite({ people: PEOPLE });
    await hall.app.get(SequencesService).end(SYSTEM, invited.sequenceId);
  });
  afterEach(() => hall.close());
};

describe('a person', () => {
  opens();

  it('is let in by what happens to them, once, and only into what they are meant for', async () => {
    const elsewhere = await hall.invite({ people: 1 });
    await hall.app.get(SequencesService).end(SYSTEM, elsewhere.sequenceId);
    await publish([message('welcome')], { trigger: { on: 'joined' } });
    await publish([message('moved here')], { trigger: { on: 'moved' } });
    await publish([message('you come')], {
      trigger: { on: 'rsvp', states: ['going'] },
      gatheringId: invited.gatheringId,
    });
    await publish([message('you came')], { trigger: { on: 'attendance', states: ['attended'] } });
    const members = hall.app.get(MembersService);
    const join = async (chapterId: string, email: string): Promise<void> => {
      const { id } = await members.create(SYSTEM, { chapterId, givenName: 'New', familyName: '', email });
      await hall.look(
        `INSERT INTO consent (member_id, chapter_id, purpose, channel, state, wording, source) VALUES ($1, $2, 'events', 'email', 'granted', 'Yes', 'test')`,
        [id, chapterId],
      );
    };
    await join(invited.chapterId, 'new1@example.org');
    await join(elsewhere.chapterId, 'new2@example.org');
    const first = linkActor(await memberId('m001@example.org'), 'organizing');
    for (const status of ['going', 'declined', 'going'] as const)
      await hall.app.get(RsvpsService).answer(first, { gatheringId: invited.gatheringId, status });
    await hall.turn();
    await members.move(SYSTEM, await memberId('new2@example.org'), invited.chapterId);
    hall.clock.advance(4 * DAY);
    const [{ now }] = (await hall.look<{ now: Date }>(`SELECT now() AS now`)) as [{ now: Date }];
    await hall.app.get(AttendanceService).take(SYSTEM, {
      gatheringId: invited.gatheringId,
      entries: [
        {
          id: '0199a000-0000-7000-8000-000000000001',
          memberId: await memberId('m002@example.org'),
          status: 'attended',
          at: new Date(now.getTime() + 4 * DAY),
        },
      ],
    });
    await hall.turn();
    await hall.turn();
    expect([to('welcome'), to('you come'), to('moved here'), to('you came')]).toEqual([
      ['new1'],
      ['m001'],
      ['new2'],
      ['m002'],
    ]);
  });

  it('enters again only where a sequence says so, and never while they are inside', async () => {
    const once = await publish([message('once')]);
    const again = await publish([{ kind: 'wait', key: 'w', for: { minutes: 60 } }, message('again')], {
      reentry: 'again',
    });
    for (const id of [once, again]) await enrol(id);
    await expect(enrol(once)).rejects.toMatchObject({ code: 'SEQUENCE.SEGMENT_EMPTY' });
    await expect(enrol(again)).rejects.toMatchObject({ code: 'SEQUENCE.SEGMENT_EMPTY' });
    await hall.turn();
    hall.clock.advance(2 * HOUR);
    await hall.turn();
    await enrol(again);
    await hall.turn();
    hall.clock.advance(2 * HOUR);
    await hall.turn();
    expect(to('once')).toEqual(everyone);
    expect(to('again')).toEqual([...everyone, ...everyone].sort());
  });

  it('of a segment enters when they come to be of it, and those whose pledge ends soon before it does', async () => {
    await publish([message('tagged')], {
      trigger: { on: 'segment' },
      segment: { chapterId: invited.chapterId, tag: 'leader' },
    });
    await publish([message('three days left')], { trigger: { on: 'commitment_due', daysBefore: 3 } });
    const entries = hall.app.get(Entries);
    expect(await entries.sweep()).toBe(0);
    await hall.app.get(MembersService).tag(SYSTEM, await memberId('m003@example.org'), ['leader']);
    const [campaign] = await hall.look<{ id: string }>(
      `INSERT INTO campaign (chapter_id, slug, title, target, state, starts_at, ends_at, time_zone)
       VALUES ($1, 'log-off', 'Log off', 'Meta', 'open', now() - interval '1 day', now() + interval '30 days', 'Etc/UTC') RETURNING id`,
      [invited.chapterId],
    );
    await hall.app
      .get(CommitmentsService)
      .pledge(linkActor(await memberId('m004@example.org'), 'organizing'), {
        campaignId: campaign!.id,
        kind: 'log_off',
      });
    await hall.look(`UPDATE commitment SET ends_on = current_date + 10`);
    expect(await entries.sweep()).toBe(1);
    hall.clock.advance(7 * DAY);
    expect(await entries.sweep()).toBe(1);
    expect(await entries.sweep()).toBe(0);
    await hall.turn();
    expect([to('tagged'), to('three days left')]).toEqual([['m003'], ['m004']]);
  });
});

describe('a sequence that begins on a date', () => {
  opens();

  it('lets in everyone of its segment then, once, and nobody who comes later', async () => {
    const at = new Date(Date.now() + DAY).toISOString();
    await publish([message('on the day')], { trigger: { on: 'date', at } });
    const entries = hall.app.get(Entries);
    expect(await entries.sweep()).toBe(0);
    hall.clock.advance(1.1 * DAY);
    expect(await entries.sweep()).toBe(PEOPLE);
    await hall.look(
      `INSERT INTO member (chapter_id, given_name, email, email_key, status)
       SELECT chapter_id, 'Late', 'late@example.org', 'late@example.org', 'member' FROM member LIMIT 1`,
    );
    expect(await entries.sweep()).toBe(0);
  });
});

describe('the steps', () => {
  opens();

  it('branch by what is true, split by their shares, mark people, and ask an organizer', async () => {
    await hall.look(`UPDATE member SET language = 'es-MX' WHERE email = 'm002@example.org'`);
    const id = await publish([
      { kind: 'branch', key: 'b', cases: [{ when: { language: ['es'] }, to: 'spanish' }], otherwise: 'mark' },
      message('spanish', { subject: { en: 'spanish' } }),
      { kind: 'exit', key: 'x' },
      { kind: 'action', key: 'mark', do: 'tag', tag: 'reached' },
      { kind: 'action', key: 'call', do: 'task', title: 'Call them' },
      {
        kind: 'split',
        key: 's',
        parts: [
          { percent: 50, to: 'left' },
          { percent: 50, to: 'right' },
        ],
      },
      message('left'),
      { kind: 'exit', key: 'y' },
      message('right'),
    ]);
    await enrol(id);
    await hall.turn();
    await hall.turn();
    const others = everyone.filter((one) => one !== 'm002');
    expect(to('spanish')).toEqual(['m002']);
    expect([...to('left'), ...to('right')].sort()).toEqual(others);
    expect(
      await hall.look(
        `SELECT count(*)::int AS tagged, (SELECT count(*)::int FROM task WHERE title = 'Call them' AND done_at IS NULL) AS tasks FROM member_tag mt JOIN tag t ON t.id = mt.tag_id WHERE t.name = 'reached'`,
      ),
    ).toEqual([{ tagged: others.length, tasks: others.length }]);
    expect(await hall.look(`SELECT DISTINCT state FROM enrollment WHERE sequence_id = $1`, [id])).toEqual([
      { state: 'done' },
    ]);
  });

  it('wait for an event, or until its time is over; whoever reaches the goal leaves and hears no more', async () => {
    const id = await publish(
      [
        message('will you come'),
        { kind: 'wait', key: 'w', event: { rsvp: ['going'] }, timeoutMinutes: 120, onTimeout: 'ask' },
        message('see you'),
        { kind: 'exit', key: 'x' },
        message('ask', { key: 'ask', subject: { en: 'once more' } }),
      ],
      { gatheringId: invited.gatheringId, goal: { rsvp: ['maybe'] } },
    );
    await enrol(id);
    await hall.turn();
    const answer = async (email: string, status: 'going' | 'maybe'): Promise<unknown> =>
      hall.app
        .get(RsvpsService)
        .answer(linkActor(await memberId(email), 'organizing'), { gatheringId: invited.gatheringId, status });
    await answer('m001@example.org', 'going');
    await answer('m002@example.org', 'maybe');
    await hall.turn();
    expect([to('see you'), to('once more')]).toEqual([['m001'], []]);
    hall.clock.advance(3 * HOUR);
    await hall.turn();
    expect([to('see you'), to('once more')]).toEqual([['m001'], everyone.slice(2)]);
    expect(
      await hall.look(`SELECT exit_reason FROM enrollment WHERE member_id = $1 AND sequence_id = $2`, [
        await memberId('m002@example.org'),
        id,
      ]),
    ).toEqual([{ exit_reason: 'goal' }]);
  });

  it('leave alone whoever is paused, until they are not', async () => {
    const id = await publish([message('hello')]);
    await enrol(id);
    await hall.look(`UPDATE enrollment SET paused_at = now() WHERE member_id = $1`, [
      await memberId('m001@example.org'),
    ]);
    await hall.turn();
    expect(to('hello')).toEqual(everyone.slice(1));
    await hall.look(`UPDATE enrollment SET paused_at = NULL`);
    await hall.turn();
    expect(to('hello')).toEqual(everyone);
  });
});

describe('quiet hours', () => {
  opens({ SEND_FROM_HOUR: '9', SEND_UNTIL_HOUR: '20' });

  it('put a message off until the morning where its reader is, and not what is of service', async () => {
    const zoneWhereItIs = (hour: number): string => {
      const behind = (((new Date().getUTCHours() - hour) % 24) + 24) % 24;
      return behind <= 12 ? `Etc/GMT+${behind}` : `Etc/GMT-${24 - behind}`;
    };
    await hall.look(`UPDATE member SET time_zone = $1`, [zoneWhereItIs(12)]);
    await hall.look(`UPDATE member SET time_zone = $1 WHERE email = 'm001@example.org'`, [zoneWhereItIs(2)]);
    const id = await publish([message('by day')]);
    await enrol(id);
    await hall.turn();
    expect(to('by day')).toEqual(everyone.slice(1));
    const [waiting] = await hall.look<{ reason: string; hour: number; ahead: boolean }>(
      `SELECT d.reason, extract(hour FROM d.due_at AT TIME ZONE m.time_zone)::int AS hour, d.due_at > now() AS ahead
         FROM delivery d JOIN member m ON m.id = d.member_id WHERE d.state = 'due'`,
    );
    expect(waiting).toEqual({ reason: 'quiet_hours', hour: 9, ahead: true });
    hall.clock.advance(8 * HOUR);
    await hall.turn();
    expect(to('by day')).toEqual(everyone);
  });
});

describe('the week of a member', () => {
  opens({ MESSAGES_A_WEEK: '2' });

  it('holds so many messages and no more, however many sequences send at once; the others come when there is room', async () => {
    const ids = await Promise.all(['one', 'two', 'three', 'four'].map((key) => publish([message(key)])));
    for (const id of ids) await enrol(id);
    await hall.app.get(AdvanceService).advance();
    await Promise.all(Array.from({ length: 4 }, () => hall.send.send()));
    await hall.turn();
    const got = (email: string): number => smtp.received.filter((one) => one.to === email).length;
    for (const name of everyone) expect(got(`${name}@example.org`)).toBe(2);
    expect(
      await hall.look(
        `SELECT DISTINCT state, reason FROM delivery WHERE state <> 'accepted' AND reason <> 'sequence_ended'`,
      ),
    ).toEqual([{ state: 'due', reason: 'frequency_cap' }]);
    hall.clock.advance(7.1 * DAY);
    await hall.turn();
    for (const name of everyone) expect(got(`${name}@example.org`)).toBe(4);
  });
});

describe('a sequence that drives people away', () => {
  opens();

  it('holds itself and tells its owner, and one with a single angry reader does not', async () => {
    const [owner] = await hall.look<{ id: string }>(
      `INSERT INTO user_account (email, email_key) VALUES ('owner@example.org', 'owner@example.org') RETURNING id`,
    );
    const run = async (title: string, complaints: number): Promise<void> => {
      const id = await publish([message(title)], { title });
      await hall.look(`UPDATE sequence SET created_by = $2 WHERE id = $1`, [id, owner!.id]);
      await hall.look(
        `INSERT INTO delivery (sequence_id, step_id, step_key, member_id, chapter_id, occasion, purpose, state, attempted_at, reported)
         SELECT $1, st.id, st.key, m.id, m.chapter_id, n::text, 'events', 'accepted', now(), CASE WHEN n <= $2 THEN 'complained' END
           FROM sequence_step st, generate_series(1, 100) n, (SELECT id, chapter_id FROM member LIMIT 1) m WHERE st.sequence_id = $1`,
        [id, complaints],
      );
    };
    await run('gentle', 1);
    await run('harsh', 2);
    const breaker = hall.app.get(BreakerService);
    expect([await breaker.watch(), await breaker.watch()]).toEqual([1, 0]);
    await hall.app.get(Outbox).relay();
    expect(
      await hall.look(
        `SELECT title, state, held_reason FROM sequence WHERE title IN ('gentle', 'harsh') ORDER BY title`,
      ),
    ).toEqual([
      { title: 'gentle', state: 'active', held_reason: null },
      { title: 'harsh', state: 'held', held_reason: 'complaints' },
    ]);
    expect(smtp.received.map((one) => [one.to, one.mail.subject])).toEqual([
      ['owner@example.org', 'Held: harsh'],
    ]);
  });
});

describe('a sequence after which people stop messages', () => {
  opens();

  it('holds itself when they are many, and not when one person had many messages', async () => {
    const run = async (title: string, people: number): Promise<void> => {
      const id = await publish([message(title)], { title });
      await hall.look(
        `INSERT INTO delivery (sequence_id, step_id, step_key, member_id, chapter_id, occasion, purpose, state, attempted_at)
         SELECT $1, st.id, st.key, m.id, m.chapter_id, n::text, 'events', 'accepted', now() - interval '1 hour'
           FROM sequence_step st, generate_series(1, 60) n, (SELECT id, chapter_id FROM member ORDER BY email LIMIT $2) m WHERE st.sequence_id = $1`,
        [id, people],
      );
    };
    await run('to one', 1);
    const leave = (number: number): Promise<unknown> =>
      hall.look(
        `INSERT INTO consent_event (member_id, chapter_id, purpose, channel, state, wording, source, recorded_by, at)
         SELECT id, chapter_id, 'events', 'email', 'withdrawn', 'No', 'test', 'test', now() FROM member ORDER BY email LIMIT $1`,
        [number],
      );
    const breaker = hall.app.get(BreakerService);
    await leave(1);
    expect(await breaker.watch()).toBe(0);
    await run('to all', PEOPLE);
    await leave(PEOPLE);
    expect(await breaker.watch()).toBe(0);
    await hall.look(`DELETE FROM delivery WHERE length(occasion) = 2 AND occasion > '20'`);
    expect(await breaker.watch()).toBe(1);
    expect(await hall.look(`SELECT title, held_reason FROM sequence WHERE state = 'held'`)).toEqual([
      { title: 'to all', held_reason: 'optOuts' },
    ]);
  });
});

describe('a wait until a time on the wall', () => {
  opens();

  it('ends at that time on an allowed day, soon, and never in the past, in any zone and across clock changes', async () => {
    const zones = [
      'America/Los_Angeles',
      'Europe/Berlin',
      'Asia/Kolkata',
      'Pacific/Apia',
      'Australia/Lord_Howe',
      'America/Havana',
      'Etc/UTC',
      'Africa/Casablanca',
    ];
    const db = hall.app.get(Database);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...zones),
        fc.date({ min: new Date('2026-01-01'), max: new Date('2028-01-01'), noInvalidDate: true }),
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 59 }),
        fc.option(fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), { nil: null }),
        async (zone, now, hour, minute, weekdays) => {
          hall.clock.offsetMs = now.getTime() - Date.now();
          const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
          const [row] = (await db.tx(SYSTEM, (em) =>
            em.query(`SELECT app.now() AS now, ${nextLocalTime('$1', '$2::int[]', '$3')} AS at`, [
              time,
              weekdays,
              zone,
            ]),
          )) as { now: Date; at: Date }[];
          const at = DateTime.fromJSDate(row!.at, { zone });
          expect(row!.at.getTime()).toBeGreaterThanOrEqual(row!.now.getTime());
          expect(weekdays === null || weekdays.includes(at.weekday)).toBe(true);
          // In the hour that a clock skips it is as much later.
          const wanted = DateTime.fromObject(
            { year: at.year, month: at.month, day: at.day, hour, minute },
            { zone },
          );
          expect(at.toFormat('HH:mm')).toBe(wanted.toFormat('HH:mm'));
          const days = at
            .startOf('day')
            .diff(DateTime.fromJSDate(row!.now, { zone }).startOf('day'), 'days').days;
          expect(days).toBeLessThanOrEqual(weekdays === null ? 1 : 8);
        },
      ),
      { numRuns: 120 },
    );
  });
});
