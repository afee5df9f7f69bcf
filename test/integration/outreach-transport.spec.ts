import { SequencesService } from '@unionhall/outreach';
import { ConsentService } from '@unionhall/consent';
import { Database, Mailer } from '@unionhall/platform';
import { startBrokenSmtp, type BrokenSmtp, type Moment } from '../support/broken-smtp';
import { eventually } from '../support/eventually';
import { startSmtpSink, type SmtpSink } from '../support/smtp';
import { DAY, openOutreach, SYSTEM, type OutreachHall } from './outreach-hall';

describe('a mail server that breaks', () => {
  let server: BrokenSmtp;
  let hall: OutreachHall;

  beforeEach(async () => {
    server = await startBrokenSmtp();
    hall = await openOutreach({ SMTP_URL: server.url, SMTP_TIMEOUT_SECONDS: '1' });
    await hall.invite({ people: 1 });
  });
  afterEach(async () => {
    await hall.close();
    await server.close();
  });

  it.each(['drop', 'hang'] as const)(
    'when it takes a message and %ss before it answers, the message is uncertain and never sent again',
    async (does) => {
      server.fault = { at: 'message', does };
      await hall.send.send();
      expect(await hall.ledger()).toMatchObject([
        { state: 'uncertain', reason: 'connection_lost', attempts: 1 },
      ]);
      server.fault = undefined;
      hall.clock.advance(2 * DAY);
      await hall.send.recover();
      await hall.send.send();
      expect(server.messages).toHaveLength(1);
    },
  );

  it.each<[Moment, 'drop' | 'hang']>([
    ['MAIL', 'drop'],
    ['MAIL', 'hang'],
    ['RCPT', 'drop'],
    ['DATA', 'drop'],
    ['DATA', 'hang'],
  ])('when at %s it %ss, nothing was handed over: the message leaves later, once', async (at, does) => {
    server.fault = { at, does };
    await hall.send.send();
    expect(await hall.ledger()).toMatchObject([{ state: 'due', attempts: 1 }]);
    expect(server.messages).toEqual([]);
    server.fault = undefined;
    hall.clock.advance(DAY / 2);
    await hall.send.send();
    expect(await hall.ledger()).toMatchObject([{ state: 'accepted', attempts: 2 }]);
    expect(server.messages).toHaveLength(1);
  });

  it('keeps the Message-ID of a message that it refused for now, whole, and takes later', async () => {
    server.fault = { at: 'message', does: '451 later' };
    await hall.send.send();
    expect(await hall.ledger()).toMatchObject([{ state: 'due' }]);
    server.fault = undefined;
    hall.clock.advance(DAY / 2);
    await hall.send.send();
    const [delivery] = await hall.ledger();
    const idOf = (text: string): string | undefined => /^Message-ID: <(.+)@/im.exec(text)?.[1];
    expect(server.messages.map(idOf)).toEqual([delivery!.id, delivery!.id]);
  });

  it('is believed when it refuses a whole message for good', async () => {
    server.fault = { at: 'message', does: '554 no' };
    await hall.send.send();
    expect(await hall.ledger()).toMatchObject([{ state: 'rejected', reason: 'refused_by_server' }]);
    hall.clock.advance(DAY);
    expect(await hall.send.send()).toBe(0);
  });
});

