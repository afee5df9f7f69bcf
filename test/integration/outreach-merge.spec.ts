import fc from 'fast-check';
import { PersonalDataService } from '@unionhall/consent';
import { AdvanceService, DraftsService, SequencesService } from '@unionhall/outreach';
import { Database } from '@unionhall/platform';
import { eventually } from '../support/eventually';
import { startSmtpSink, type SmtpSink } from '../support/smtp';
import { openOutreach, SYSTEM, type Invited, type OutreachHall } from './outreach-hall';

const MESSAGES = ['one', 'two', 'three'];
const HOUR = 3_600_000;

/** What may happen to the two records before they are found to be one person. */
const before = fc.array(
  fc.constantFrom('advance', 'send', 'claim', 'an hour', 'held') as fc.Arbitrary<Event>,
  {
    maxLength: 8,
  },
);
type Event = 'advance' | 'send' | 'claim' | 'an hour' | 'held';

describe('two records of one person', () => {
  let smtp: SmtpSink;
  let hall: OutreachHall;
  let invited: Invited;
  let nth = 0;

  beforeAll(async () => {
    smtp = await startSmtpSink();
    hall = await openOutreach({
      SMTP_URL: smtp.url,
      MESSAGES_A_WEEK: '0',
      SEND_FROM_HOUR: '0',
      SEND_UNTIL_HOUR: '24',
    });
    invited = await hall.invite({ people: 1 });
    await hall.app.get(SequencesService).end(SYSTEM, invited.sequenceId);
  });
  afterAll(async () => {
    await hall.close();
    await smtp.close();
  });

  const person = async (email: string): Promise<string> => {
    const [member] = await hall.look<{ id: string }>(
      `WITH made AS (INSERT INTO member (chapter_id, given_name, email, email_key, status) VALUES ($1, 'Given', $2, $2, 'member') RETURNING id, chapter_id)
       INSERT INTO consent (member_id, chapter_id, purpose, channel, state, wording, source)
       SELECT id, chapter_id, 'events', 'email', 'granted', 'Yes', 'test' FROM made RETURNING member_id AS id`,
      [invited.chapterId, email],
    );
    return member!.id;
  };
  const publish = async (run: number): Promise<string> => {
    const steps = MESSAGES.flatMap((name, at) => [
      ...(at === 0 ? [] : [{ kind: 'wait', key: `before-${name}`, for: { minutes: 60 } }]),
      {
        kind: 'message',
        key: name,
        name,
        until: 'never',
        subject: { en: `${run} ${name}` },
        body: { en: 'Hello {{name}}' },
      },
    ]);
    const drafts = hall.app.get(DraftsService);
    const { id } = await drafts.create(
      SYSTEM,
      {
        title: `Run ${run}`,
        purpose: 'events',
        segment: { chapterId: invited.chapterId },
        trigger: { on: 'hand' },
        reentry: 'once',
        goal: null,
        gatheringId: null,
        steps,
      },
      `sequence ${run}`,
    );
    await drafts.publish(SYSTEM, id, 'finish', `publish ${run}`);
    return id;
  };
  const enrol = async (sequenceId: string, memberId: string): Promise<void> => {
    await hall.look(
      `INSERT INTO enrollment (sequence_id, version, member_id, chapter_id) VALUES ($1, 1, $2, $3)`,
      [sequenceId, memberId, invited.chapterId],
    );
  };
  const copies = (subject: string): number =>
    smtp.received.filter(({ mail }) => mail.subject === subject).length;

  it('become one that is sent each message once, whatever either was sent before, and while messages leave', async () => {
    await fc.assert(
      fc.asyncProperty(
        before,
        fc.boolean(),
        before,
        fc.boolean(),
        async (first, bothEnter, second, meanwhile) => {
          const run = ++nth;
          const keep = await person(`keep${run}@example.org`);
          const drop = await person(`drop${run}@example.org`);
          const sequenceId = await publish(run);
          const happens = async (event: Event): Promise<void> => {
            if (event === 'advance') await hall.app.get(AdvanceService).advance();
            if (event === 'send') await hall.send.send();
            if (event === 'an hour') hall.clock.advance(HOUR);
            if (event === 'held')
              await hall.look(
                `UPDATE enrollment SET due_at = due_at + interval '1 hour' WHERE member_id = $1`,
                [keep],
              );
            if (event === 'claim')
              await hall.look(
                `UPDATE delivery SET state = 'leased', fence = fence + 1, lease_until = now() - interval '1 second'
                WHERE state = 'due' AND member_id IN ($1, $2)`,
                [keep, drop],
              );
          };
          await enrol(sequenceId, drop);
          for (const event of first) await happens(event);
          if (bothEnter) await enrol(sequenceId, keep);
          for (const event of second) await happens(event);

          const merge = (): Promise<void> =>
            hall.app
              .get(Database)
              .tx(SYSTEM, (em) => hall.app.get(PersonalDataService).merge(em, keep, drop));
          if (meanwhile)
            await Promise.all([merge(), hall.send.send(), hall.app.get(AdvanceService).advance()]);
          else await merge();
          const sent = new Map(MESSAGES.map((name) => [name, copies(`${run} ${name}`)]));
          await hall.send.recover();
          // Two waits of an hour, and an hour for each time that somebody was held up.
          const heldUp = [...first, ...second].filter((event) => event === 'held').length;
          for (let hour = 0; hour < 5 + heldUp; hour += 1) {
            await hall.turn();
            hall.clock.advance(HOUR);
          }
          for (const [name, already] of sent)
            expect([name, copies(`${run} ${name}`)]).toEqual([name, Math.max(1, already)]);
          const rows = await hall.look<{ step_key: string; total: number }>(
            `SELECT step_key, count(*)::int AS total FROM delivery WHERE sequence_id = $1 GROUP BY 1`,
            [sequenceId],
          );
          expect(rows.map(({ total }) => total)).toEqual(MESSAGES.map(() => 1));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('are written to at once when they become one between the claim of a message and its barrier', async () => {
    const run = ++nth;
    const keep = await person(`keep${run}@example.org`);
    const drop = await person(`drop${run}@example.org`);
    await enrol(await publish(run), drop);
    await hall.app.get(AdvanceService).advance();

    const db = hall.app.get(Database);
    const real = db.tx.bind(db);
    let merging: Promise<void> | undefined;
    const mergeFirst = (): Promise<void> =>
      new Promise((merged) => {
        merging = real(SYSTEM, async (em) => {
          await hall.app.get(PersonalDataService).merge(em, keep, drop);
          merged();
          await eventually('the barrier waits for the merge', async () => {
            const waiting = await hall.look(
              `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%place_key%' AND pid <> pg_backend_pid()`,
            );
            return waiting.length > 0;
          });
        });
      });
    const spy = jest.spyOn(db, 'tx').mockImplementation(async (actor, work, name) => {
      if (name === 'outreach.barrier' && merging === undefined) await mergeFirst();
      return real(actor, work, name);
    });
    try {
      await hall.send.send();
      await merging;
    } finally {
      spy.mockRestore();
    }
    expect(copies(`${run} one`)).toBe(1);
  });
});
