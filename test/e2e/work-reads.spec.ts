import { GrantsService, SignInService, UsersService } from '@unionhall/identity';
import { openOutreach, SYSTEM, type Invited, type OutreachHall } from '../integration/outreach-hall';
import { eventually } from '../support/eventually';
import { startSmtpSink, type SmtpSink } from '../support/smtp';

const PASSWORD = 'correct horse battery';
const PEOPLE = 6;

interface Step {
  readonly id: string;
  readonly name: string | null;
  readonly waiting: number;
  readonly nextDueAt: string | null;
  readonly outcomes: readonly { state: string; reason: string | null; total: number }[];
}
const STEPS = `query ($id: ID!) { sequence(id: $id) { steps(first: 20) { nodes { id name waiting nextDueAt outcomes } } } }`;

describe('what the screens of the work read', () => {
  let smtp: SmtpSink;
  let hall: OutreachHall;
  let invited: Invited;
  let elsewhere: Invited;
  let token: string;
  let stranger: string;

  const ask = async <T>(query: string, variables: object = {}, as = token): Promise<T> => {
    const answer = await hall.app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${as}` },
      payload: { query, variables },
    });
    const body = answer.json<{ data: T; errors?: unknown }>();
    expect(body.errors).toBeUndefined();
    return body.data;
  };
  const steps = async (): Promise<Step[]> =>
    (
      await ask<{ sequence: { steps: { nodes: Step[] } } }>(STEPS, {
        id: `Sequence_${invited.sequenceId}`,
      })
    ).sequence.steps.nodes;
  const organizer = async (email: string, chapterId: string): Promise<string> => {
    await hall.app.get(UsersService).ensure(SYSTEM, { email, password: PASSWORD });
    await hall.app.get(GrantsService).giveTo(SYSTEM, email, { role: 'organizer', chapterId, purposes: [] });
    return (
      await hall.app.get(SignInService).withPassword({ email, password: PASSWORD, address: '127.0.0.1' })
    ).token;
  };

  beforeAll(async () => {
    smtp = await startSmtpSink();
    hall = await openOutreach({ SMTP_URL: smtp.url });
    invited = await hall.invite({ people: PEOPLE });
    elsewhere = await hall.invite({ people: 2 });
    await hall.look(
      `UPDATE consent SET state = 'withdrawn' WHERE member_id IN (SELECT id FROM member WHERE chapter_id = $1 ORDER BY email LIMIT 2)`,
      [invited.chapterId],
    );
    token = await organizer('ada@example.org', invited.chapterId);
    stranger = await organizer('bob@example.org', elsewhere.chapterId);
  });
  afterAll(async () => {
    await hall.close();
    await smtp.close();
  });

  it('a step says who waits for it, when the first goes on, and what became of its messages and why', async () => {
    const before = await steps();
    expect(before[0]).toMatchObject({
      name: 'invitation',
      waiting: 0,
      nextDueAt: null,
      outcomes: [{ state: 'DUE', reason: null, total: PEOPLE }],
    });
    await eventually('everything is decided', async () => {
      await hall.turn();
      return (
        (await hall.look(`SELECT FROM delivery WHERE state IN ('due', 'leased', 'attempting')`)).length === 0
      );
    });
    const [invitation, , reminder] = await steps();
    expect(invitation!.outcomes).toEqual([
      { state: 'ACCEPTED', reason: null, total: PEOPLE - 2 },
      { state: 'SUPPRESSED', reason: 'no_consent', total: 2 },
    ]);
    const [gathering] = await hall.look<{ eve: Date }>(
      `SELECT ((starts_at AT TIME ZONE time_zone) - interval '1 day') AT TIME ZONE time_zone AS eve FROM gathering WHERE id = $1`,
      [invited.gatheringId],
    );
    expect(reminder).toMatchObject({ name: 'reminder', waiting: PEOPLE, outcomes: [] });
    expect(new Date(reminder!.nextDueAt!)).toEqual(gathering!.eve);
  });

  it('the messages of one step in one state are a page of their own', async () => {
    const [invitation, , reminder] = await steps();
    const of = async (step: string, state: string): Promise<(string | null)[]> =>
      (
        await ask<{ sequence: { deliveries: { nodes: { reason: string | null }[] } } }>(
          `query ($id: ID!, $step: ID!, $state: [DeliveryState!]) { sequence(id: $id) { deliveries(first: 10, filter: { step: $step, state: { in: $state } }) { nodes { reason } } } }`,
          { id: `Sequence_${invited.sequenceId}`, step, state: [state] },
        )
      ).sequence.deliveries.nodes.map(({ reason }) => reason);
    expect(await of(invitation!.id, 'SUPPRESSED')).toEqual(['no_consent', 'no_consent']);
    expect(await of(invitation!.id, 'ACCEPTED')).toHaveLength(PEOPLE - 2);
    expect(await of(reminder!.id, 'ACCEPTED')).toEqual([]);
  });

  it('a gathering shows its outreach to those who may run it, and nothing to those of another chapter', async () => {
    const OF = `query ($id: ID!) { gathering(id: $id) { sequences(first: 5) { nodes { id } } } }`;
    const id = `Gathering_${invited.gatheringId}`;
    const sequences = { nodes: [{ id: `Sequence_${invited.sequenceId}` }] };
    expect(await ask(OF, { id })).toEqual({ gathering: { sequences } });
    expect(await ask(OF, { id }, stranger)).toEqual({ gathering: { sequences: { nodes: [] } } });
  });

  it('a scope holds gatherings, outreach and campaigns of a chapter and of those below it', async () => {
    const [below] = await hall.look<{ id: string }>(
      `INSERT INTO chapter (parent_id, name, kind, slug, time_zone, language) VALUES ($1, 'Fruitvale', 'workplace', 'fruitvale', 'America/Los_Angeles', 'en') RETURNING id`,
      [invited.chapterId],
    );
    await hall.look(
      `INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone)
       VALUES ($1, 'training', 'Below', now() - interval '2 hours', now() - interval '1 hour', 'UTC')`,
      [below!.id],
    );
    await hall.look(
      `INSERT INTO campaign (chapter_id, slug, title, target, starts_at, time_zone) VALUES ($1, 'below', 'Below', 'Example Social', now(), 'UTC')`,
      [below!.id],
    );
    const SCOPED = `query ($in: ID!, $now: Instant!) {
      past: gatherings(first: 9, filter: { within: $in, until: $now }) { nodes { title } }
      ahead: gatherings(first: 9, filter: { within: $in, from: $now }) { nodes { title } }
      sequences(first: 9, filter: { within: $in }) { totalCount }
      campaigns(first: 9, filter: { within: $in }) { nodes { title } }
    }`;
    const now = new Date().toISOString();
    expect(await ask(SCOPED, { in: `Chapter_${invited.chapterId}`, now })).toEqual({
      past: { nodes: [{ title: 'Below' }] },
      ahead: { nodes: [{ title: 'Log off' }] },
      sequences: { totalCount: 1 },
      campaigns: { nodes: [{ title: 'Below' }] },
    });
    expect(await ask(SCOPED, { in: `Chapter_${elsewhere.chapterId}`, now }, stranger)).toEqual({
      past: { nodes: [] },
      ahead: { nodes: [{ title: 'Log off' }] },
      sequences: { totalCount: 1 },
      campaigns: { nodes: [] },
    });
  });

  it('an answer says whether the person came', async () => {
    await hall.look(
      `WITH m AS (SELECT id, chapter_id FROM member WHERE chapter_id = $1 ORDER BY email LIMIT 2),
       r AS (INSERT INTO rsvp (gathering_id, member_id, chapter_id, status, source) SELECT $2, id, chapter_id, 'going', 'portal' FROM m)
       INSERT INTO attendance (gathering_id, member_id, chapter_id, status, source) SELECT $2, id, chapter_id, 'attended', 'door' FROM m LIMIT 1`,
      [invited.chapterId, invited.gatheringId],
    );
    const answers = await ask<{ gathering: { rsvps: { nodes: { came: string | null }[] } } }>(
      `query ($id: ID!) { gathering(id: $id) { rsvps(first: 5) { nodes { came } } } }`,
      { id: `Gathering_${invited.gatheringId}` },
    );
    expect(answers.gathering.rsvps.nodes.map(({ came }) => came).sort()).toEqual(['ATTENDED', null]);
  });

  it('commitments are counted by kind and status for those who run the campaign, and for nobody else', async () => {
    await hall.look(
      `INSERT INTO commitment (campaign_id, member_id, chapter_id, kind, status, evidence)
       SELECT c.id, m.id, m.chapter_id, 'log_off', CASE WHEN n = 1 THEN 'kept' WHEN n = 2 THEN 'withdrawn' ELSE 'unknown' END,
         CASE WHEN n = 1 THEN 'self_reported' END
         FROM campaign c, (SELECT *, row_number() OVER (ORDER BY email) AS n FROM member WHERE chapter_id = $1) m WHERE c.slug = 'below'`,
      [invited.chapterId],
    );
    const TALLY = `{ campaign(slug: "below") { pledgeCount tally } }`;
    expect(await ask(TALLY)).toEqual({
      campaign: {
        pledgeCount: PEOPLE - 1,
        tally: [
          { kind: 'LOG_OFF', status: 'KEPT', total: 1 },
          { kind: 'LOG_OFF', status: 'UNKNOWN', total: PEOPLE - 2 },
          { kind: 'LOG_OFF', status: 'WITHDRAWN', total: 1 },
        ],
      },
    });
    expect(await ask(TALLY, {}, stranger)).toEqual({ campaign: { pledgeCount: PEOPLE - 1, tally: null } });
  });
});
