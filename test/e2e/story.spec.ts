import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import { GrantsService, systemActor, UsersService } from '@unionhall/identity';
import { PledgeTablesService } from '@unionhall/partners';
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
      Promise.resolve(
        union.smtp.received
          .slice(before)
          .find(({ to, mail }) => to === `${name}@example.org` && mail.subject!.includes('sign in')),
      ),
    );
    const link = /https?:\/\/\S+/.exec(mail.mail.text!)![0];
    const token = decodeURIComponent(/[?&#/](?:token=)?([A-Za-z0-9_.~-]{20,})$/.exec(link)![1]!);
    // The mail may be here a moment before the row that knows its link.
    const signedIn = await eventually('the link is known', async () => {
      const answer = await union.ask<{ signInWithLink: { token: string } }>(
        `mutation ($t: String!) { signInWithLink(token: $t) { token } }`,
        { t: token },
      );
      return answer.errors[0]?.extensions.code === 'SIGN_IN.REFUSED' ? undefined : answer;
    });
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
      const { rows } = await client.query<{ id: string }>(
        `INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ('Oakland', 'city', 'oakland', '${ZONE}', 'en') RETURNING id`,
      );
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

  it('imports people from a report, after a look at what would change, with the consent that the organizer states', async () => {
    const import_ = async (names: readonly string[], consent: object | null): Promise<void> => {
      const file = [
        'first_name,last_name,email',
        ...names.map((name) => `${name},Example,${name}@example.org`),
      ];
      const answer = await fetch(`${union.address}/imports?chapterId=Chapter_${chapterId}`, {
        method: 'POST',
        headers: { 'content-type': 'text/csv', authorization: `Bearer ${organizer}` },
        body: file.join('\n'),
      });
      const { id } = (await answer.json()) as { id: string };
      const look = async (): Promise<{ state: string; newCount: number }> =>
        (
          await union.ask<{ importRun: { state: string; newCount: number } }>(
            `query ($id: ID!) { importRun(id: $id) { state newCount } }`,
            { id },
            organizer,
          )
        ).data.importRun;
      expect(await look()).toEqual({ state: 'PREVIEWED', newCount: names.length });
      const asked = await union.ask(
        `mutation ($input: CommitImportInput!) { commitImport(input: $input) { id } }`,
        { input: { id, consent } },
        organizer,
      );
      expect(asked.errors).toEqual([]);
      await eventually('the import is committed', async () => (await look()).state === 'COMMITTED');
    };
    await import_(
      PEOPLE.filter((name) => name !== 'dov'),
      { purposes: ['events'], channels: ['email'], wording: 'Tell me about events' },
    );
    await import_(['dov'], null);
    const people = await union.ask<{ members: { nodes: { id: string; givenName: string }[] } }>(
      `{ members(first: 10) { nodes { id givenName } } }`,
      {},
      organizer,
    );
    for (const { id, givenName } of people.data.members.nodes) {
      ids.set(givenName, id);
      const joined = await union.ask(
        `mutation ($id: ID!, $l: String!) { updateMember(id: $id, input: { status: MEMBER, language: $l }) { id } }`,
        { id, l: givenName === 'eva' ? 'es' : 'en' },
        organizer,
      );
      expect(joined.errors).toEqual([]);
    }
    expect([...ids.keys()].sort()).toEqual([...PEOPLE]);
  });

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
    expect(subjects('eva')).toEqual(['Invitación: How to log off together']);
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
      { id: ids.get('ana') },
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
              memberId: ids.get('ana'),
              status: 'ATTENDED',
              at: new Date(Date.now() + union.clock.offsetMs).toISOString(),
            },
            {
              id: randomUUID(),
              memberId: ids.get('ben'),
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

  it('shows a partner who consented to it, and counts only where enough people stand together', async () => {
    const make = async <T>(query: string, variables: object, token = organizer): Promise<T> => {
      const answer = await union.ask<T>(query, variables, token);
      expect(answer.errors).toEqual([]);
      return answer.data;
    };
    const { createPartner } = await make<{ createPartner: { id: string } }>(
      `mutation { createPartner(name: "Allies", slug: "allies") { id } }`,
      {},
    );
    const { createCampaign } = await make<{ createCampaign: { id: string } }>(
      `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { id } }`,
      {
        input: {
          chapterId: `Chapter_${chapterId}`,
          slug: 'three-days-off',
          title: 'Three days off',
          target: 'Example Platforms',
          startsAt: '2026-01-01T00:00',
          timeZone: ZONE,
        },
      },
    );
    await make(`mutation ($input: CreateAgreementInput!) { createAgreement(input: $input) { id } }`, {
      input: {
        partnerId: createPartner.id,
        purposes: ['campaigning'],
        fieldGroups: ['name'],
        campaignIds: [createCampaign.id],
        startsAt: '2026-01-01T00:00:00Z',
      },
    });
    const { issuePartnerKey } = await make<{ issuePartnerKey: { key: string } }>(
      `mutation ($id: ID!) { issuePartnerKey(partnerId: $id, label: "reports", days: 30) { key } }`,
      { id: createPartner.id },
    );
    const ana = await sign('ana');
    await make(
      `mutation ($input: PledgeInput!) { pledge(input: $input) { id } }`,
      {
        input: { campaignId: createCampaign.id, kind: 'PAUSE_ADS' },
      },
      ana,
    );
    await make(
      `mutation ($id: ID!) { setPartnerConsent(partnerId: $id, purpose: "campaigning", fieldGroups: ["name"], granted: true, wording: "Share my name.") }`,
      { id: createPartner.id },
      ana,
    );
    await union.worker.get(PledgeTablesService).takeDue(SYSTEM);
    const seen = await union.ask(
      `{ members { nodes { givenName email } } campaign(slug: "three-days-off") { title pledgeCounts { total cells { nodes { members } } } } }`,
      {},
      issuePartnerKey.key,
      '/partners/graphql',
    );
    expect(seen.errors).toEqual([]);
    expect(seen.data).toEqual({
      members: { nodes: [{ givenName: 'ana', email: null }] },
      campaign: { title: 'Three days off', pledgeCounts: { total: null, cells: { nodes: [] } } },
    });
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
