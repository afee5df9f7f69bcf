import { GrantsService, SignInService, UsersService } from '@unionhall/identity';
import { openOutreach, SYSTEM, type Invited, type OutreachHall } from '../integration/outreach-hall';
import { startSmtpSink, type SmtpSink } from '../support/smtp';

const PASSWORD = 'correct horse battery';

interface Refusal {
  readonly message: string;
  readonly extensions: {
    readonly code: string;
    readonly field?: string;
    readonly details?: {
      readonly problems: readonly {
        readonly code: string;
        readonly place: string;
        readonly message: string;
      }[];
    };
  };
}
interface Answer<T> {
  readonly data: T;
  readonly errors?: readonly Refusal[];
}
interface Text {
  readonly language: string;
  readonly revision: number;
  readonly subject: string;
  readonly body: string;
  readonly state: string;
  readonly mine: boolean;
  readonly note: string | null;
}
interface Preview {
  readonly subject: string;
  readonly html: string | null;
  readonly text: string;
  readonly length: { readonly encoding: string; readonly segments: number } | null;
}

describe('a template', () => {
  let smtp: SmtpSink;
  let hall: OutreachHall;
  let here: Invited;
  let elsewhere: Invited;
  let ada: string;
  let ben: string;
  let zoe: string;
  let mia: string;
  let miaId: string;
  let strangerId: string;
  let keys = 0;

  const say = async <T>(query: string, variables: object = {}, as = ada): Promise<Answer<T>> =>
    (
      await hall.app.inject({
        method: 'POST',
        url: '/graphql',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${as}` },
        payload: { query, variables },
      })
    ).json<Answer<T>>();
  const ask = async <T>(query: string, variables: object = {}, as = ada): Promise<T> => {
    const { data, errors } = await say<T>(query, variables, as);
    expect(errors).toBeUndefined();
    return data;
  };
  const account = async (email: string, memberId?: string): Promise<void> =>
    void (await hall.app
      .get(UsersService)
      .ensure(SYSTEM, { email, password: PASSWORD, ...(memberId && { memberId }) }));
  const signIn = async (email: string): Promise<string> =>
    (await hall.app.get(SignInService).withPassword({ email, password: PASSWORD, address: '127.0.0.1' }))
      .token;
  const organizer = async (email: string, chapterId: string, memberId?: string): Promise<string> => {
    await account(email, memberId);
    await hall.app.get(GrantsService).giveTo(SYSTEM, email, { role: 'organizer', chapterId, purposes: [] });
    return signIn(email);
  };
  const create = async (more: object = {}, as = ada): Promise<string> => {
    const input = {
      chapterId: `Chapter_${here.chapterId}`,
      name: 'Welcome',
      channel: 'EMAIL',
      purpose: 'EVENTS',
      idempotencyKey: `template ${++keys}`,
      ...more,
    };
    const made = await ask<{ createTemplate: { id: string } }>(
      `mutation ($input: CreateTemplateInput!) { createTemplate(input: $input) { id } }`,
      { input },
      as,
    );
    return made.createTemplate.id;
  };
  const change = (name: string, type: string, input: object, as: string): Promise<Answer<unknown>> =>
    say(`mutation ($input: ${type}!) { ${name}(input: $input) { id } }`, { input }, as);
  const save = (templateId: string, text: Partial<Text>, as = ada): Promise<Answer<unknown>> =>
    change(
      'saveTemplateText',
      'SaveTemplateTextInput',
      { templateId, language: 'en', subject: 'Welcome, {{name}}', body: 'Hello {{name}}.', ...text },
      as,
    );
  const askReview = (
    templateId: string,
    revision: number,
    language = 'en',
    as = ada,
  ): Promise<Answer<unknown>> =>
    change('askTemplateReview', 'TemplateTextAtInput', { templateId, language, revision }, as);
  const review = (
    templateId: string,
    revision: number,
    as = ben,
    more: object = {},
  ): Promise<Answer<unknown>> =>
    change(
      'reviewTemplateText',
      'ReviewTemplateTextInput',
      { templateId, language: 'en', revision, approve: true, ...more },
      as,
    );
  const codeOf = async (answer: Promise<Answer<unknown>>): Promise<string | undefined> =>
    (await answer).errors?.[0]?.extensions.code;
  const fine = async (answer: Promise<Answer<unknown>>): Promise<void> =>
    expect((await answer).errors).toBeUndefined();
  const approved = async (templateId: string, revision: number, text: Partial<Text> = {}): Promise<void> => {
    const { language = 'en' } = text;
    await fine(save(templateId, { ...text, ...(revision > 1 && { revision: revision - 1 }) }));
    await fine(askReview(templateId, revision, language));
    await fine(review(templateId, revision, ben, { language }));
  };
  const texts = async (id: string, as = ada): Promise<readonly Text[]> =>
    (
      await ask<{ template: { texts: { nodes: Text[] } } }>(
        `query ($id: ID!) { template(id: $id) { texts(first: 20) { nodes { language revision subject body state mine note } } } }`,
        { id },
        as,
      )
    ).template.texts.nodes;
  const PREVIEW = `query Look($input: PreviewTemplateInput!) { previewTemplate(input: $input) { subject html text length { encoding segments } } }`;
  const preview = (
    templateId: string,
    memberId: string,
    more: object = {},
    as = ada,
  ): Promise<Answer<{ previewTemplate: Preview }>> =>
    say(PREVIEW, { input: { templateId, language: 'en', memberId: `Member_${memberId}`, ...more } }, as);
  const looked = (): Promise<{ fields: string[] }[]> =>
    hall.look(`SELECT fields FROM access_ledger WHERE operation = 'previewTemplate' ORDER BY at`);

  const message = (template: string, more: object = {}): object => ({
    kind: 'message',
    key: 'hello',
    name: 'hello',
    until: 'never',
    subject: {},
    body: {},
    template,
    ...more,
  });
  const sequence = async (steps: readonly object[]): Promise<string> => {
    const input = {
      title: 'Welcome them',
      purpose: 'EVENTS',
      segment: { chapterId: `Chapter_${here.chapterId}` },
      trigger: { on: 'hand' },
      reentry: 'ONCE',
      steps,
      idempotencyKey: `sequence ${++keys}`,
    };
    const made = await ask<{ createSequence: { id: string } }>(
      `mutation ($input: CreateSequenceInput!) { createSequence(input: $input) { id } }`,
      { input },
    );
    return made.createSequence.id;
  };
  const publish = (id: string): Promise<Answer<unknown>> =>
    say(
      `mutation ($id: ID!, $key: String!) { publishSequence(id: $id, people: FINISH, idempotencyKey: $key) { id } }`,
      { id, key: `publish ${++keys}` },
    );
  const against = async (id: string): Promise<[string, string][]> =>
    (await publish(id)).errors![0]!.extensions.details!.problems.map(({ code, place }) => [code, place]);
  const configs = async (id: string): Promise<{ subject: object; body: object }[]> =>
    (
      await ask<{ sequence: { steps: { nodes: { config: { subject: object; body: object } }[] } } }>(
        `query ($id: ID!) { sequence(id: $id) { steps(first: 5) { nodes { config } } } }`,
        { id },
      )
    ).sequence.steps.nodes.map(({ config }) => config);

  beforeAll(async () => {
    smtp = await startSmtpSink();
    hall = await openOutreach({ SMTP_URL: smtp.url, MESSAGES_A_WEEK: '0' });
    here = await hall.invite({ people: 3 });
    elsewhere = await hall.invite({ people: 1 });
    await hall.look(`UPDATE sequence SET state = 'ended'`);
    await hall.look(`UPDATE delivery SET state = 'suppressed', reason = 'sequence_ended'`);
    await hall.look(`UPDATE enrollment SET state = 'exited'`);
    const people = await hall.look<{ id: string; chapter_id: string }>(
      `SELECT id, chapter_id FROM member ORDER BY email`,
    );
    const [me, other] = people.filter((one) => one.chapter_id === here.chapterId);
    miaId = other!.id;
    strangerId = people.find((one) => one.chapter_id === elsewhere.chapterId)!.id;
    await hall.look(`UPDATE member SET given_name = 'Mia', family_name = 'O''<b>' WHERE id = $1`, [miaId]);
    ada = await organizer('ada@example.org', here.chapterId, me!.id);
    ben = await organizer('ben@example.org', here.chapterId);
    zoe = await organizer('zoe@example.org', elsewhere.chapterId);
    await account('mia@example.org', miaId);
    mia = await signIn('mia@example.org');
  });
  afterAll(async () => {
    await hall.close();
    await smtp.close();
  });

  it('is made once for one key, and has a text for each language with a state of its own', async () => {
    const input = {
      chapterId: `Chapter_${here.chapterId}`,
      name: 'Once',
      channel: 'EMAIL',
      idempotencyKey: 'the same key',
    };
    const CREATE = `mutation ($input: CreateTemplateInput!) { createTemplate(input: $input) { id name } }`;
    const first = await ask<{ createTemplate: { id: string } }>(CREATE, { input });
    expect(await ask(CREATE, { input })).toEqual(first);
    const { id } = first.createTemplate;
    await approved(id, 1);
    await fine(save(id, { language: 'es', subject: 'Hola, {{name}}', body: 'Hola.' }));
    expect(await texts(id)).toMatchObject([
      { language: 'en', revision: 1, state: 'APPROVED', mine: true },
      { language: 'es', revision: 1, state: 'DRAFT', mine: true },
    ]);
    expect((await texts(id, ben)).map(({ mine }) => mine)).toEqual([false, false]);
  });

  it('is approved by a second person, never by whoever saved it last', async () => {
    const id = await create();
    await fine(save(id, {}));
    expect(await codeOf(review(id, 1))).toBe('TEMPLATE.NOTHING_TO_REVIEW');
    await fine(askReview(id, 1));
    expect(await codeOf(review(id, 1, ada))).toBe('TEMPLATE.OWN_REVIEW');
    await fine(save(id, { revision: 1, body: 'Hello again {{name}}.' }, ben));
    await fine(askReview(id, 2));
    expect(await codeOf(review(id, 2, ben))).toBe('TEMPLATE.OWN_REVIEW');
    expect(await codeOf(review(id, 1, ada))).toBe('TEMPLATE.CHANGED_MEANWHILE');
    await fine(review(id, 2, ada));
    expect(await texts(id)).toMatchObject([{ revision: 2, state: 'APPROVED' }]);
  });

  it('is rejected with a note of what should be different', async () => {
    const id = await create();
    await fine(save(id, {}));
    await fine(askReview(id, 1));
    expect(await codeOf(review(id, 1, ben, { approve: false, note: ' ' }))).toBe('TEMPLATE.NOTE_MISSING');
    await fine(review(id, 1, ben, { approve: false, note: 'Too short.' }));
    expect(await texts(id)).toMatchObject([{ state: 'REJECTED', note: 'Too short.' }]);
    expect(await codeOf(review(id, 1))).toBe('TEMPLATE.NOTHING_TO_REVIEW');
  });

  it('is reviewed again after a change, and keeps every revision', async () => {
    const id = await create();
    await approved(id, 1);
    await fine(save(id, { revision: 1 }));
    expect(await texts(id)).toMatchObject([{ revision: 1, state: 'APPROVED' }]);
    expect(await codeOf(save(id, { body: 'Written over it.' }))).toBe('TEMPLATE.CHANGED_MEANWHILE');
    await fine(save(id, { revision: 1, body: 'Hello {{name}}, welcome.' }));
    expect(await texts(id)).toMatchObject([{ revision: 2, state: 'DRAFT', note: null }]);
    const { template } = await ask<{ template: { revisions: { nodes: Text[] } } }>(
      `query ($id: ID!) { template(id: $id) { revisions(first: 5) { nodes { revision state body } } } }`,
      { id },
    );
    expect(template.revisions.nodes).toMatchObject([
      { revision: 2, state: 'DRAFT' },
      { revision: 1, state: 'APPROVED', body: 'Hello {{name}}.' },
    ]);
  });

  it('is not written over by who saves at the same moment, nor approved while it changes', async () => {
    const id = await create();
    const both = await Promise.all([
      codeOf(save(id, { body: 'From Ada.' })),
      codeOf(save(id, { body: 'From Ben.' }, ben)),
    ]);
    expect(both.filter((code) => code === undefined)).toHaveLength(1);
    expect(both).toContain('TEMPLATE.CHANGED_MEANWHILE');
    await fine(save(id, { revision: 1, body: 'Both agree.' }));
    await fine(askReview(id, 2));
    await Promise.all([save(id, { revision: 2, body: 'Or not.' }), review(id, 2)]);
    expect(await texts(id)).toMatchObject([{ revision: 3, body: 'Or not.', state: 'DRAFT' }]);
  });

  it('is found by those who look for what waits for them', async () => {
    const id = await create({ name: 'Waits' });
    const waiting = async (): Promise<object> =>
      ask(`{ templates(first: 5, filter: { waiting: true }) { nodes { id } } }`, {}, ben);
    await hall.look(`UPDATE template_text SET state = 'draft' WHERE state = 'waiting'`);
    await fine(save(id, {}));
    expect(await waiting()).toEqual({ templates: { nodes: [] } });
    await fine(askReview(id, 1));
    expect(await waiting()).toEqual({ templates: { nodes: [{ id }] } });
    await fine(save(id, { revision: 1, body: 'Changed while it waits.' }));
    expect(await waiting()).toEqual({ templates: { nodes: [] } });
  });

  it('refuses loops, unknown names and broken words, naming language and place', async () => {
    const id = await create();
    const wrong = async (text: Partial<Text>): Promise<(string | undefined)[]> => {
      const { extensions } = (await save(id, text)).errors![0]!;
      const [problem] = extensions.details?.problems ?? [];
      return [extensions.code, extensions.field, problem?.code, problem?.message.split(':')[0]];
    };
    const invalid = 'TEMPLATE.TEXT_INVALID';
    expect(await wrong({ body: 'Hello\n{% for a in name %}{{ a }}{% endfor %}' })).toEqual([
      invalid,
      'body.en',
      'TAG_UNKNOWN',
      'line 2',
    ]);
    expect(await wrong({ language: 'es', body: 'a\n\n{{password}}' })).toEqual([
      invalid,
      'body.es',
      'VARIABLE_UNKNOWN',
      'line 3',
    ]);
    expect(await wrong({ subject: '{{name' })).toEqual([invalid, 'subject.en', 'SYNTAX', 'line 1']);
    expect(await wrong({ subject: ' ' })).toEqual([invalid, 'subject.en', 'TEXT_MISSING', 'line 1']);
    expect(await wrong({ body: '[x](ftp://example.org)' })).toEqual([
      invalid,
      'body.en',
      'LINK_INVALID',
      'line 1',
    ]);
    expect(await codeOf(save(id, { language: 'English' }))).toBe('TEMPLATE.LANGUAGE_UNKNOWN');
    expect(await texts(id)).toEqual([]);
  });

  it('is previewed as a member sees it, who is told of it', async () => {
    const id = await create();
    await fine(save(id, { body: 'Hello {{name}} {{familyName}},\n\n**{{title}}**: {{rsvpUrl}}' }));
    const before = (await looked()).length;
    const { subject, html, text, length } = (await preview(id, miaId)).data.previewTemplate;
    expect(subject).toBe('Welcome, Mia');
    expect(text).toContain("Hello Mia O'<b>,");
    expect(html).toContain('Hello Mia O&#39;&#60;b&#62;');
    expect(html).toContain('<strong>Log off</strong>');
    expect(length).toBeNull();
    expect((await looked()).slice(before)).toEqual([{ fields: ['Member.givenName', 'Member.familyName'] }]);
    const seen = await ask<{ whoReadMyData: { nodes: { operation: string; fields: string[] }[] } }>(
      `{ whoReadMyData(first: 5) { nodes { operation fields } } }`,
      {},
      mia,
    );
    expect(seen.whoReadMyData.nodes).toContainEqual({
      operation: 'previewTemplate',
      fields: ['Member.givenName', 'Member.familyName'],
    });
  });

  it('has no link in a preview that leads anywhere', async () => {
    const id = await create();
    await fine(
      save(id, { body: '[yes]({{rsvpUrl}}), [no]({{unsubscribeUrl}}), [more](https://example.org/more)' }),
    );
    const { html, text } = (await preview(id, miaId)).data.previewTemplate;
    expect(html).not.toMatch(/<a\b[^>]*href/);
    expect(html).not.toMatch(/\/(r|u|rsvp|unsubscribe)\/[\w-]{10,}/);
    const addresses = [...text.matchAll(/https?:\/\/([^/\s)]+)/g)].map((match) => match[1]);
    expect(new Set(addresses)).toEqual(new Set(['example.invalid', 'example.org']));
  });

  it('shows words that are not saved yet, and refuses them as saving would', async () => {
    const id = await create();
    expect(await codeOf(preview(id, miaId))).toBe('TEMPLATE.TEXT_MISSING');
    const unsaved = { subject: 'New', body: 'Not saved, {{name}}.' };
    expect((await preview(id, miaId, unsaved)).data.previewTemplate).toMatchObject({ subject: 'New' });
    const before = (await looked()).length;
    expect(await codeOf(preview(id, miaId, { subject: 'New', body: '{{nobody}}' }))).toBe(
      'TEMPLATE.TEXT_INVALID',
    );
    expect(await looked()).toHaveLength(before);
    expect(await texts(id)).toEqual([]);
  });

  it('says of a text message how many segments it takes', async () => {
    const id = await create({ channel: 'SMS' });
    await fine(save(id, { subject: 'is dropped', body: 'Hello {{name}} 🙂' }));
    expect(await texts(id)).toMatchObject([{ subject: '' }]);
    expect((await preview(id, miaId)).data.previewTemplate).toEqual({
      subject: '',
      html: null,
      text: 'Hello Mia 🙂\nReply STOP to stop.',
      length: { encoding: 'UCS-2', segments: 1 },
    });
  });

  it('shows nobody out of reach: who is elsewhere looks as if they were not there', async () => {
    const id = await create();
    await fine(save(id, {}));
    const before = (await looked()).length;
    const nobody = '00000000-0000-7000-8000-000000000000';
    const [far] = (await preview(id, strangerId)).errors!;
    const [missing] = (await preview(id, nobody)).errors!;
    expect(far).toEqual(missing);
    expect(far!.extensions.code).toBe('TEMPLATE.READER_NOT_FOUND');
    expect(await looked()).toHaveLength(before);
  });

  it('is nothing to the organizers of another chapter', async () => {
    const id = await create();
    await approved(id, 1);
    expect(await ask(`query ($id: ID!) { template(id: $id) { id } }`, { id }, zoe)).toEqual({
      template: null,
    });
    expect(await ask(`{ templates(first: 50) { nodes { id } } }`, {}, zoe)).toEqual({
      templates: { nodes: [] },
    });
    const nowhere = 'TEMPLATE.NOT_FOUND';
    expect(await codeOf(save(id, { revision: 1, body: 'Mine now' }, zoe))).toBe(nowhere);
    expect(await codeOf(review(id, 1, zoe))).toBe(nowhere);
    expect(await codeOf(preview(id, strangerId, { subject: 'a', body: 'b' }, zoe))).toBe(nowhere);
    expect(await codeOf(preview(id, miaId, {}, mia))).toBe(nowhere);
    const theirs = await create({ chapterId: `Chapter_${elsewhere.chapterId}` }, zoe);
    expect(await against(await sequence([message(theirs)]))).toEqual([
      ['TEMPLATE_MISSING', 'steps[0].template'],
    ]);
  });

  it('is copied into a sequence when that is published, and a later change leaves the sequence alone', async () => {
    const id = await create();
    await approved(id, 1);
    await approved(id, 1, { language: 'es', subject: 'Bienvenida', body: 'Hola {{name}}.' });
    const sequenceId = await sequence([message(id)]);
    await fine(publish(sequenceId));
    const copied = {
      subject: { en: 'Welcome, {{name}}', es: 'Bienvenida' },
      body: { en: 'Hello {{name}}.', es: 'Hola {{name}}.' },
    };
    expect(await configs(sequenceId)).toMatchObject([copied]);
    await approved(id, 2, { subject: 'Other words', body: 'Other words.' });
    expect(await configs(sequenceId)).toMatchObject([copied]);
    await hall.look(`UPDATE member SET language = 'es' WHERE id = $1`, [miaId]);
    await ask(
      `mutation ($id: ID!, $segment: SegmentInput!) { enrolInSequence(id: $id, segment: $segment, idempotencyKey: "enrol them") { id } }`,
      { id: sequenceId, segment: { chapterId: `Chapter_${here.chapterId}` } },
    );
    await hall.turn();
    await hall.turn();
    const subjects = smtp.received.map(({ mail }) => mail.subject);
    expect(subjects.filter((one) => one === 'Bienvenida')).toHaveLength(1);
    expect(subjects.filter((one) => one?.startsWith('Welcome, '))).toHaveLength(2);
    expect(subjects).not.toContain('Other words');
  });

  it('stands against publishing until each text that is used is approved', async () => {
    const id = await create();
    const sequenceId = await sequence([message(id)]);
    expect(await against(sequenceId)).toEqual([['TEMPLATE_MISSING', 'steps[0].template']]);
    await fine(save(id, {}));
    expect(await against(sequenceId)).toEqual([['TEMPLATE_NOT_APPROVED', 'steps[0].template.en']]);
    await fine(askReview(id, 1));
    await fine(review(id, 1));
    await fine(save(id, { revision: 1, body: 'Changed, {{name}}.' }));
    await fine(save(id, { language: 'es', subject: 'Hola', body: 'Nunca aprobado' }));
    expect(await against(sequenceId)).toEqual([['TEMPLATE_NOT_APPROVED', 'steps[0].template.en']]);
    await fine(askReview(id, 2));
    await fine(review(id, 2));
    await fine(publish(sequenceId));
    expect(await configs(sequenceId)).toMatchObject([{ body: { en: 'Changed, {{name}}.' } }]);
    expect((await configs(sequenceId))[0]!.body).not.toHaveProperty('es');
  });

  it('speaks of a gathering only in a sequence that has one', async () => {
    const id = await create();
    await approved(id, 1, { body: 'Come to {{title}}.' });
    expect(await against(await sequence([message(id)]))).toEqual([['VARIABLE_UNKNOWN', 'steps[0].body.en']]);
  });

  it('is seen in a dry run and tried on oneself before anybody has approved it', async () => {
    const id = await create();
    await fine(save(id, { subject: 'A try' }));
    const sequenceId = await sequence([message(id)]);
    const planned = await ask(
      `query ($id: ID!) { sequenceDryRun(id: $id) { messages { key subject body } } }`,
      { id: sequenceId },
    );
    expect(planned).toEqual({
      sequenceDryRun: {
        messages: [{ key: 'hello', subject: { en: 'A try' }, body: { en: 'Hello {{name}}.' } }],
      },
    });
    await fine(say(`mutation ($id: ID!) { trySequence(id: $id) { id } }`, { id: sequenceId }));
    await hall.turn();
    await hall.turn();
    expect(smtp.received.filter(({ mail }) => mail.subject === 'A try')).toHaveLength(1);
  });

  it('is put away for what comes, and taken back', async () => {
    const id = await create();
    await approved(id, 1);
    const ARCHIVE = `mutation ($id: ID!, $archived: Boolean!) { archiveTemplate(id: $id, archived: $archived) { id archivedAt } }`;
    await ask(ARCHIVE, { id, archived: true });
    const put = await ask<{ templates: { nodes: { id: string }[] } }>(
      `{ templates(first: 50, filter: { archived: true }) { nodes { id } } }`,
    );
    expect(put.templates.nodes).toEqual([{ id }]);
    expect(await codeOf(save(id, { revision: 1, body: 'More' }))).toBe('TEMPLATE.ARCHIVED');
    const sequenceId = await sequence([message(id)]);
    expect(await against(sequenceId)).toEqual([['TEMPLATE_MISSING', 'steps[0].template']]);
    expect(await ask(ARCHIVE, { id, archived: false })).toEqual({
      archiveTemplate: { id, archivedAt: null },
    });
    await fine(publish(sequenceId));
  });
});