describe('a lease', () => {
  const LEASE_SECONDS = 2;
  let smtp: SmtpSink;
  let hall: OutreachHall;
  let letGo: () => void;

  beforeEach(async () => {
    smtp = await startSmtpSink();
    hall = await openOutreach({ SMTP_URL: smtp.url, LEASE_SECONDS: String(LEASE_SECONDS) });
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    smtp.before = () => gate;
  });
  afterEach(async () => {
    letGo();
    await hall.close();
    await smtp.close();
  });

  it('is renewed while its worker lives: a mail server may be slow for longer', async () => {
    await hall.invite({ people: 8 });
    const sending = hall.send.send();
    await eventually('twice the time of a lease', async () => {
      const [{ over }] = (await hall.look(
        `SELECT coalesce(min(attempted_at) < now() - interval '${2 * LEASE_SECONDS} seconds', false) AS over FROM delivery`,
      )) as [{ over: boolean }];
      return over;
    });
    expect(await hall.send.recover()).toBe(0);
    letGo();
    await sending;
    expect((await hall.ledger()).map(({ state, attempts }) => `${state} ${attempts}`)).toEqual(
      Array<string>(8).fill('accepted 1'),
    );
  });

  it('that is not held any more lets no message begin', async () => {
    letGo();
    const mailer = hall.app.get(Mailer);
    const message = { to: 'a@example.org', subject: 'Late', text: 'Late' };
    expect(await mailer.send(message, () => false)).toEqual({ state: 'taken_back' });
    expect(smtp.received).toEqual([]);
    expect(await mailer.send(message, () => true)).toMatchObject({ state: 'accepted' });
    expect(smtp.received).toHaveLength(1);
  });

  it('ends a transaction too, with its locks, when its process falls silent in it', async () => {
    const db = hall.app.get(Database);
    let locked!: () => void;
    const has = new Promise<void>((resolve) => (locked = resolve));
    let goOn!: () => void;
    const silence = new Promise<void>((resolve) => (goOn = resolve));
    const frozen = db.tx(SYSTEM, async (em) => {
      await em.query(`SELECT pg_advisory_xact_lock(1)`);
      locked();
      await silence;
      await em.query(`SELECT 1`);
    });
    await has;
    await db.tx(SYSTEM, (em) => em.query(`SELECT pg_advisory_xact_lock(1)`));
    goOn();
    await expect(frozen).rejects.toThrow();
  });
});

/** One group leaves and one has passed the barrier behind it. */
const ON_THEIR_WAY = 40;
const PEOPLE = 60;

describe('a long batch', () => {
  let smtp: SmtpSink;
  let hall: OutreachHall;
  let arrived: Promise<void>;
  let letGo: () => void;

  beforeEach(async () => {
    smtp = await startSmtpSink();
    hall = await openOutreach({ SMTP_URL: smtp.url });
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    arrived = new Promise((resolve) => {
      smtp.before = () => {
        resolve();
        return gate;
      };
    });
  });
  afterEach(async () => {
    letGo();
    await hall.close();
    await smtp.close();
  });
  const count = async (state: string): Promise<number> =>
    (await hall.ledger()).filter((row) => row.state === state).length;

  const onTheirWay = async (): Promise<void> => {
    await arrived;
    await eventually('two groups', async () => (await count('attempting')) === ON_THEIR_WAY);
  };

  it('stops where it is when its sequence is held, and goes on when it is resumed', async () => {
    const { sequenceId } = await hall.invite({ people: PEOPLE });
    const sending = hall.send.send();
    await onTheirWay();
    await hall.app.get(SequencesService).hold(SYSTEM, sequenceId);
    letGo();
    await sending;
    expect([await count('accepted'), await count('due')]).toEqual([ON_THEIR_WAY, PEOPLE - ON_THEIR_WAY]);
    expect(smtp.received).toHaveLength(ON_THEIR_WAY);
    await hall.app.get(SequencesService).resume(SYSTEM, sequenceId);
    await hall.send.send();
    expect(new Set(smtp.received.map(({ to }) => to)).size).toBe(PEOPLE);
    expect(smtp.received).toHaveLength(PEOPLE);
  });

  it('does not write to who opted out while the messages before theirs were leaving', async () => {
    await hall.invite({ people: PEOPLE });
    const sending = hall.send.send();
    await onTheirWay();
    const [waiting] = (await hall.ledger()).filter(({ state }) => state === 'leased');
    await hall.app
      .get(Database)
      .tx(SYSTEM, (em) => hall.app.get(ConsentService).optOut(em, 'email', waiting!.email, 'member'));
    letGo();
    await sending;
    expect(smtp.received.map(({ to }) => to)).not.toContain(waiting!.email);
    expect((await hall.ledger()).filter(({ state }) => state !== 'accepted')).toMatchObject([
      { email: waiting!.email, state: 'suppressed', reason: 'opted_out' },
    ]);
  });

  it('gives what it has not attempted to another worker when its lease runs out, and nothing leaves twice', async () => {
    await hall.invite({ people: PEOPLE });
    const sending = hall.send.send();
    await onTheirWay();
    await hall.look(`UPDATE delivery SET lease_until = now() - interval '1 second' WHERE state = 'leased'`);
    expect(await hall.send.recover()).toBe(PEOPLE - ON_THEIR_WAY);
    const other = hall.send.send();
    letGo();
    await Promise.all([sending, other]);
    expect(await count('accepted')).toBe(PEOPLE);
    expect(new Set(smtp.received.map(({ to }) => to)).size).toBe(PEOPLE);
    expect(smtp.received).toHaveLength(PEOPLE);
  });

  it('writes once to an address that two members share, whichever workers take them', async () => {
    letGo();
    // More than one claim takes, so that those who share an address are in the hands of different workers.
    await hall.invite({ people: 700 });
    await hall.look(
      `UPDATE member SET email = 'home' || (substr(email, 2, 3)::int % 250) || '@example.org' WHERE email LIKE 'm%'`,
    );
    await Promise.all([hall.send.send(), hall.send.send(), hall.send.send(), hall.send.send()]);
    expect([await count('accepted'), await count('suppressed')]).toEqual([250, 450]);
    expect(new Set(smtp.received.map(({ to }) => to)).size).toBe(250);
    expect(smtp.received).toHaveLength(250);
  });
});

