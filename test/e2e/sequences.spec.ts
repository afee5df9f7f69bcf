import { ConsentService } from '@unionhall/consent';
import { GrantsService, SignInService, UsersService } from '@unionhall/identity';
import { AdvanceService } from '@unionhall/outreach';
import { Database } from '@unionhall/platform';
import { openOutreach, SYSTEM, type OutreachHall } from '../integration/outreach-hall';
import { startSmtpSink, type SmtpSink } from '../support/smtp';

const PASSWORD = 'correct horse battery';
const PEOPLE = 8;

interface Answer<T> {
  readonly data: T;
  readonly errors?: readonly { readonly extensions: { readonly code: string; readonly field?: string } }[];
}

interface StepRead {
  readonly id: string;
  readonly key: string;
  readonly waiting: number;
  readonly waitingToSend: number;
  readonly accepted: number;
  readonly suppressed: number;
}

interface SequenceRead {
  readonly state: string;
  readonly version: number;
  readonly draft: { readonly version: number; readonly revision: number; readonly title: string } | null;
  readonly versions: readonly { readonly version: number; readonly inside: number }[];
  readonly steps: { readonly nodes: readonly StepRead[] };
}

const message = (key: string, subject: string, more: object = {}): object => ({
  kind: 'message',
  key,
  name: key,
  until: 'never',
  subject: { en: subject },
  body: { en: `Hello {{name}}, this is ${key} of {{chapter}}.` },
  ...more,
});
const wait = (key: string, minutes: number): object => ({ kind: 'wait', key, for: { minutes } });

