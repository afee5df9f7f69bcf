import { GrantsService, systemActor, UsersService } from '@unionhall/identity';
import { asOwner } from '../support/database';
import { eventually } from '../support/eventually';
import { openUnion, type TestUnion } from '../support/union';

const SYSTEM = systemActor('test');
const PASSWORD = 'correct horse battery';
const HEADER =
  'uuid,first_name,last_name,email,Phone Number,zip_code,can2_user_tags,can2_subscription_status,County ';

interface Run {
  id: string;
  state: string;
  newCount: number;
  updatedCount: number;
  unchangedCount: number;
  rejectedCount: number;
  customColumns: string[];
  keptCount: number;
  doneCount: number;
  rows: {
    nodes: {
      line: number;
      outcome: string;
      problemColumn: string | null;
      problem: string | null;
      changed: string[];
      member: object | null;
    }[];
  };
}

describe('importing an Action Network report', () => {
  let union: TestUnion;
  let token: string;
  let chapterId: string;

  beforeAll(async () => {
    union = await openUnion();
    chapterId = await asOwner(union.databaseUrl, async (client) => {
      const { rows } = await client.query<{ id: string }>(
        `INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ('Oakland', 'city', 'oakland', 'America/Los_Angeles', 'en') RETURNING id`,
      );
      return rows[0]!.id;
    });
    await union.api.get(UsersService).ensure(SYSTEM, { email: 'organizer@example.org', password: PASSWORD });
    await union.api
      .get(GrantsService)
      .giveTo(SYSTEM, 'organizer@example.org', { role: 'organizer', chapterId, purposes: [] });
    const answer = await union.ask<{ signInWithPassword: { token: string } }>(
      `mutation { signInWithPassword(email: "organizer@example.org", password: "${PASSWORD}") { token } }`,
    );
    token = answer.data.signInWithPassword.token;
  });
  afterAll(() => union.close());

  const upload = async (
    file: string | Buffer,
    more = '',
    as: string | undefined = token,
  ): Promise<{ status: number; id: string; code?: string; details?: object }> => {
    const response = await fetch(`${union.address}/imports?chapterId=Chapter_${chapterId}${more}`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv', ...(as === '' ? {} : { authorization: `Bearer ${as}` }) },
      body: new Uint8Array(Buffer.from(file)),
    });
    const body = (await response.json()) as { id: string; error?: { code: string; details?: object } };
    return { status: response.status, id: body.id, code: body.error?.code, details: body.error?.details };
  };
  const FIELDS = `id state newCount updatedCount unchangedCount rejectedCount keptCount doneCount customColumns rows(first: 50) { nodes { line outcome problemColumn problem changed member { givenName } } }`;
  const run = async (id: string): Promise<Run> =>
    (
      await union.ask<{ importRun: Run }>(
        `query ($id: ID!) { importRun(id: $id) { ${FIELDS} } }`,
        { id },
        token,
      )
    ).data.importRun;
  const ask = (verb: 'commit' | 'undo', id: string, consent?: object) =>
    verb === 'commit'
      ? union.ask(
          `mutation ($input: CommitImportInput!) { commitImport(input: $input) { state } }`,
          { input: { id, consent } },
          token,
        )
      : union.ask(`mutation ($id: ID!) { undoImport(id: $id) { state } }`, { id }, token);
  const act = async (verb: 'commit' | 'undo', id: string, consent?: object): Promise<Run> => {
    expect((await ask(verb, id, consent)).errors).toEqual([]);
    return eventually(`the ${verb}`, async () => {
      const now = await run(id);
      return now.state === (verb === 'commit' ? 'COMMITTED' : 'UNDONE') ? now : undefined;
    });
  };
  const look = async <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
    asOwner(union.databaseUrl, async (client) => {
      await client.query(`SELECT set_config('unionhall.sees_all', 'on', false)`);
      return (await client.query(sql, values)).rows as T[];
    });
  const members = () =>
    look<{
      given_name: string;
      email: string;
      postal_code: string | null;
      custom: object;
      tags: string[] | null;
    }>(
      `SELECT given_name, email, phone, postal_code, custom, provenance, updated_at, (SELECT array_agg(g.name ORDER BY g.name)
         FROM member_tag mt JOIN tag g ON g.id = mt.tag_id WHERE mt.member_id = m.id) AS tags FROM member m ORDER BY email_key`,
    );

  const FILE = [
    HEADER,
    'u1,Ana,Sørensen,ANA@example.org,+1 415 555 0101,94601,"driver, press contact",subscribed,Alameda',
    'u2,Ben,李,ben@example.org,,94602,,unsubscribed,',
    'u3,Chi,X,not an address,,1,,subscribed,',
    'u4,Dov,Y,ana@example.org,,1,,subscribed,',
    'u5,Eva,Z,eva@example.org,,1',
    'u6,,,,,,,,',
  ].join('\r\n');
  let first: string;

  it('shows what would change before anything does, with row, column and reason', async () => {
    const uploaded = await upload(FILE);
    expect(uploaded).toMatchObject({ status: 201 });
    first = uploaded.id;
    const preview = await run(first);
    expect(preview).toMatchObject({ state: 'PREVIEWED', newCount: 2, updatedCount: 0, rejectedCount: 4 });
    expect(preview.customColumns).toEqual(['uuid', 'County']);
    expect(preview.rows.nodes.filter(({ outcome }) => outcome === 'REJECTED')).toMatchObject([
      { line: 4, outcome: 'REJECTED', problemColumn: 'email', problem: 'EMAIL.INVALID' },
      { line: 5, outcome: 'REJECTED', problemColumn: 'email', problem: 'ROW.DUPLICATE' },
      { line: 6, outcome: 'REJECTED', problemColumn: '', problem: 'ROW.RAGGED' },
      { line: 7, outcome: 'REJECTED', problemColumn: 'email', problem: 'ROW.NO_ADDRESS' },
    ]);
    expect(await members()).toEqual([]);
  });

  it('writes it whole, once, however often it is asked; imported people have given no consent, and opt-outs count', async () => {
    const asked = await Promise.all([ask('commit', first), ask('commit', first)]);
    expect(asked.flatMap(({ errors }) => errors)).toEqual([]);
    expect(await act('commit', first)).toMatchObject({ doneCount: 6, newCount: 2, rejectedCount: 4 });
    expect(await members()).toMatchObject([
      {
        given_name: 'Ana',
        email: 'ANA@example.org',
        phone: '+14155550101',
        custom: { uuid: 'u1', County: 'Alameda' },
        tags: ['driver', 'press contact'],
        provenance: { givenName: expect.stringMatching(/^import:.*:2$/) },
      },
      { given_name: 'Ben', email: 'ben@example.org', tags: null },
    ]);
    expect(
      await look(
        `SELECT (SELECT count(*)::int FROM consent) AS consents, (SELECT count(*)::int FROM opt_out) AS opt_outs`,
      ),
    ).toEqual([{ consents: 0, opt_outs: 1 }]);
  });

  it('changes nothing when the same file comes again', async () => {
    expect(await run((await upload(FILE)).id)).toMatchObject({
      newCount: 0,
      updatedCount: 0,
      unchangedCount: 2,
    });
  });

  it('updates what differs and takes it back exactly', async () => {
    const before = await members();
    const { id } = await upload(
      `${HEADER}\nu1,Anna,Sørensen,ana@example.org,,94699,organizer,subscribed,Alameda\nu9,Fay,New,fay@example.org,,,,,`,
    );
    const preview = await run(id);
    expect(preview).toMatchObject({ newCount: 1, updatedCount: 1 });
    expect(preview.rows.nodes[0]).toMatchObject({
      outcome: 'UPDATED',
      changed: ['givenName', 'postalCode', 'tags'],
      member: { givenName: 'Ana' },
    });
    await act('commit', id);
    expect(await members()).toMatchObject([
      { given_name: 'Anna', postal_code: '94699' },
      { given_name: 'Ben' },
      { given_name: 'Fay' },
    ]);
    expect(await act('undo', id)).toMatchObject({ keptCount: 0 });
    expect(await members()).toEqual(before);
    expect((await ask('commit', id)).errors[0]?.extensions.code).toBe('IMPORT.STATE');
  });

  it('leaves alone who changed since the preview, and says so', async () => {
    const { id } = await upload(`${HEADER}\nu1,Annie,,ana@example.org,,,,,\nu7,Gil,,gil@example.org,,,,,`);
    await look(
      `UPDATE member SET given_name = 'Anita', updated_at = now() WHERE email_key = 'ana@example.org'`,
    );
    await look(
      `INSERT INTO member (chapter_id, given_name, email, email_key) VALUES ($1, 'Gilda', 'gil@example.org', 'gil@example.org')`,
      [chapterId],
    );
    const done = await act('commit', id);
    expect(done).toMatchObject({ newCount: 0, updatedCount: 0, rejectedCount: 2 });
    expect(done.rows.nodes.map(({ problem }) => problem)).toEqual(['ROW.CHANGED_SINCE', 'ROW.CHANGED_SINCE']);
    expect(await members()).toMatchObject([
      { given_name: 'Anita' },
      { given_name: 'Ben' },
      { given_name: 'Gilda' },
    ]);
  });

  it('keeps, when undone, people who changed or on whom something hangs', async () => {
    const { id } = await upload(
      `${HEADER}\n,Hal,,hal@example.org,,,,,\n,Ida,,ida@example.org,,,,,\n,Jo,,jo@example.org,,,,,\n,Kit,,kit@example.org,,,,,`,
    );
    await act('commit', id);
    await look(`UPDATE member SET city = 'Davis', updated_at = now() WHERE email_key = 'hal@example.org'`);
    await look(
      `INSERT INTO member_follow (member_id, chapter_id, followed_chapter_id) SELECT id, chapter_id, chapter_id FROM member WHERE email_key = 'ida@example.org'`,
    );
    await look(`INSERT INTO tag (name) VALUES ('speaker')`);
    await look(
      `INSERT INTO member_tag (member_id, chapter_id, tag_id) SELECT m.id, m.chapter_id, t.id FROM member m, tag t WHERE m.email_key = 'jo@example.org' AND t.name = 'speaker'`,
    );
    expect(await act('undo', id)).toMatchObject({ state: 'UNDONE', keptCount: 3 });
    expect(
      await look(`SELECT given_name FROM member WHERE given_name IN ('Hal', 'Ida', 'Jo', 'Kit') ORDER BY 1`),
    ).toEqual([{ given_name: 'Hal' }, { given_name: 'Ida' }, { given_name: 'Jo' }]);
  });

  it('brings consent along only where the organizer says it came from, never over a decision', async () => {
    const { id } = await upload(
      `${HEADER}\n,Lea,,lea@example.org,,,,subscribed,\n,Max,,max@example.org,,,,unsubscribed,\n,Ben,,ben@example.org,,,,,`,
    );
    await look(
      `INSERT INTO consent (member_id, chapter_id, purpose, channel, state, wording, source)
       SELECT id, chapter_id, 'events', 'email', 'withdrawn', 'No more', 'portal' FROM member WHERE email_key = 'ben@example.org'`,
    );
    const consent = { purposes: ['events'], channels: ['email'], wording: 'Sign-up form of the July rally' };
    expect((await ask('commit', id, { ...consent, wording: ' ' })).errors[0]?.extensions).toMatchObject({
      code: 'IMPORT.CONSENT',
      field: 'input.consent',
    });
    await act('commit', id, consent);
    const consents = `SELECT m.given_name, k.state, k.wording FROM consent k JOIN member m ON m.id = k.member_id ORDER BY 1`;
    expect(await look(consents)).toEqual([
      { given_name: 'Ben', state: 'withdrawn', wording: 'No more' },
      { given_name: 'Lea', state: 'granted', wording: 'Sign-up form of the July rally' },
    ]);
    await act('undo', id);
    expect(await look(consents)).toHaveLength(1);
  });

  it.each([
    ['nothing', '', 'IMPORT.NOT_CSV'],
    ['a web page', '<!DOCTYPE html><p>Sign in</p>', 'IMPORT.NOT_CSV'],
    ['a spreadsheet', Buffer.from('PK\u0003\u0004rest', 'latin1'), 'IMPORT.NOT_CSV'],
    ['two columns of one name', 'email,Email\na@example.org,b@example.org', 'IMPORT.HEADER'],
    ['no address column', 'first_name,last_name\nA,B', 'IMPORT.HEADER'],
    ['a million columns', `email,${'c,'.repeat(200_000)}d`, 'IMPORT.HEADER'],
    ['a NUL', 'email\na@example.org\nb\0@example.org', 'IMPORT.NUL'],
    [
      'Windows-1252 unconfirmed',
      Buffer.from('email,last_name\na@example.org,S\u00f8rensen', 'latin1'),
      'IMPORT.ENCODING',
    ],
    ['UTF-16 unconfirmed', Buffer.from('\ufeffemail\na@example.org', 'utf16le'), 'IMPORT.ENCODING'],
    ['a line without an end', `email\n"${'x'.repeat(3_000_000)}`, 'IMPORT.TOO_LARGE'],
    ['a broken quote', 'email,last_name\n"a"b,c\n', 'IMPORT.NOT_CSV'],
  ])('refuses %s clearly and keeps nothing of it', async (_what, file, code) => {
    const [{ standing }] = (await look<{ standing: number }>(
      `SELECT count(*)::int AS standing FROM import_run`,
    )) as [{ standing: number }];
    const refused = await upload(file);
    expect(refused).toMatchObject({ status: 400, code });
    const runs = await union.ask<{ importRuns: { totalCount: number } }>(
      `{ importRuns(first: 1) { totalCount } }`,
      {},
      token,
    );
    expect(runs.data.importRuns.totalCount).toBe(standing);
  });

  it('reads confirmed Windows-1252 and UTF-16 without garbling', async () => {
    const latin = await upload(
      Buffer.from('email,last_name\nsoe@example.org,S\u00f8rensen', 'latin1'),
      '&encoding=windows-1252',
    );
    const wide = await upload(
      Buffer.from('\ufeffemail,last_name\nli@example.org,李', 'utf16le'),
      '&encoding=utf-16le',
    );
    const names = async (id: string): Promise<string[]> =>
      (
        await union.ask<{ importRun: { rows: { nodes: { familyName: string }[] } } }>(
          `query ($id: ID!) { importRun(id: $id) { rows(first: 5) { nodes { familyName } } } }`,
          { id },
          token,
        )
      ).data.importRun.rows.nodes.map((row) => row.familyName);
    expect(await names(latin.id)).toEqual(['Sørensen']);
    expect(await names(wide.id)).toEqual(['李']);
  });

  it('is closed to those who may not import', async () => {
    expect(await upload(FILE, '', '')).toMatchObject({ status: 401 });
  });
});
