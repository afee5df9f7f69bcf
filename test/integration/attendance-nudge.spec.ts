import { randomUUID } from 'node:crypto';
import { AttendanceService } from '@unionhall/gatherings';
import { AttendanceNudge } from '@unionhall/outreach';
import { Outbox } from '@unionhall/platform';
import { startSmtpSink, type SmtpSink } from '../support/smtp';
import { openOutreach, SYSTEM, type Invited, type OutreachHall } from './outreach-hall';

const HOUR = 3_600_000;

describe('a gathering of which nobody has said who came', () => {
  let smtp: SmtpSink;
  let hall: OutreachHall;
  let invited: Invited;

  const user = async (name: string, chapterId: string | null): Promise<string> => {
    const [made] = await hall.look<{ id: string }>(
      `INSERT INTO user_account (email, email_key) VALUES ($1, $1) RETURNING id`,
      [`${name}@example.org`],
    );
    if (chapterId !== null)
      await hall.look(`INSERT INTO role_grant (user_id, role, chapter_id) VALUES ($1, 'facilitator', $2)`, [
        made!.id,
        chapterId,
      ]);
    return made!.id;
  };
  const ask = async (): Promise<number> => {
    const asked = await hall.app.get(AttendanceNudge).sweep();
    await hall.app.get(Outbox).relay();
    return asked;
  };
  const asked = (): string[] => smtp.received.map(({ to }) => to).sort();
  /** From now, so many hours after its end. */
  const after = async (hours: number): Promise<void> => {
    const [{ ends }] = (await hall.look<{ ends: Date }>(
      `SELECT ends_at AS ends FROM gathering WHERE id = $1`,
      [invited.gatheringId],
    )) as [{ ends: Date }];
    hall.clock.offsetMs = ends.getTime() + hours * HOUR - Date.now();
  };

  beforeEach(async () => {
    smtp = await startSmtpSink();
    hall = await openOutreach({ SMTP_URL: smtp.url });
    invited = await hall.invite({ people: 2 });
    await hall.look(
      `INSERT INTO rsvp (gathering_id, member_id, chapter_id, status) SELECT $1, id, chapter_id, 'going' FROM member`,
      [invited.gatheringId],
    );
    const [elsewhere] = await hall.look<{ id: string }>(
      `INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ('Berkeley', 'city', 'berkeley', 'America/Los_Angeles', 'en') RETURNING id`,
    );
    const planner = await user('planner', null);
    await user('facilitator', invited.chapterId);
    await user('elsewhere', elsewhere!.id);
    const former = await user('former', invited.chapterId);
    await hall.look(`UPDATE role_grant SET revoked_at = now() WHERE user_id = $1`, [former]);
    await hall.look(`UPDATE gathering SET created_by = $2 WHERE id = $1`, [invited.gatheringId, planner]);
  });
  afterEach(async () => {
    await hall.close();
    await smtp.close();
  });

  it('is asked about once, of who planned it and who facilitates in its chapter', async () => {
    await after(2.9);
    expect(await ask()).toBe(0);
    await after(3.1);
    expect((await Promise.all([ask(), ask()])).sort()).toEqual([0, 2]);
    expect(await ask()).toBe(0);
    expect(asked()).toEqual(['facilitator@example.org', 'planner@example.org']);
    expect(smtp.received[0]!.mail.subject).toBe('Who came? Log off');
    expect(smtp.received[0]!.mail.text).toContain('2 people said they would come');
    expect(smtp.received[0]!.mail.text).toContain('/door');
  });

  it('is not asked about when somebody has said it, when it was cancelled, or when it is long ago', async () => {
    await after(49);
    expect(await ask()).toBe(0);
    await after(4);
    const [{ id: memberId }] = (await hall.look<{ id: string }>(`SELECT id FROM member LIMIT 1`)) as [
      { id: string },
    ];
    const at = new Date(Date.now() + hall.clock.offsetMs);
    await hall.app.get(AttendanceService).take(SYSTEM, {
      gatheringId: invited.gatheringId,
      entries: [{ id: randomUUID(), memberId, status: 'no_show', at }],
    });
    expect(await ask()).toBe(0);
    await hall.look(`DELETE FROM attendance`);
    await hall.look(`UPDATE gathering SET state = 'cancelled', cancelled_at = now()`);
    expect(await ask()).toBe(0);
    expect(asked()).toEqual([]);
  });

  it('is not asked about any more when it was marked after the question was decided and before it left', async () => {
    await after(4);
    expect(await hall.app.get(AttendanceNudge).sweep()).toBe(2);
    const at = new Date(Date.now() + hall.clock.offsetMs);
    const members = await hall.look<{ id: string }>(`SELECT id FROM member LIMIT 1`);
    await hall.app.get(AttendanceService).take(SYSTEM, {
      gatheringId: invited.gatheringId,
      entries: [{ id: randomUUID(), memberId: members[0]!.id, status: 'attended', at }],
    });
    await hall.app.get(Outbox).relay();
    expect(asked()).toEqual([]);
  });
});