describe('a provider that takes so many a second', () => {
  const A_SECOND = 10;
  let smtp: SmtpSink;
  let hall: OutreachHall;
  const begun: number[] = [];

  beforeEach(async () => {
    smtp = await startSmtpSink();
    begun.length = 0;
    smtp.before = () => Promise.resolve(void begun.push(performance.now()));
    hall = await openOutreach({ SMTP_URL: smtp.url, MAIL_PER_SECOND: String(A_SECOND) });
  });
  afterEach(async () => {
    await hall.close();
    await smtp.close();
  });

  it('is given no more by two workers together, and those who wait say why', async () => {
    await hall.invite({ people: 60 });
    await Promise.all([hall.send.send(), hall.send.send()]);
    const waiting = (await hall.ledger()).filter(({ state }) => state === 'due');
    expect(waiting.length).toBeGreaterThan(0);
    expect(new Set(waiting.map(({ reason }) => reason))).toEqual(new Set(['rate_limit']));
    expect(begun.length).toBe(60 - waiting.length);
    // By the slots of the database: so many begin in any second, and those that lag behind by the machine's leave.
    const last = Math.max(...begun);
    expect((begun.length - 1) / ((last - Math.min(...begun)) / 1_000)).toBeLessThan(A_SECOND * 1.3);

    const [spread] = await hall.look<{ from: Date; until: Date; different: number }>(
      `SELECT min(due_at) AS "from", max(due_at) AS until, count(DISTINCT due_at)::int AS different FROM delivery WHERE state = 'due'`,
    );
    expect(spread!.different).toBe(waiting.length);
    expect(spread!.until.getTime() - spread!.from.getTime()).toBe(((waiting.length - 1) * 1_000) / A_SECOND);
  });

  it('is given everything in the end, each message once, also after hours in which nothing left', async () => {
    await hall.invite({ people: 100 });
    await hall.send.send();
    hall.clock.advance(DAY / 24);
    for (let turn = 0; turn < 10; turn += 1) {
      await hall.send.send();
      hall.clock.advance(5_000);
    }
    expect(new Set((await hall.ledger()).map(({ state }) => state))).toEqual(new Set(['accepted']));
    expect(new Set(smtp.received.map(({ to }) => to)).size).toBe(100);
    expect(smtp.received).toHaveLength(100);
  });
});
