import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { DateTime } from 'luxon';
import { DataSource } from 'typeorm';
import {
  AttendanceService,
  GatheringsService,
  RsvpsService,
  type AttendanceStatus,
} from '@unionhall/gatherings';
import { linkActor } from '@unionhall/identity';
import { AdvanceService } from '@unionhall/outreach';
import { Outbox } from '@unionhall/platform';
import { eventually } from '../support/eventually';
import { startSmtpSink, type Received, type SmtpSink } from '../support/smtp';
import { DAY, openOutreach, SYSTEM, type Invited, type OutreachHall } from './outreach-hall';

let smtp: SmtpSink;
let hall: OutreachHall;

beforeEach(async () => {
  smtp = await startSmtpSink();
  hall = await openOutreach({ SMTP_URL: smtp.url });
});
afterEach(async () => {
  await hall.close();
  await smtp.close();
});

const sent = (to: string): Received[] => smtp.received.filter((one) => one.to === to);
const subjects = (to: string): (string | undefined)[] => sent(to).map(({ mail }) => mail.subject);
const memberId = async (email: string): Promise<string> =>
  (await hall.look<{ id: string }>(`SELECT id FROM member WHERE email = $1`, [email]))[0]!.id;

/** The calendar entry of a message, and the method that its part names. */
function calendarOf({ mail, raw }: Received): { method: string; part: string; event: ICAL.Event } {
  const file = mail.attachments.find(({ contentType }) => /calendar|ics/.test(contentType))!;
  const calendar = new ICAL.Component(ICAL.parse(file.content.toString()) as never);
  return {
    method: String(calendar.getFirstPropertyValue('method')),
    part: /text\/calendar;[^\n]*?method=(\w+)/i.exec(raw.replace(/\r?\n\s+/g, ' '))?.[1] ?? 'none',
    event: new ICAL.Event(calendar.getFirstSubcomponent('vevent')!),
  };
}

