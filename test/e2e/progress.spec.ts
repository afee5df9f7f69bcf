import { createClient } from 'graphql-sse';
import { GrantsService, SignInService, UsersService } from '@unionhall/identity';
import { openOutreach, SYSTEM, type OutreachHall } from '../integration/outreach-hall';
import { eventually } from '../support/eventually';
import { startSmtpSink, type SmtpSink } from '../support/smtp';

const PASSWORD = 'correct horse battery';
const FOLLOW = `subscription Follow($id: ID!) { sequence(id: $id) { state steps(first: 10) { nodes { key waitingToSend accepted } } } }`;

interface Progress {
  readonly sequence: {
    readonly state: string;
    readonly steps: {
      readonly nodes: readonly {
        readonly key: string;
        readonly waitingToSend: number;
        readonly accepted: number;
      }[];
    };
  } | null;
}

interface Following {
  readonly answers: readonly Progress[];
  readonly refusals: readonly string[];
  readonly isOver: () => boolean;
  stop(): void;
}

describe('the progress of a sequence', () => {
  let smtp: SmtpSink;
  let hall: OutreachHall;
  let url: string;
  let id: string;
  let chapterId: string;
  let ada: string;
  const open: Following[] = [];

  const organizer = async (email: string, chapter: string): Promise<string> => {
    await hall.app.get(UsersService).ensure(SYSTEM, { email, password: PASSWORD });
    await hall.app
      .get(GrantsService)
      .giveTo(SYSTEM, email, { role: 'organizer', chapterId: chapter, purposes: [] });
    return (
      await hall.app.get(SignInService).withPassword({ email, password: PASSWORD, address: '127.0.0.1' })
    ).token;
  };
  const follow = (
    query: string,
    as: string | undefined,
    variables: Record<string, unknown> = { id },
  ): Following => {
    const client = createClient({
      url,
      retryAttempts: 0,
      headers: as === undefined ? {} : { authorization: `Bearer ${as}` },
    });
    const answers: Progress[] = [];
    const refusals: string[] = [];
    let over = false;
    const stop = client.subscribe<Progress>(
      { query, variables },
      {
        next: ({ data, errors }) => {
          if (data) answers.push(data);
          for (const error of errors ?? []) refusals.push(String(error.extensions['code']));
        },
        error: (error) => {
          over = true;
          refusals.push(`${(error as { response?: Response }).response?.status ?? String(error)}`);
        },
        complete: () => (over = true),
      },
    );
    const following = { answers, refusals, isOver: () => over, stop };
    open.push(following);
    return following;
  };
  const refused = async (
    query: string,
    headers: Record<string, string>,
  ): Promise<[number, string | undefined]> => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
      body: JSON.stringify({ query, variables: { id } }),
    });
    const body = (await answer.json()) as { errors: { extensions: { code: string } }[] };
    return [answer.status, body.errors[0]?.extensions.code];
  };
  const invitation = (progress: Progress | undefined): object | undefined =>
    progress?.sequence?.steps.nodes[0];

  beforeAll(async () => {
    smtp = await startSmtpSink();
    hall = await openOutreach({ SMTP_URL: smtp.url });
    const invited = await hall.invite({ people: 3 });
    ({ chapterId } = invited);
    id = `Sequence_${invited.sequenceId}`;
    ada = await organizer('ada@example.org', chapterId);
    await hall.app.listen(0, '127.0.0.1');
    url = `${await hall.app.getUrl()}/graphql`;
  });
  afterEach(() => {
    for (const following of open.splice(0)) following.stop();
  });
  afterAll(async () => {
    await hall.close();
    await smtp.close();
  });

  it('comes at once, and again as messages leave', async () => {
    const seen = follow(FOLLOW, ada);
    const also = follow(FOLLOW, ada);
    await eventually('the first answers', () =>
      Promise.resolve(seen.answers.length > 0 && also.answers.length > 0),
    );
    expect(invitation(seen.answers[0])).toMatchObject({ waitingToSend: 3, accepted: 0 });
    await hall.turn();
    for (const one of [seen, also])
      await eventually('all were sent', () =>
        Promise.resolve((invitation(one.answers.at(-1)) as { accepted: number }).accepted === 3),
      );
    expect(seen.refusals).toEqual([]);
    const texts = seen.answers.map((answer) => JSON.stringify(answer));
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('ends when the session of whoever looks has ended', async () => {
    const token = await organizer('ben@example.org', chapterId);
    const seen = follow(FOLLOW, token);
    await eventually('the first answer', () => Promise.resolve(seen.answers.length > 0));
    await hall.look(
      `DELETE FROM session WHERE user_id = (SELECT id FROM user_account WHERE email = 'ben@example.org')`,
    );
    await hall.look(`UPDATE sequence SET entries_open = NOT entries_open`);
    await eventually('it is over', () => Promise.resolve(seen.isOver()));
    expect(seen.refusals).toEqual(['AUTHZ.UNAUTHENTICATED']);
  });

  it('is refused to strangers, to organizers of another chapter, and for what is not stored', async () => {
    const [other] = await hall.look<{ id: string }>(
      `INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ('Lima', 'city', 'lima', 'America/Lima', 'es') RETURNING id`,
    );
    const zoe = await organizer('zoe@example.org', other!.id);
    const as = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
    expect(await refused(FOLLOW, {})).toEqual([403, 'AUTHZ.UNAUTHENTICATED']);
    expect(await refused(FOLLOW, as(zoe))).toEqual([404, 'SEQUENCE.NOT_FOUND']);
    expect(await refused(FOLLOW.replace('subscription', 'query'), as(ada))).toEqual([
      400,
      'HTTP.NOT_ACCEPTABLE',
    ]);
    expect(await refused(FOLLOW, { ...as(ada), accept: 'application/json' })).toEqual([
      400,
      'HTTP.NOT_ACCEPTABLE',
    ]);
    expect(await refused('subscription ($id: ID!) { sequence(id: $id) { nothing } }', as(ada))).toEqual([
      400,
      'GRAPHQL.INVALID',
    ]);
  });

  it('keeps no more than a few open for one person, and makes room when they close', async () => {
    const some = Array.from({ length: 6 }, () => follow(FOLLOW, ada));
    await eventually('all are open', () => Promise.resolve(some.every(({ answers }) => answers.length > 0)));
    expect(await refused(FOLLOW, { authorization: `Bearer ${ada}` })).toEqual([429, 'LIVE.TOO_MANY']);
    some[0]!.stop();
    await eventually('there is room', async () => {
      const next = follow(FOLLOW, ada);
      await eventually('it is answered', () => Promise.resolve(next.answers.length > 0 || next.isOver()));
      return next.answers.length > 0;
    });
  });
});
