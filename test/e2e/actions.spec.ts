import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { CommitmentsService } from '@unionhall/campaigns';
import { GrantsService, linkActor, SignInService, UsersService } from '@unionhall/identity';
import { MembersService } from '@unionhall/members';
import { CommitmentRequests, Entries, RECIPES, WebhookCallsService } from '@unionhall/outreach';
import { Outbox } from '@unionhall/platform';
import { DAY, openOutreach, SYSTEM, type OutreachHall } from '../integration/outreach-hall';
import { startSmtpSink, type SmtpSink } from '../support/smtp';

const PASSWORD = 'correct horse battery';
const HOUR = 3_600_000;

interface Answer<T> {
  readonly data: T;
  readonly errors?: readonly { readonly extensions: { readonly code: string; readonly field?: string } }[];
}
interface Problem {
  readonly code: string;
  readonly place: string;
}
interface Call {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const message = (key: string, body: string): object => ({
  kind: 'message',
  key,
  name: key,
  until: 'never',
  subject: { en: key },
  body: { en: body },
});

describe('the actions of a sequence', () => {
  let smtp: SmtpSink;
  let hall: OutreachHall;
  let receiver: Server;
  let url: string;
  let calls: Call[] = [];
  /** What the receiver answers; nothing at all for `hang`. */
  let answers: (number | 'hang')[] = [];
  let chapterId: string;
  let gatheringId: string;
  let campaignId: string;
  let ada: string;
  let keys = 0;

  const say = async <T>(query: string, variables: object = {}): Promise<Answer<T>> => {
    const answer = await hall.app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${ada}` },
      payload: { query, variables },
    });
    return answer.json<Answer<T>>();
  };
  const ask = async <T>(query: string, variables: object = {}): Promise<T> => {
    const { data, errors } = await say<T>(query, variables);
    expect(errors).toBeUndefined();
    return data;
  };
  const create = async (steps: readonly object[], more: object = {}): Promise<string> => {
    const input = {
      purpose: 'EVENTS',
      idempotencyKey: `sequence ${++keys}`,
      title: 'Actions',
      segment: { chapterId: `Chapter_${chapterId}` },
      trigger: { on: 'hand' },
      reentry: 'ONCE',
      steps,
      ...more,
    };
    const made = await ask<{ createSequence: { id: string } }>(
      `mutation ($input: CreateSequenceInput!) { createSequence(input: $input) { id } }`,
      { input },
    );
    return made.createSequence.id;
  };
  const problems = async (id: string): Promise<Problem[]> =>
    (
      await ask<{ sequenceProblems: Problem[] }>(
        `query ($id: ID!) { sequenceProblems(id: $id) { code place } }`,
        { id },
      )
    ).sequenceProblems;
  const publish = (id: string): Promise<unknown> =>
    ask(
      `mutation ($id: ID!, $key: String!) { publishSequence(id: $id, people: FINISH, idempotencyKey: $key) { id } }`,
      { id, key: `publish ${++keys}` },
    );
  const enrol = (id: string): Promise<unknown> =>
    ask(
      `mutation ($id: ID!, $segment: SegmentInput!, $key: String!) { enrolInSequence(id: $id, segment: $segment, idempotencyKey: $key) { id } }`,
      { id, segment: { chapterId: `Chapter_${chapterId}` }, key: `enrolment-${++keys}` },
    );
  const lead = async (steps: readonly object[], more: object = {}): Promise<string> => {
    const id = await create(steps, more);
    await publish(id);
    await enrol(id);
    await hall.turn();
    return id;
  };
  const memberId = async (email: string): Promise<string> =>
    (await hall.look<{ id: string }>(`SELECT id FROM member WHERE email = $1`, [email]))[0]!.id;
  const textTo = (subject: string, to: string): string =>
    smtp.received.find(({ mail, to: rcpt }) => mail.subject === subject && rcpt.includes(to))?.mail.text ??
    '';
  const training = async (title: string, inDays: number, chapter = chapterId): Promise<string> =>
    (
      await hall.look<{ id: string }>(
        `INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone)
         SELECT $1, 'training', $2, t, t + interval '1 hour', 'Etc/UTC' FROM (SELECT now() + make_interval(days => $3::int) AS t) s RETURNING id`,
        [chapter, title, inDays],
      )
    )[0]!.id;
  const endpoint = async (address = url): Promise<{ endpointId: string; secret: string }> =>
    (
      await ask<{ createWebhookEndpoint: { endpointId: string; secret: string } }>(
        `mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { endpointId secret } }`,
        { input: { chapterId: `Chapter_${chapterId}`, name: 'Phone bank', url: address } },
      )
    ).createWebhookEndpoint;
  const callOut = (): Promise<number> => hall.app.get(WebhookCallsService).call();
  const ledgerOf = async (
    endpointId: string,
  ): Promise<{ state: string; attempts: number; reason: string | null }[]> =>
    (
      await ask<{ webhookCalls: { nodes: { state: string; attempts: number; reason: string | null }[] } }>(
        `query ($id: ID!) { webhookCalls(first: 20, filter: { endpoint: $id }) { nodes { state attempts reason } } }`,
        { id: endpointId },
      )
    ).webhookCalls.nodes;

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        calls.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
        const answer = answers.shift() ?? 204;
        if (answer !== 'hang') response.writeHead(answer, { location: '/elsewhere' }).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
    smtp = await startSmtpSink();
    hall = await openOutreach({
      SMTP_URL: smtp.url,
      APPROVAL_FROM: '0',
      MESSAGES_A_WEEK: '0',
      WEBHOOK_ALLOW: '127.0.0.1',
      WEBHOOK_TIMEOUT_SECONDS: '1',
    });
    ({ chapterId, gatheringId } = await hall.invite({ people: 2 }));
    await hall.look(`UPDATE sequence SET state = 'ended'`);
    await hall.look(`UPDATE delivery SET state = 'suppressed', reason = 'sequence_ended'`);
    await hall.look(`UPDATE enrollment SET state = 'exited'`);
    await hall.look(
      `INSERT INTO consent (member_id, chapter_id, purpose, channel, state, wording, source)
       SELECT id, chapter_id, 'campaigns', 'email', 'granted', 'Yes', 'test' FROM member`,
    );
    [{ id: campaignId }] = (await hall.look<{ id: string }>(
      `INSERT INTO campaign (chapter_id, slug, title, target, state, starts_at, ends_at, time_zone)
       VALUES ($1, 'log-off', 'Log off week', 'Meta', 'open', now() - interval '1 day', now() + interval '30 days', 'Etc/UTC') RETURNING id`,
      [chapterId],
    )) as [{ id: string }];
    await hall.app.get(UsersService).ensure(SYSTEM, { email: 'ada@example.org', password: PASSWORD });
    await hall.app
      .get(GrantsService)
      .giveTo(SYSTEM, 'ada@example.org', { role: 'organizer', chapterId, purposes: [] });
    ada = (
      await hall.app
        .get(SignInService)
        .withPassword({ email: 'ada@example.org', password: PASSWORD, address: '127.0.0.1' })
    ).token;
  });
  beforeEach(() => {
    calls = [];
    answers = [];
  });
  afterAll(async () => {
    await hall.close();
    await smtp.close();
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
  });

  it('invites to a gathering, speaks of it from there on, and changes no answer', async () => {
    const ben = await memberId('m001@example.org');
    await hall.look(
      `INSERT INTO rsvp (gathering_id, member_id, chapter_id, status) VALUES ($1, $2, $3, 'declined')`,
      [gatheringId, ben, chapterId],
    );
    await lead([
      { kind: 'action', key: 'ask', do: 'invite', gatheringId: `Gathering_${gatheringId}` },
      message('invited', 'Come to {{title}}: {{rsvpUrl}}'),
    ]);
    expect(
      await hall.look(`SELECT status, source FROM rsvp WHERE gathering_id = $1 ORDER BY status`, [
        gatheringId,
      ]),
    ).toEqual([
      { status: 'declined', source: 'portal' },
      { status: 'invited', source: 'outreach' },
    ]);
    expect(await hall.look(`SELECT FROM invitation`)).toHaveLength(2);
    expect(textTo('invited', 'm002@example.org')).toContain('Come to Log off: http');
  });

  it('counts who was invited as somebody who has not answered', async () => {
    await lead([
      { kind: 'action', key: 'ask', do: 'invite', gatheringId: `Gathering_${gatheringId}` },
      { ...message('not-answered', 'Will you come to {{title}}?'), only: { rsvp: ['none'] } },
    ]);
    expect(textTo('not-answered', 'm002@example.org')).toContain('Will you come');
    expect(textTo('not-answered', 'm001@example.org')).toBe('');
  });

  it('offers the next training, one step further for whom there is none', async () => {
    const steps = [
      { kind: 'action', key: 'offer', do: 'offer_training', otherwise: 'none' },
      message('offered', 'Next: {{title}}'),
      { kind: 'exit', key: 'end' },
      message('none', 'None near you'),
    ];
    await lead(steps);
    expect(textTo('offered', 'm002@example.org')).toContain('Next: Log off');
    // They have refused the only one.
    expect(textTo('none', 'm001@example.org')).toContain('None near you');
    const [far] = await hall.look<{ id: string }>(
      `INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ('Fresno', 'city', 'fresno', 'Etc/UTC', 'en') RETURNING id`,
    );
    await training('Far away', 1, far!.id);
    const near = await training('Second try', 9);
    await lead(steps.map((step) => ('name' in step ? { ...step, subject: { en: 'again' } } : step)));
    expect(textTo('again', 'm001@example.org')).toContain('Next: Second try');
    await hall.look(`UPDATE gathering SET capacity = 1, going_count = 1 WHERE id = $1`, [near]);
    await lead(steps.map((step) => ('name' in step ? { ...step, subject: { en: 'far' } } : step)));
    expect(textTo('far', 'm001@example.org')).toContain('Next: Far away');
  });

  it('asks for a pledge once, and sees that it was answered', async () => {
    await lead(
      [
        { kind: 'action', key: 'ask', do: 'ask_commitment', campaignId: `Campaign_${campaignId}` },
        message('pledge', 'Pledge in {{campaign}}: {{pledgeUrl}}'),
      ],
      { purpose: 'CAMPAIGNS' },
    );
    expect(textTo('pledge', 'm001@example.org')).toMatch(/Pledge in Log off week: http\S+\/c\/log-off/);
    const open = (): Promise<unknown[]> =>
      hall.look(`SELECT FROM commitment_request WHERE answered_at IS NULL`);
    expect(await open()).toHaveLength(2);
    const pledger = linkActor(await memberId('m001@example.org'), 'campaigning');
    await hall.app.get(CommitmentsService).pledge(pledger, { campaignId, kind: 'log_off' });
    await hall.app.get(Outbox).relay();
    expect(await open()).toHaveLength(1);
    await hall.look(`UPDATE commitment_request SET answered_at = NULL`);
    expect(await hall.app.get(CommitmentRequests).settle()).toBe(1);
  });

  it('asks nobody to pledge in a campaign that was closed while they waited, and may still speak of it', async () => {
    await lead(
      [
        { kind: 'action', key: 'ask', do: 'ask_commitment', campaignId: `Campaign_${campaignId}` },
        { kind: 'wait', key: 'wait', for: { minutes: 60 } },
        message('too-late', 'Pledge: {{pledgeUrl}}'),
        message('look-back', 'This was {{campaign}}'),
      ],
      { purpose: 'CAMPAIGNS' },
    );
    await hall.look(`UPDATE campaign SET state = 'closed' WHERE id = $1`, [campaignId]);
    hall.clock.advance(2 * HOUR);
    await hall.turn();
    expect(textTo('too-late', 'm001@example.org')).toBe('');
    expect(textTo('look-back', 'm001@example.org')).toContain('This was Log off week');
    expect(
      await hall.look(`SELECT DISTINCT state, reason FROM delivery WHERE step_key = 'too-late'`),
    ).toEqual([{ state: 'suppressed', reason: 'campaign_over' }]);
    await hall.look(`UPDATE campaign SET state = 'open' WHERE id = $1`, [campaignId]);
  });

  it('lets people in who get a tag, however it is put on them, and only then', async () => {
    const id = await create([message('tagged', 'Hello leader')], { trigger: { on: 'tag', tag: 'leader' } });
    await publish(id);
    const ben = await memberId('m001@example.org');
    await hall.app.get(MembersService).tag(SYSTEM, ben, ['other']);
    await hall.turn();
    expect(textTo('tagged', 'm001@example.org')).toBe('');
    await hall.app.get(MembersService).tag(SYSTEM, ben, ['leader']);
    await lead([{ kind: 'action', key: 'tag', do: 'tag', tag: 'leader' }]);
    await hall.turn();
    const people = smtp.received.filter(({ mail }) => mail.subject === 'tagged').flatMap(({ to }) => to);
    expect(people.sort()).toEqual(['m001@example.org', 'm002@example.org']);
  });

  it('asks about a pledge that ends at most once a day, however often it looks', async () => {
    await hall.look(`UPDATE commitment SET ends_on = (now() AT TIME ZONE 'Etc/UTC')::date + 10`);
    const id = await create([message('due', 'Your pledge in {{campaign}} ends')], {
      trigger: { on: 'commitment_due', daysBefore: 10 },
      reentry: 'AGAIN',
      purpose: 'CAMPAIGNS',
    });
    await publish(id);
    const entries = hall.app.get(Entries);
    let entered = 0;
    for (let look = 0; look < 4; look += 1) {
      entered += await entries.sweep();
      await hall.turn();
    }
    expect(entered).toBe(1);
    await hall.look(`UPDATE commitment SET ends_on = ends_on + 1`);
    hall.clock.advance(DAY);
    expect(await entries.sweep()).toBe(1);
    expect(await entries.sweep()).toBe(0);
    hall.clock.advance(-DAY);
    expect(textTo('due', 'm001@example.org')).toContain('Your pledge in Log off week ends');
  });

  it('is not published while a way leads to words that not everyone has a gathering or campaign for', async () => {
    const id = await create([
      { kind: 'branch', key: 'b', cases: [{ when: { tag: 'x' }, to: 'both' }] },
      { kind: 'action', key: 'ask', do: 'invite', gatheringId: `Gathering_${gatheringId}` },
      message('known', '{{title}}'),
      message('both', '{{title}} {{campaign}}'),
      { kind: 'action', key: 'offer', do: 'offer_training' },
      message('perhaps', '{{title}}'),
    ]);
    expect(await problems(id)).toEqual([
      { code: 'VARIABLE_UNKNOWN', place: 'steps[3].body.en' },
      { code: 'VARIABLE_UNKNOWN', place: 'steps[3].body.en' },
      { code: 'VARIABLE_UNKNOWN', place: 'steps[5].body.en' },
    ]);
  });

  it('is not published with what is over, disabled, or of others, and does not say which', async () => {
    const past = await training('Past', -3);
    const [others] = await hall.look<{ id: string }>(
      `WITH c AS (INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ('Reno', 'city', 'reno', 'Etc/UTC', 'en') RETURNING id)
       INSERT INTO webhook_endpoint (chapter_id, name, url) SELECT id, 'Theirs', 'https://example.org/' FROM c RETURNING id`,
    );
    const [elsewhere] = await hall.look<{ id: string }>(
      `INSERT INTO campaign (chapter_id, slug, title, target, state, starts_at, time_zone)
       SELECT id, 'theirs', 'Theirs', 'Meta', 'open', now() - interval '1 day', 'Etc/UTC' FROM chapter WHERE slug = 'reno' RETURNING id`,
    );
    const mine = await endpoint();
    await ask(`mutation ($id: ID!) { disableWebhookEndpoint(id: $id) { id disabledAt } }`, {
      id: mine.endpointId,
    });
    const id = await create([
      { kind: 'action', key: 'a', do: 'invite', gatheringId: past },
      { kind: 'action', key: 'b', do: 'webhook', endpointId: others!.id },
      { kind: 'action', key: 'c', do: 'webhook', endpointId: mine.endpointId },
      { kind: 'action', key: 'd', do: 'ask_commitment', campaignId: gatheringId },
      { kind: 'action', key: 'e', do: 'ask_commitment', campaignId: elsewhere!.id },
    ]);
    expect(await problems(id)).toEqual([
      { code: 'GATHERING_UNFIT', place: 'steps[0].gatheringId' },
      { code: 'WEBHOOK_MISSING', place: 'steps[1].endpointId' },
      { code: 'WEBHOOK_MISSING', place: 'steps[2].endpointId' },
      { code: 'CAMPAIGN_UNFIT', place: 'steps[3].campaignId' },
      { code: 'CAMPAIGN_UNFIT', place: 'steps[4].campaignId' },
    ]);
    const waits = (trigger: object): Promise<string> => create([message('m', 'Hello')], { trigger });
    expect(
      await problems(await waits({ on: 'commitment', states: ['kept'], campaignId: elsewhere!.id })),
    ).toEqual([{ code: 'CAMPAIGN_UNFIT', place: 'trigger.campaignId' }]);
    expect(await problems(await waits({ on: 'rsvp', states: ['going'], gatheringId: campaignId }))).toEqual([
      { code: 'GATHERING_UNFIT', place: 'trigger.gatheringId' },
    ]);
  });

  it('calls another program, signed, with ids and nothing else', async () => {
    const { endpointId, secret } = await endpoint();
    await lead([{ kind: 'action', key: 'call', do: 'webhook', endpointId }]);
    expect(await callOut()).toBe(2);
    for (const { headers, body } of calls) {
      new Webhook(secret).verify(body, headers as Record<string, string>);
      expect(body).not.toMatch(/Given|m00\d|@/);
      expect(JSON.parse(body)).toMatchObject({
        type: 'sequence.step_reached',
        data: { memberId: expect.stringMatching(/^Member_/) as string, step: 'call' },
      });
    }
    expect(await ledgerOf(endpointId)).toEqual([
      { state: 'DELIVERED', attempts: 1, reason: null },
      { state: 'DELIVERED', attempts: 1, reason: null },
    ]);
    expect(await callOut()).toBe(0);
  });

  it('calls again under the same id who errs, redirects or hangs, and gives up in the end', async () => {
    const { endpointId } = await endpoint();
    await lead([{ kind: 'action', key: 'call', do: 'webhook', endpointId }]);
    await hall.look(
      `DELETE FROM webhook_call WHERE id = (SELECT max(id::text)::uuid FROM webhook_call WHERE state = 'due')`,
    );
    answers = [500, 302, 'hang', 503, 503, 503, 503, 503];
    let made = 0;
    for (let round = 0; round < 8; round += 1) {
      made += await callOut();
      hall.clock.advance(40 * HOUR);
    }
    expect(made).toBe(8);
    hall.clock.advance(-8 * 40 * HOUR);
    expect(new Set(calls.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(calls.map(({ body }) => body)).size).toBe(1);
    expect(await ledgerOf(endpointId)).toEqual([{ state: 'FAILED', attempts: 8, reason: 'answered 503' }]);
  });

  it('signs with the old secret and the new one for a day after it was made anew', async () => {
    const { endpointId, secret } = await endpoint();
    const { rotateWebhookSecret: fresh } = await ask<{ rotateWebhookSecret: { secret: string } }>(
      `mutation ($id: ID!) { rotateWebhookSecret(id: $id) { secret } }`,
      { id: endpointId },
    );
    expect(fresh.secret).not.toBe(secret);
    await lead([{ kind: 'action', key: 'call', do: 'webhook', endpointId }]);
    await callOut();
    const { body, headers } = calls[0]!;
    for (const one of [secret, fresh.secret])
      expect(() => new Webhook(one).verify(body, headers as Record<string, string>)).not.toThrow();
  });

  it('calls no private address, and no address that is not https', async () => {
    const refused = async (address: string): Promise<string | undefined> =>
      (
        await say(
          `mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { secret } }`,
          { input: { chapterId: `Chapter_${chapterId}`, name: 'Bad', url: address } },
        )
      ).errors?.[0]?.extensions.code;
    for (const address of ['http://example.org/', 'ftp://example.org/', 'https://a:b@example.org/', 'x'])
      expect(await refused(address)).toBe('WEBHOOK.URL_INVALID');
    const { endpointId } = await endpoint('https://localhost:1/');
    await lead([{ kind: 'action', key: 'call', do: 'webhook', endpointId }]);
    await callOut();
    for (const { state, reason } of await ledgerOf(endpointId)) {
      expect(state).toBe('DUE');
      expect(reason).toContain('private IP address');
    }
  });

  it('has recipes, each of which can be published as it is', async () => {
    const { sequenceRecipes } = await ask<{
      sequenceRecipes: {
        key: string;
        title: { en: string };
        purpose: string;
        trigger: object;
        reentry: string;
        goal: null;
        steps: object[];
      }[];
    }>(`{ sequenceRecipes { key title purpose trigger reentry goal steps } }`);
    expect(sequenceRecipes).toHaveLength(RECIPES.length);
    for (const { key: _key, title, steps, ...settings } of sequenceRecipes)
      expect(await problems(await create(steps, { ...settings, title: title.en }))).toEqual([]);
  });
});