describe('a message of a sequence', () => {
  it('says how to stop it, who it is about, and which entry of the calendar it is', async () => {
    const { gatheringId } = await hall.invite({ people: 1 });
    await hall.turn();
    const [invitation] = sent('m001@example.org');
    const header = (name: string): string | undefined =>
      new RegExp(`^${name}: (.+)$`, 'im').exec(invitation!.raw.replace(/\r\n[ \t]+/g, ' '))?.[1]?.trim();
    expect(header('List-Unsubscribe')).toMatch(/^<https?:\/\/[^>]+\/u\/[^>]+>$/);
    expect(header('List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
    expect(header('Auto-Submitted')).toBe('auto-generated');
    const [delivery] = await hall.ledger();
    expect(header('Message-ID')).toMatch(new RegExp(`^<${delivery!.id}@`));
    await hall.app.get(GatheringsService).update(SYSTEM, { gatheringId, place: 'Another hall' });
    hall.clock.advance(2.5 * DAY);
    await hall.turn();
    const [first, reminder] = sent('m001@example.org').map(calendarOf);
    expect([first!.method, first!.part, first!.event.sequence]).toEqual(['REQUEST', 'REQUEST', 0]);
    expect([reminder!.method, reminder!.event.sequence]).toEqual(['REQUEST', 1]);
    expect(reminder!.event.uid).toBe(first!.event.uid);
    expect(reminder!.event.location).toBe('Another hall');
  });

  it('is stopped by one click without cookie or login, however often; opening the link changes nothing', async () => {
    await hall.invite({ people: 2 });
    await hall.turn();
    const link = /List-Unsubscribe: <([^>]+)>/.exec(
      sent('m001@example.org')[0]!.raw.replace(/\r\n\s+/g, ' '),
    )![1]!;
    const url = new URL(link).pathname;
    const standing = () =>
      hall.look(
        `SELECT m.email, c.state, (SELECT count(*)::int FROM opt_out) AS out FROM consent c JOIN member m ON m.id = c.member_id ORDER BY 1`,
      );
    const before = await standing();
    for (const method of ['GET', 'HEAD'] as const) await hall.app.inject({ method, url });
    expect(await standing()).toEqual(before);
    for (let click = 1; click <= 2; click++) {
      const answer = await hall.app.inject({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: 'List-Unsubscribe=One-Click',
      });
      expect([answer.statusCode, answer.headers['set-cookie']]).toEqual([200, undefined]);
      expect(await standing()).toEqual([
        { email: 'm001@example.org', state: 'withdrawn', out: 1 },
        { email: 'm002@example.org', state: 'granted', out: 1 },
      ]);
    }
    hall.clock.advance(2.5 * DAY);
    await hall.turn();
    expect([sent('m001@example.org').length, sent('m002@example.org').length]).toEqual([1, 2]);
  });
});

describe('a follow-up', () => {
  it('goes once to each, by what attendance says when it is due, and never twice when that is corrected', async () => {
    const { gatheringId } = await hall.invite({ people: 3 });
    await hall.turn();
    hall.clock.advance(2.5 * DAY);
    await hall.turn();
    hall.clock.advance(0.6 * DAY);
    const [now] = await hall.look<{ now: string }>(`SELECT now()::text AS now`);
    const mark = async (email: string, status: AttendanceStatus, seconds: number): Promise<void> => {
      const at = new Date(Date.parse(now!.now) + hall.clock.offsetMs + seconds * 1000);
      const entries = [{ id: randomUUID(), memberId: await memberId(email), status, at }];
      await hall.app.get(AttendanceService).take(SYSTEM, { gatheringId, entries });
    };
    await mark('m001@example.org', 'attended', 0);
    await mark('m002@example.org', 'no_show', 0);
    await Promise.all([hall.turn(), hall.turn()]);
    await hall.turn();
    await mark('m001@example.org', 'no_show', 60);
    await mark('m002@example.org', 'attended', 60);
    await Promise.all([hall.turn(), hall.turn()]);
    hall.clock.advance(7 * DAY);
    await hall.turn();
    const both = ['Join us: Log off', 'Tomorrow: Log off'];
    expect(subjects('m001@example.org')).toEqual([...both, 'Thank you for coming']);
    expect(subjects('m002@example.org')).toEqual([...both, 'We missed you']);
    expect(subjects('m003@example.org')).toEqual(both);
    const left = await hall.look(`SELECT state, exit_reason FROM enrollment WHERE state <> 'done'`);
    expect(left).toEqual([{ state: 'exited', exit_reason: 'undecided' }]);
  });
});

describe('a gathering that is cancelled', () => {
  let invited: Invited;
  const answer = async (email: string, status: 'going' | 'maybe' | 'declined'): Promise<void> => {
    const actor = linkActor(await memberId(email), 'organizing');
    await hall.app.get(RsvpsService).answer(actor, { gatheringId: invited.gatheringId, status });
  };
  const cancel = (): Promise<void> => hall.app.get(GatheringsService).cancel(SYSTEM, invited.gatheringId);

  beforeEach(async () => {
    invited = await hall.invite({ people: 6 });
    await hall.turn();
    await hall.look(`UPDATE gathering SET capacity = 1`);
    await answer('m001@example.org', 'going');
    await answer('m002@example.org', 'going');
    await answer('m003@example.org', 'maybe');
    await answer('m004@example.org', 'declined');
    await answer('m006@example.org', 'maybe');
  });

  it('is taken back from those who come, might, or wait, once, and out of their calendars', async () => {
    await cancel();
    // The same news twice, before anything has left and after: as when a relay dies between its work and its answer.
    const hearAgain = () =>
      hall.look(`UPDATE outbox SET handled_at = NULL WHERE type = 'gathering.cancelled'`);
    await hall.app.get(Outbox).relay();
    await hearAgain();
    await hall.turn();
    await hearAgain();
    await Promise.all([hall.turn(), hall.turn()]);
    hall.clock.advance(5 * DAY);
    await hall.turn();
    for (const email of ['m001', 'm002', 'm003', 'm006'].map((name) => `${name}@example.org`)) {
      expect(subjects(email)).toEqual(['Join us: Log off', 'Cancelled: Log off']);
      const [invitation, notice] = sent(email).map(calendarOf) as [
        ReturnType<typeof calendarOf>,
        ReturnType<typeof calendarOf>,
      ];
      expect([notice.method, notice.part]).toEqual(['CANCEL', 'CANCEL']);
      expect(notice.event.uid).toBe(invitation.event.uid);
      expect(notice.event.sequence).toBeGreaterThan(invitation.event.sequence);
      expect(notice.event.component.getFirstPropertyValue('status')).toBe('CANCELLED');
    }
    for (const email of ['m004@example.org', 'm005@example.org']) {
      expect(subjects(email)).toEqual(['Join us: Log off']);
    }
  });

  it('is told without a consent to invitations, and never past an opt-out', async () => {
    await hall.look(`UPDATE consent SET state = 'withdrawn' WHERE member_id = $1`, [
      await memberId('m003@example.org'),
    ]);
    const link = /List-Unsubscribe: <([^>]+)>/.exec(
      sent('m006@example.org')[0]!.raw.replace(/\r\n\s+/g, ' '),
    )![1]!;
    await hall.app.inject({ method: 'POST', url: new URL(link).pathname });
    await cancel();
    await hall.turn();
    expect(subjects('m003@example.org')).toEqual(['Join us: Log off', 'Cancelled: Log off']);
    expect(subjects('m006@example.org')).toEqual(['Join us: Log off']);
    expect((await hall.ledger()).filter(({ name }) => name === 'cancellation')).toMatchObject([
      { state: 'accepted' },
      { state: 'accepted' },
      { state: 'accepted' },
      { email: 'm006@example.org', state: 'suppressed', reason: 'opted_out' },
    ]);
  });

  it('is not told to anyone when the gathering is over before the message can leave', async () => {
    await cancel();
    await hall.app.get(Outbox).relay();
    hall.clock.advance(4 * DAY);
    await hall.turn();
    expect(smtp.received.filter(({ mail }) => mail.subject!.startsWith('Cancelled'))).toEqual([]);
    expect(
      new Set(
        (await hall.ledger()).filter(({ name }) => name === 'cancellation').map(({ reason }) => reason),
      ),
    ).toEqual(new Set(['gathering_over']));
  });
});

describe('a gathering that changes its time or place', () => {
  let invited: Invited;
  const answer = async (email: string, status: 'going' | 'maybe' | 'declined'): Promise<void> => {
    const actor = linkActor(await memberId(email), 'organizing');
    await hall.app.get(RsvpsService).answer(actor, { gatheringId: invited.gatheringId, status });
  };
  const change = (over: object): Promise<void> =>
    hall.app.get(GatheringsService).update(SYSTEM, { gatheringId: invited.gatheringId, ...over });

  beforeEach(async () => {
    invited = await hall.invite({ people: 4 });
    await hall.turn();
    await hall.look(`UPDATE gathering SET capacity = 1`);
    await answer('m001@example.org', 'going');
    await answer('m002@example.org', 'going');
    await answer('m003@example.org', 'declined');
  });

  it('tells those who come and those who wait, once for each change, in place of their entry', async () => {
    await change({ place: 'Hall B' });
    await hall.turn();
    await hall.look(`UPDATE outbox SET handled_at = NULL WHERE type = 'gathering.changed'`);
    await hall.turn();
    for (const email of ['m001@example.org', 'm002@example.org']) {
      expect(subjects(email)).toEqual(['Join us: Log off', 'Changed: Log off']);
      const [invitation, notice] = sent(email).map(calendarOf) as [
        ReturnType<typeof calendarOf>,
        ReturnType<typeof calendarOf>,
      ];
      expect(notice.method).toBe('REQUEST');
      expect(notice.event.uid).toBe(invitation.event.uid);
      expect(notice.event.sequence).toBeGreaterThan(invitation.event.sequence);
      expect(notice.event.location).toBe('Hall B');
    }
    for (const email of ['m003@example.org', 'm004@example.org'])
      expect(subjects(email)).toEqual(['Join us: Log off']);
    await change({ place: 'Hall C' });
    await hall.turn();
    expect(subjects('m001@example.org')).toEqual([
      'Join us: Log off',
      'Changed: Log off',
      'Changed: Log off',
    ]);
  });

  it('tells nobody of other words, and one notice of changes that come before it has left', async () => {
    await change({ title: 'Log off, together' });
    await hall.turn();
    expect(subjects('m001@example.org')).toEqual(['Join us: Log off']);
    await change({ place: 'Hall B' });
    await hall.app.get(Outbox).relay();
    await change({ place: 'Hall C' });
    await hall.turn();
    expect(subjects('m001@example.org')).toEqual(['Join us: Log off', 'Changed: Log off, together']);
    expect(sent('m001@example.org').map(calendarOf)[1]!.event.location).toBe('Hall C');
  });
});

describe('somebody who waits', () => {
  it('is told of a place that they have, and of one that is held for them, once each', async () => {
    const { gatheringId } = await hall.invite({ people: 3 });
    await hall.turn();
    await hall.look(`UPDATE gathering SET capacity = 1`);
    const answer = async (email: string, status: 'going' | 'cancelled'): Promise<void> => {
      const actor = linkActor(await memberId(email), 'organizing');
      await hall.app.get(RsvpsService).answer(actor, { gatheringId, status });
    };
    for (const who of ['m001', 'm002', 'm003']) await answer(`${who}@example.org`, 'going');
    await answer('m001@example.org', 'cancelled');
    await hall.turn();
    await hall.turn();
    expect(subjects('m002@example.org')).toEqual(['Join us: Log off', 'You have a place: Log off']);
    await hall.look(`UPDATE gathering SET offer_hours = 12`);
    await answer('m002@example.org', 'cancelled');
    await hall.turn();
    await hall.look(`UPDATE outbox SET handled_at = NULL WHERE type IN ('place.offered', 'rsvp.changed')`);
    await hall.turn();
    await hall.turn();
    expect(subjects('m003@example.org')).toEqual(['Join us: Log off', 'A place is free: Log off']);
    const link = /https?:\/\/[^\s]+\/r\/[^\s]+/.exec(sent('m003@example.org')[1]!.mail.text!)![0];
    const page = await hall.app.inject({ url: new URL(link).pathname });
    expect(page.body).toContain('A place is held for you until');
    expect(page.body).toContain('Take the place');
    await hall.app.inject({ method: 'POST', url: new URL(link).pathname, payload: { status: 'going' } });
    await hall.turn();
    await hall.turn();
    expect(subjects('m003@example.org')).toEqual([
      'Join us: Log off',
      'A place is free: Log off',
      'You have a place: Log off',
    ]);
    expect(subjects('m001@example.org')).toEqual(['Join us: Log off']);
  });
});

describe('somebody who has completed a course', () => {
  it('is told once, where their certificate is, whether they had answered or walked in', async () => {
    const { gatheringId } = await hall.invite({ people: 2 });
    await hall.turn();
    await hall.look(
      `WITH c AS (INSERT INTO course (chapter_id, title, state) SELECT chapter_id, 'Basics', 'open' FROM gathering WHERE id = $1 RETURNING id),
         m AS (INSERT INTO course_module (course_id, ordinal, title) SELECT id, 1, 'All' FROM c RETURNING id)
       INSERT INTO gathering_module (gathering_id, module_id) SELECT $1, id FROM m`,
      [gatheringId],
    );
    const [{ at }] = (await hall.look<{ at: Date }>(`SELECT starts_at AS at FROM gathering WHERE id = $1`, [
      gatheringId,
    ])) as [{ at: Date }];
    hall.clock.advance(at.getTime() + 60_000 - Date.now());
    await hall.app.get(AttendanceService).take(SYSTEM, {
      gatheringId,
      entries: [{ id: randomUUID(), memberId: await memberId('m001@example.org'), status: 'attended', at }],
    });
    await hall.turn();
    await hall.look(
      `UPDATE outbox SET handled_at = NULL WHERE type IN ('attendance.recorded', 'certificate.issued')`,
    );
    await hall.turn();
    await hall.turn();
    const told = sent('m001@example.org').filter(
      ({ mail }) => mail.subject === 'You have completed a course',
    );
    expect(told).toHaveLength(1);
    expect(told[0]!.mail.text).toMatch(/\/portal\/certificates/);
    expect(subjects('m002@example.org')).not.toContain('You have completed a course');
  });
});

describe('a reminder', () => {
  const ZONES = [
    'America/Los_Angeles',
    'Europe/Madrid',
    'Australia/Lord_Howe',
    'America/Santiago',
    'Asia/Kathmandu',
  ];
  /** A year of days that begins far enough ahead, with both clock changes of every zone in it. */
  const day = fc.integer({ min: 10, max: 375 });

  it('moves also those who began to wait while its new time was being written', async () => {
    const { gatheringId } = await hall.invite({ people: 1 });
    const writing = hall.app.get(DataSource).createQueryRunner();
    const [{ pid }] = (await writing.query(`SELECT pg_backend_pid() AS pid`)) as [{ pid: number }];
    await writing.startTransaction();
    await writing.query(`SELECT set_config('unionhall.sees_all', 'on', true)`);
    await writing.query(
      `UPDATE gathering SET starts_at = starts_at + interval '5 days', ends_at = ends_at + interval '5 days' WHERE id = $1`,
      [gatheringId],
    );
    await hall.look(`UPDATE enrollment SET position = 2, due_at = now()`);
    const advancing = hall.app.get(AdvanceService).advance();
    await eventually('who advances waits for the new time', async () => {
      const waiting = await hall.look(`SELECT FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))`, [
        pid,
      ]);
      return waiting.length > 0;
    });
    await writing.commitTransaction();
    await writing.release();
    await advancing;
    const [row] = await hall.look(
      `SELECT e.position, e.due_at = g.starts_at - interval '1 day' AS is_new FROM enrollment e, gathering g`,
    );
    expect(row).toEqual({ position: 3, is_new: true });
  });

  it('waits for one day before by the clock on the wall, wherever and whenever the gathering is moved', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ZONES),
        day,
        day,
        fc.constantFrom(...ZONES),
        async (zone, planned, moved, zoneAfter) => {
          const local = (days: number, timeZone: string): DateTime<true> =>
            DateTime.now()
              .setZone(timeZone)
              .plus({ days })
              .set({ hour: 18, minute: 30, second: 0, millisecond: 0 }) as DateTime<true>;
          const minute = (at: DateTime<true>): string => at.toFormat("yyyy-LL-dd'T'HH:mm");
          const { gatheringId, sequenceId } = await hall.invite({
            people: 1,
            startsAt: minute(local(planned, zone)),
            timeZone: zone,
          });
          await hall.turn();
          const due = async (): Promise<number> =>
            (
              await hall.look<{ due: Date }>(`SELECT due_at AS due FROM enrollment WHERE sequence_id = $1`, [
                sequenceId,
              ])
            )[0]!.due.getTime();
          expect(await due()).toBe(local(planned, zone).minus({ days: 1 }).toMillis());
          await hall.app.get(GatheringsService).update(SYSTEM, {
            gatheringId,
            times: { startsAt: minute(local(moved, zoneAfter)), timeZone: zoneAfter, durationMinutes: 60 },
          });
          await hall.turn();
          expect(await due()).toBe(local(moved, zoneAfter).minus({ days: 1 }).toMillis());
        },
      ),
      { numRuns: 30 },
    );
  }, 120_000);

  it('goes once when the gathering is put off after it, and not at all when it is cancelled before it', async () => {
    const off = await hall.invite({ people: 1 });
    const cancelled = await hall.invite({ people: 1 });
    await hall.turn();
    await hall.app.get(GatheringsService).cancel(SYSTEM, cancelled.gatheringId);
    hall.clock.advance(2.5 * DAY);
    await hall.turn();
    expect(subjects('m001@example.org')).toEqual(['Join us: Log off', 'Tomorrow: Log off']);
    await hall.app.get(GatheringsService).update(SYSTEM, {
      gatheringId: off.gatheringId,
      times: {
        startsAt: DateTime.now()
          .setZone('America/Los_Angeles')
          .plus({ days: 9 })
          .toFormat("yyyy-LL-dd'T'12:00"),
        timeZone: 'America/Los_Angeles',
        durationMinutes: 60,
      },
    });
    for (let day = 0; day < 7; day++) {
      hall.clock.advance(DAY);
      await hall.turn();
    }
    expect(subjects('m001@example.org')).toEqual(['Join us: Log off', 'Tomorrow: Log off']);
    expect(subjects('m001.2@example.org')).toEqual(['Join us: Log off']);
  });
});