describe('a sequence', () => {
  let smtp: SmtpSink;
  let hall: OutreachHall;
  let chapterId: string;
  let ada: string;
  let ben: string;
  let keys = 0;

  const say = async <T>(query: string, variables: object = {}, as = ada): Promise<Answer<T>> => {
    const answer = await hall.app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${as}` },
      payload: { query, variables },
    });
    return answer.json<Answer<T>>();
  };
  const ask = async <T>(query: string, variables: object = {}, as = ada): Promise<T> => {
    const { data, errors } = await say<T>(query, variables, as);
    expect(errors).toBeUndefined();
    return data;
  };
  const refused = async (query: string, variables: object = {}, as = ada): Promise<string | undefined> =>
    (await say(query, variables, as)).errors?.[0]?.extensions.code;
  const organizer = async (email: string): Promise<string> => {
    await hall.app.get(UsersService).ensure(SYSTEM, { email, password: PASSWORD });
    await hall.app.get(GrantsService).giveTo(SYSTEM, email, { role: 'organizer', chapterId, purposes: [] });
    const signIn = hall.app.get(SignInService);
    return (await signIn.withPassword({ email, password: PASSWORD, address: '127.0.0.1' })).token;
  };
  const settings = (steps: readonly object[], more: object = {}): object => ({
    title: 'Log off week',
    segment: { chapterId: `Chapter_${chapterId}` },
    trigger: { on: 'hand' },
    reentry: 'ONCE',
    steps,
    ...more,
  });
  const create = async (steps: readonly object[], more: object = {}): Promise<string> => {
    const input = { purpose: 'EVENTS', idempotencyKey: `sequence ${++keys}`, ...settings(steps, more) };
    const { createSequence } = await ask<{ createSequence: { id: string } }>(
      `mutation ($input: CreateSequenceInput!) { createSequence(input: $input) { id } }`,
      { input },
    );
    return createSequence.id;
  };
  const publish = (id: string, people = 'FINISH', as = ada): Promise<Answer<unknown>> =>
    say(
      `mutation ($id: ID!, $people: PeopleInside!, $key: String!) { publishSequence(id: $id, people: $people, idempotencyKey: $key) { id } }`,
      { id, people, key: `publish ${++keys}` },
      as,
    );
  const ENROL = `mutation ($id: ID!, $segment: SegmentInput!, $key: String!) { enrolInSequence(id: $id, segment: $segment, idempotencyKey: $key) { id } }`;
  const enrol = (id: string, more: object = {}): Promise<unknown> =>
    ask(ENROL, { id, segment: { chapterId: `Chapter_${chapterId}`, ...more }, key: `enrol ${++keys}` });
  const verb = (name: string, id: string, as = ada): Promise<Answer<unknown>> =>
    say(`mutation ($id: ID!) { ${name}(id: $id) { id } }`, { id }, as);
  const read = async (id: string): Promise<SequenceRead> =>
    (
      await ask<{ sequence: SequenceRead }>(
        `query ($id: ID!) { sequence(id: $id) { state version draft versions steps(first: 20) { nodes { id key waiting waitingToSend accepted suppressed } } } }`,
        { id },
      )
    ).sequence;
  const step = async (id: string, key: string): Promise<StepRead> =>
    (await read(id)).steps.nodes.find((one) => one.key === key)!;
  const subjects = (): string[] => smtp.received.map(({ mail }) => mail.subject ?? '');
  const count = (subject: string): number => subjects().filter((one) => one === subject).length;

  beforeAll(async () => {
    smtp = await startSmtpSink();
    hall = await openOutreach({ SMTP_URL: smtp.url, APPROVAL_FROM: '8', MESSAGES_A_WEEK: '0' });
    const invited = await hall.invite({ people: PEOPLE - 1 });
    chapterId = invited.chapterId;
    await hall.look(`UPDATE sequence SET state = 'ended'`);
    await hall.look(`UPDATE delivery SET state = 'suppressed', reason = 'sequence_ended'`);
    await hall.look(`UPDATE enrollment SET state = 'exited'`);
    ada = await organizer('ada@example.org');
    ben = await organizer('ben@example.org');
  });
  afterAll(async () => {
    await hall.close();
    await smtp.close();
  });

  it('names the place of what is wrong in it, and keeps nothing of it', async () => {
    const wrong = async (
      steps: readonly object[],
      more: object = {},
    ): Promise<[string, string | undefined]> => {
      const input = { purpose: 'EVENTS', idempotencyKey: `sequence ${++keys}`, ...settings(steps, more) };
      const { errors } = await say(
        `mutation ($input: CreateSequenceInput!) { createSequence(input: $input) { id } }`,
        {
          input,
        },
      );
      return [errors![0]!.extensions.code, errors![0]!.extensions.field];
    };
    const before = await hall.look(`SELECT count(*) FROM sequence`);
    const invalid = 'SEQUENCE.STEPS_INVALID';
    expect(await wrong([])).toEqual([invalid, 'steps']);
    expect(await wrong([{ kind: 'jump', key: 'a' }])).toEqual([invalid, 'steps[0].kind']);
    expect(await wrong([message('a', 'A'), message('a', 'A')])).toEqual([invalid, 'steps[1].key']);
    expect(await wrong([message('a', 'A'), { kind: 'wait', key: 'w', for: { minutes: 0 } }])).toEqual([
      invalid,
      'steps[1].for.minutes',
    ]);
    expect(
      await wrong([{ kind: 'wait', key: 'w', for: { minutes: 5 }, anchor: 'start', minutes: 5 }]),
    ).toEqual([invalid, 'steps[0]']);
    const back = { kind: 'branch', key: 'b', cases: [{ when: { tag: 'x' }, to: 'a' }] };
    expect(await wrong([message('a', 'A'), back])).toEqual([invalid, 'steps[1].cases[0].to']);
    const two = { kind: 'branch', key: 'b', cases: [{ when: { tag: 'x', language: ['en'] }, to: 'c' }] };
    expect(await wrong([two, message('c', 'C')])).toEqual([invalid, 'steps[0].cases[0].when']);
    const parts = [
      { percent: 50, to: 'c' },
      { percent: 40, to: 'd' },
    ];
    expect(await wrong([{ kind: 'split', key: 's', parts }, message('c', 'C'), message('d', 'D')])).toEqual([
      invalid,
      'steps[0].parts',
    ]);
    expect(await wrong([message('a', 'A')], { trigger: { on: 'rsvp', states: ['sleeping'] } })).toEqual([
      invalid,
      'trigger.states',
    ]);
    expect(await wrong([message('a', 'A')], { goal: { nothing: true } })).toEqual([invalid, 'goal.nothing']);
    expect(await hall.look(`SELECT count(*) FROM sequence`)).toEqual(before);
  });

  it('says what stands against publishing it, and publishes nothing until that is mended', async () => {
    const id = await create([
      message('hello', 'Hello', { body: { en: 'At {{when}}, {{nobody}}' } }),
      { kind: 'exit', key: 'end' },
      message('never', 'Never'),
    ]);
    const { sequenceProblems } = await ask<{ sequenceProblems: { code: string; place: string }[] }>(
      `query ($id: ID!) { sequenceProblems(id: $id) { code place } }`,
      { id },
    );
    expect(sequenceProblems).toEqual([
      { code: 'VARIABLE_UNKNOWN', place: 'steps[0].body.en' },
      { code: 'VARIABLE_UNKNOWN', place: 'steps[0].body.en' },
      { code: 'STEP_UNREACHABLE', place: 'steps[2]' },
    ]);
    expect((await publish(id)).errors![0]!.extensions.code).toBe('SEQUENCE.NOT_READY');
    expect(await read(id)).toMatchObject({ state: 'DRAFT', version: 0, draft: { version: 1, revision: 1 } });
    expect(
      await refused(ENROL, { id, segment: { chapterId: `Chapter_${chapterId}` }, key: `enrol ${++keys}` }),
    ).toBe('SEQUENCE.NOT_PUBLISHED');
  });

  it('is not written over by who had an older draft before them', async () => {
    const id = await create([message('hello', 'Hello')]);
    const save = (revision: number, title: string, as: string): Promise<Answer<unknown>> =>
      say(
        `mutation ($input: SaveSequenceDraftInput!) { saveSequenceDraft(input: $input) { id } }`,
        { input: { id, revision, ...settings([message('hello', 'Hello')], { title }) } },
        as,
      );
    expect((await save(1, 'Of Ben', ben)).errors).toBeUndefined();
    expect((await save(1, 'Of Ada', ada)).errors![0]!.extensions.code).toBe('SEQUENCE.CHANGED_MEANWHILE');
    expect((await read(id)).draft).toMatchObject({ revision: 2, title: 'Of Ben' });
  });

  it('tells before it starts who would get what, when, and who would not and why', async () => {
    await hall.look(
      `UPDATE consent SET state = 'withdrawn' WHERE member_id = (SELECT id FROM member WHERE email = 'm001@example.org')`,
    );
    const id = await create([message('first', 'First'), wait('pause', 60), message('second', 'Second')]);
    const before = await hall.look(`SELECT count(*) FROM delivery`);
    const { sequenceDryRun } = await ask<{
      sequenceDryRun: {
        audience: number;
        reachable: { total: number }[];
        refused: { reason: string; total: number; members: { givenName: string }[] }[];
        messages: { key: string; at: string }[];
      };
    }>(
      `query ($id: ID!) { sequenceDryRun(id: $id) { audience needsApproval reachable { total } refused { reason total members { givenName } } messages { key at conditional tooLate } } }`,
      { id },
    );
    expect(sequenceDryRun).toMatchObject({
      audience: PEOPLE - 1,
      needsApproval: false,
      reachable: [{ total: PEOPLE - 2 }],
      refused: [{ reason: 'no_consent', total: 1, members: [{ givenName: 'Given' }] }],
      messages: [
        { key: 'first', conditional: false, tooLate: false },
        { key: 'second', conditional: false, tooLate: false },
      ],
    });
    const [first, second] = sequenceDryRun.messages.map(({ at }) => Date.parse(at)) as [number, number];
    expect(second - first).toBe(3_600_000);
    expect(await hall.look(`SELECT count(*) FROM delivery`)).toEqual(before);
    await hall.look(`UPDATE consent SET state = 'granted'`);
  });

  it('is held, changed with people inside who move, and does no step twice', async () => {
    const id = await create([
      message('one', 'One'),
      wait('pause', 60),
      message('two', 'Two'),
      message('three', 'Three'),
    ]);
    await publish(id);
    await enrol(id);
    await hall.turn();
    expect(count('One')).toBe(PEOPLE - 1);
    expect(await step(id, 'two')).toMatchObject({ waiting: PEOPLE - 1 });

    expect((await verb('holdSequence', id)).errors).toBeUndefined();
    hall.clock.advance(2 * 3_600_000);
    await hall.turn();
    expect(count('Two')).toBe(0);

    const next = [message('one', 'One, again'), message('new', 'New'), message('three', 'Three, better')];
    await ask(`mutation ($input: SaveSequenceDraftInput!) { saveSequenceDraft(input: $input) { id } }`, {
      input: { id, revision: null, ...settings(next) },
    });
    expect(await read(id)).toMatchObject({
      version: 1,
      versions: [{ version: 2 }, { version: 1, inside: PEOPLE - 1 }],
    });
    expect((await publish(id, 'MOVE')).errors).toBeUndefined();
    expect((await read(id)).versions).toMatchObject([
      { version: 2, inside: PEOPLE - 1 },
      { version: 1, inside: 0 },
    ]);
    await verb('resumeSequence', id);
    await hall.turn();
    await hall.turn();
    expect([
      count('One'),
      count('One, again'),
      count('New'),
      count('Two'),
      count('Three'),
      count('Three, better'),
    ]).toEqual([PEOPLE - 1, 0, 0, 0, 0, PEOPLE - 1]);
    expect(await step(id, 'one')).toMatchObject({ accepted: PEOPLE - 1 });
  });

  it('lets those inside finish the version they are in, or stops them, as its publisher says', async () => {
    for (const [people, old, fresh] of [
      ['FINISH', PEOPLE - 1, 0],
      ['STOP', 0, 0],
    ] as const) {
      const id = await create([wait('pause', 60), message('late', `Old ${people}`)]);
      await publish(id);
      await enrol(id);
      await hall.app.get(AdvanceService).advance();
      await ask(`mutation ($input: SaveSequenceDraftInput!) { saveSequenceDraft(input: $input) { id } }`, {
        input: { id, revision: null, ...settings([message('late', `Fresh ${people}`)]) },
      });
      await publish(id, people);
      hall.clock.advance(2 * 3_600_000);
      await hall.turn();
      expect([count(`Old ${people}`), count(`Fresh ${people}`)]).toEqual([old, fresh]);
    }
  });

  it('waits for a second organizer when it is for many', async () => {
    await hall.look(
      `WITH made AS (INSERT INTO member (chapter_id, given_name, email, email_key, status)
         VALUES ($1, 'Eighth', 'm900@example.org', 'm900@example.org', 'member') RETURNING id, chapter_id)
       INSERT INTO consent (member_id, chapter_id, purpose, channel, state, wording, source)
       SELECT id, chapter_id, 'events', 'email', 'granted', 'Yes', 'test' FROM made`,
      [chapterId],
    );
    const id = await create([message('many', 'Many')]);
    await publish(id);
    await enrol(id);
    await hall.turn();
    expect(await read(id)).toMatchObject({ state: 'WAITING_FOR_APPROVAL' });
    expect(count('Many')).toBe(0);
    expect((await verb('approveSequence', id)).errors![0]!.extensions.code).toBe('SEQUENCE.OWN_APPROVAL');
    expect((await verb('resumeSequence', id)).errors![0]!.extensions.code).toBe(
      'SEQUENCE.WAITS_FOR_APPROVAL',
    );
    expect((await verb('approveSequence', id, ben)).errors).toBeUndefined();
    await hall.turn();
    expect(count('Many')).toBe(PEOPLE);
  });

  it('is corrected for exactly those who were sent a message, though they withdrew consent, never past an opt-out', async () => {
    const id = await create([message('wrong', 'Wrong date')]);
    await publish(id);
    await enrol(id);
    await verb('approveSequence', id, ben);
    await hall.look(
      `UPDATE consent SET state = 'withdrawn' WHERE member_id = (SELECT id FROM member WHERE email = 'm002@example.org')`,
    );
    await hall.turn();
    await hall.look(
      `UPDATE consent SET state = 'withdrawn' WHERE member_id = (SELECT id FROM member WHERE email = 'm003@example.org')`,
    );
    await hall.app
      .get(Database)
      .tx(SYSTEM, (em) => hall.app.get(ConsentService).optOut(em, 'email', 'm004@example.org', 'member'));
    const { id: stepId } = await step(id, 'wrong');
    const input = {
      stepId,
      subject: { en: 'The right date' },
      body: { en: 'Sorry, {{name}}.' },
      idempotencyKey: 'correct it',
    };
    const CORRECT = `mutation ($input: CorrectMessageInput!) { correctMessage(input: $input) { id } }`;
    const [first, again] = [await ask(CORRECT, { input }), await ask(CORRECT, { input })];
    expect(again).toEqual(first);
    await hall.turn();
    const to = smtp.received
      .filter(({ mail }) => mail.subject === 'The right date')
      .map(({ to: one }) => one);
    expect(to.sort()).toEqual(
      ['m001', 'm003', 'm005', 'm006', 'm007', 'm900'].map((name) => `${name}@example.org`),
    );
    await hall.look(`UPDATE consent SET state = 'granted'`);
  });

  it('lets an organizer say what became of a message that nobody knows of', async () => {
    const id = await create([message('unsure', 'Unsure')]);
    await publish(id);
    await enrol(id);
    await verb('approveSequence', id, ben);
    await hall.turn();
    await hall.look(
      `UPDATE delivery SET state = 'uncertain', reason = 'connection_lost' WHERE step_key = 'unsure'`,
    );
    const rows = await hall.look<{ id: string }>(
      `SELECT id FROM delivery WHERE step_key = 'unsure' ORDER BY id`,
    );
    const RESOLVE = `mutation ($id: ID!, $to: DeliveryResolution!) { resolveDelivery(id: $id, resolution: $to) { state } }`;
    const sent = count('Unsure');
    await ask(RESOLVE, { id: `Delivery_${rows[0]!.id}`, to: 'ACCEPTED' });
    await ask(RESOLVE, { id: `Delivery_${rows[1]!.id}`, to: 'SEND_AGAIN' });
    expect(await refused(RESOLVE, { id: `Delivery_${rows[0]!.id}`, to: 'REJECTED' })).toBe(
      'DELIVERY.NOT_UNCERTAIN',
    );
    await hall.turn();
    expect(count('Unsure')).toBe(sent + 1);
  });
});
