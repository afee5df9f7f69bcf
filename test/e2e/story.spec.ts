import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import { GrantsService, systemActor, UsersService } from '@unionhall/identity';
import ICAL from 'ical.js';
import { onEachBackend } from '../support/backends';
import { asOwner } from '../support/database';
import { eventually } from '../support/eventually';
import { openUnion, type TestUnion } from '../support/union';

const SYSTEM = systemActor('test');
const PASSWORD = 'correct horse battery';
const ZONE = 'America/Phoenix';
const PEOPLE = ['ana', 'ben', 'chi', 'dov', 'eva'] as const;

onEachBackend('the story of a training, as organizer, member and partner', (environment) => {
  let union: TestUnion;
  let chapterId: string;
  let organizer: string;
  let gatheringId: string;
  let sequenceId: string;
  const ids = new Map<string, string>();

  const sign = async (name: string): Promise<string> => {
    const before = union.smtp.received.length;
    await union.ask(`mutation ($e: String!) { requestSignInLink(email: $e) }`, { e: `${name}@example.org` });
    const mail = await eventually('the sign-in link arrives', async () =>
      Promise.resolve(union.smtp.received.slice(before).find(({ to }) => to === `${name}@example.org`)),
    );
    const link = /https?:\/\/\S+/.exec(mail.mail.text!)![0];
    const token = decodeURIComponent(/[?&#/](?:token=)?([A-Za-z0-9_.~-]{20,})$/.exec(link)![1]!);
    const signedIn = await union.ask<{ signInWithLink: { token: string } }>(
      `mutation ($t: String!) { signInWithLink(token: $t) { token } }`,
      { t: token },
    );
    expect(signedIn.errors).toEqual([]);
    const again = await union.ask(`mutation ($t: String!) { signInWithLink(token: $t) { token } }`, {
      t: token,
    });
    expect(again.errors[0]?.extensions.code).toBe('SIGN_IN.LINK_USED');
    return signedIn.data.signInWithLink.token;
  };
  const subjects = (name: string): string[] =>
    union.smtp.received
      .filter(({ to, mail }) => to === `${name}@example.org` && !mail.subject!.includes('sign in'))
      .map(({ mail }) => mail.subject!);

  beforeAll(async () => {
    union = await openUnion(environment);
    chapterId = await asOwner(union.databaseUrl, async (client) => {
      await client.query(
        `SELECT set_config('unionhall.kind', 'system', false), set_config('unionhall.sees_all', 'on', false)`,
      );
      const { rows } = await client.query<{ id: string }>(
        `INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ('Oakland', 'city', 'oakland', '${ZONE}', 'en') RETURNING id`,
      );
      for (const name of PEOPLE) {
        const member = await client.query<{ id: string }>(
          `INSERT INTO member (chapter_id, given_name, family_name, email, email_key, language, status)
           VALUES ($1, $2, 'Example', $3, $3, $4, 'member') RETURNING id`,
          [rows[0]!.id, name, `${name}@example.org`, name === 'eva' ? 'es' : 'en'],
        );
        ids.set(name, member.rows[0]!.id);
        if (name === 'dov') continue;
        await client.query(
          `INSERT INTO consent (member_id, chapter_id, purpose, channel, state, wording, source) VALUES ($1, $2, 'events', 'email', 'granted', 'Tell me about events', 'test')`,
          [member.rows[0]!.id, rows[0]!.id],
        );
      }
      return rows[0]!.id;
    });
    await union.api.get(UsersService).ensure(SYSTEM, { email: 'organizer@example.org', password: PASSWORD });
    await union.api
      .get(GrantsService)
      .giveTo(SYSTEM, 'organizer@example.org', { role: 'admin', chapterId: null as never, purposes: [] });
    const answer = await union.ask<{ signInWithPassword: { token: string } }>(
      `mutation { signInWithPassword(email: "organizer@example.org", password: "${PASSWORD}") { token } }`,
    );
    organizer = answer.data.signInWithPassword.token;
  });
  afterAll(() => union.close());

  it('schedules a training in local time and starts its sequence once, however often it is asked', async () => {
    const startsAt = DateTime.now().setZone(ZONE).plus({ days: 3 }).toFormat("yyyy-LL-dd'T'HH:mm");
    const scheduled = await union.ask<{ scheduleTraining: { id: string; startsAt: string } }>(
      `mutation ($input: ScheduleGatheringInput!) { scheduleTraining(input: $input) { id startsAt } }`,
      {
        input: {
          chapterId: `Chapter_${chapterId}`,
          title: 'How to log off together',
          startsAt,
          timeZone: ZONE,
          durationMinutes: 90,
          place: 'Union hall',
        },
      },
      organizer,
    );
    expect(scheduled.errors).toEqual([]);
    gatheringId = scheduled.data.scheduleTraining.id;
    const start = (): ReturnType<
      typeof union.ask<{ startTrainingSequence: { id: string; enrolledCount: number } }>
    > =>
      union.ask(
        `mutation ($g: ID!, $c: ID!) { startTrainingSequence(gatheringId: $g, segment: { chapterId: $c, status: MEMBER }, idempotencyKey: "training-one") { id enrolledCount } }`,
        { g: gatheringId, c: `Chapter_${chapterId}` },
        organizer,
      );
    const [first, second] = await Promise.all([start(), start()]);
    expect(first.errors).toEqual([]);
    expect(first.data.startTrainingSequence.enrolledCount).toBe(5);
    sequenceId = first.data.startTrainingSequence.id;
    expect(second.data.startTrainingSequence.id).toBe(sequenceId);
  });

  it('invites everyone who allowed it, once, with calendar, RSVP link and one-click headers', async () => {
    await eventually('four invitations', async () =>
      Promise.resolve(union.smtp.received.filter(({ raw }) => raw.includes('invite.ics')).length >= 4),
    );
    expect(subjects('ana')).toEqual(['Join us: How to log off together']);
    expect(subjects('eva')).toEqual(['Te invitamos: How to log off together']);
    expect(subjects('dov')).toEqual([]);
    const { mail, raw } = union.smtp.received.find(({ to }) => to === 'ana@example.org')!;
    expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/m);
    const calendar = mail.attachments.find(
      ({ contentType }) => contentType.includes('calendar') || contentType.includes('ics'),
    )!;
    const event = new ICAL.Event(
      new ICAL.Component(ICAL.parse(calendar.content.toString()) as never).getFirstSubcomponent('vevent')!,
    );
    const stored = await union.ask<{ gathering: { startsAt: string } }>(
      `query ($id: ID!) { gathering(id: $id) { startsAt } }`,
      { id: gatheringId },
      organizer,
    );
    expect(event.startDate.toJSDate().getTime()).toBe(Date.parse(stored.data.gathering.startsAt));
  });

  it('takes an RSVP from the link without signing in; opening the link changes nothing', async () => {
    const link = (name: string): string => {
      const { mail } = union.smtp.received.find(
        ({ to, raw }) => to === `${name}@example.org` && raw.includes('invite.ics'),
      )!;
      return new URL(/https?:\/\/\S+\/r\/\S+/.exec(mail.text!)![0]).pathname;
    };
    const page = await fetch(`${union.address}${link('ana')}`);
    expect(page.status).toBe(200);
    const answer = async (name: string, status: string): Promise<void> => {
      const response = await fetch(`${union.address}${link(name)}`, {
        method: 'POST',
        body: new URLSearchParams({ status }),
      });
      expect(response.status).toBe(200);
    };
    await answer('ana', 'going');
    await answer('chi', 'declined');
    const seen = await union.ask<{ gathering: { goingCount: number } }>(
      `query ($id: ID!) { gathering(id: $id) { goingCount } }`,
      { id: gatheringId },
      organizer,
    );
    expect(seen.data.gathering.goingCount).toBe(1);
  });

  it('lets a member sign in by mail, answer, change profile and consents, and see who read their data', async () => {
    const ben = await sign('ben');
    const going = await union.ask(
      `mutation ($g: ID!) { rsvp(input: { gatheringId: $g, status: GOING }) { status } }`,
      { g: gatheringId },
      ben,
    );
    expect(going.data).toEqual({ rsvp: { status: 'GOING' } });
    const twice = await union.ask(
      `mutation ($g: ID!) { rsvp(input: { gatheringId: $g, status: GOING }) { status } }`,
      { g: gatheringId },
      ben,
    );
    expect(twice.errors[0]?.extensions.code).toBe('RSVP.ALREADY');
    const profile = await union.ask(
      `mutation { updateMyProfile(input: { givenName: "Benjamín", phone: "+1 415 555 0123" }) { givenName } }`,
      {},
      ben,
    );
    expect(profile.data).toEqual({ updateMyProfile: { givenName: 'Benjamín' } });
    const wrong = await union.ask(
      `mutation { updateMyProfile(input: { email: "no address" }) { id } }`,
      {},
      ben,
    );
    expect(wrong.errors[0]?.extensions).toMatchObject({ code: 'MEMBER.INVALID', field: 'input.email' });
    await union.ask(
      `mutation { setMyConsent(purpose: NEWSLETTER, channel: EMAIL, granted: true, wording: "Send me the newsletter") { id } }`,
      {},
      ben,
    );

    const read = await union.ask<{ members: { nodes: { email: string }[] } }>(
      `query WhoIsWho { members(first: 10, filter: { status: { eq: MEMBER } }) { nodes { givenName email } totalCount } }`,
      {},
      organizer,
    );
    expect(read.data.members.nodes).toHaveLength(5);
    const seen = await union.ask<{
      whoReadMyData: { nodes: { operation: string; fields: string[]; reader: string }[] };
      me: object;
    }>(
      `{ me { givenName consents(first: 5) { nodes { purpose state } } } whoReadMyData(first: 20) { nodes { operation fields reader at purpose } } }`,
      {},
      ben,
    );
    expect(seen.errors).toEqual([]);
    expect(seen.data.whoReadMyData.nodes).toEqual(
      expect.arrayContaining([expect.objectContaining({ operation: 'WhoIsWho', reader: 'USER' })]),
    );
    const other = await union.ask(
      `query ($id: ID!) { member(id: $id) { givenName } }`,
      { id: `Member_${ids.get('ana')!}` },
      ben,
    );
    expect(other.data).toEqual({ member: null });
  });

  it('stops at one click: who opted out first is not written to again', async () => {
    const { mail } = union.smtp.received.find(
      ({ to, raw }) => to === 'eva@example.org' && raw.includes('invite.ics'),
    )!;
    const url = /<([^>]+)>/.exec(
      String((mail.headers.get('list') as { unsubscribe: { url: string } }).unsubscribe.url),
    ) ?? ['', (mail.headers.get('list') as { unsubscribe: { url: string } }).unsubscribe.url];
    const path = new URL(url[1]!).pathname;
    expect((await fetch(`${union.address}${path}`)).status).toBe(200);
    const clicked = await fetch(`${union.address}${path}`, {
      method: 'POST',
      body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
      redirect: 'error',
    });
    expect(clicked.status).toBe(200);
    expect((await fetch(`${union.address}/u/not-a-token`, { method: 'POST' })).status).toBe(400);
  });

  it('reminds the day before, only those who did not decline', async () => {
    union.clock.advance(2.5 * 86_400_000);
    await eventually(
      'two reminders',
      async () => Promise.resolve(subjects('ana').length === 2 && subjects('ben').length === 2),
      40_000,
    );
    expect(subjects('ana')[1]).toBe('Tomorrow: How to log off together');
    expect(subjects('chi')).toHaveLength(1);
    expect(subjects('eva')).toHaveLength(1);
  });

  it('follows up differently with those who came and those who did not, once', async () => {
    union.clock.advance(0.75 * 86_400_000);
    const taken = await union.ask(
      `mutation ($input: TakeAttendanceInput!) { takeAttendance(input: $input) { recorded } }`,
      {
        input: {
          gatheringId,
          entries: [
            {
              id: randomUUID(),
              memberId: `Member_${ids.get('ana')!}`,
              status: 'ATTENDED',
              at: new Date(Date.now() + union.clock.offsetMs).toISOString(),
            },
            {
              id: randomUUID(),
              memberId: `Member_${ids.get('ben')!}`,
              status: 'NO_SHOW',
              at: new Date(Date.now() + union.clock.offsetMs).toISOString(),
            },
          ],
        },
      },
      organizer,
    );
    expect(taken.errors).toEqual([]);
    await eventually(
      'two follow-ups',
      async () => Promise.resolve(subjects('ana').length === 3 && subjects('ben').length === 3),
      40_000,
    );
    expect(subjects('ana')[2]).toBe('Thank you for coming');
    expect(subjects('ben')[2]).toBe('We missed you');
    const progress = await union.ask<{
      sequence: { steps: { nodes: { name: string; accepted: number; suppressed: number }[] } };
    }>(
      `query ($id: ID!) { sequence(id: $id) { state steps(first: 20) { nodes { name accepted suppressed uncertain } } } }`,
      { id: sequenceId },
      organizer,
    );
    expect(progress.data.sequence.steps.nodes.find(({ name }) => name === 'invitation')).toMatchObject({
      accepted: 4,
      suppressed: 1,
      uncertain: 0,
    });
    const doubled = new Set(union.smtp.received.map(({ mail }) => mail.messageId));
    expect(doubled.size).toBe(union.smtp.received.length);
  });

  it('lets a stranger and another chapter see nothing', async () => {
    const stranger = await union.ask(`{ members(first: 5) { nodes { givenName } } }`);
    expect(stranger.data ?? null).toBeNull();
    expect(stranger.errors[0]?.extensions.code).toMatch(/FORBIDDEN|UNAUTHENTICATED/);
    const keyless = await union.ask(
      `{ members(first: 5) { nodes { givenName } } }`,
      {},
      undefined,
      '/partners/graphql',
    );
    expect(keyless.errors[0]?.extensions.code).toBe('AUTHZ.UNAUTHENTICATED');
  });
});
