import { Addresses } from '@unionhall/consent';
import { PublicRequestsService, UnsubscribeLinks } from '@unionhall/outreach';
import { asOwner } from '../support/database';
import { eventually } from '../support/eventually';
import { openUnion, type TestUnion } from '../support/union';

const HOSTILE = `<script>alert("1")</script>`;
const DAY = 86_400_000;

interface Seen {
  readonly status: number;
  readonly body: string;
  readonly headers: Headers;
}

describe('the public pages', () => {
  let union: TestUnion;
  let chapterId: string;
  let ip = 0;
  const ids = new Map<string, string>();

  const look = <T = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<T[]> =>
    asOwner(union.databaseUrl, async (client) => {
      await client.query(
        `SELECT set_config('unionhall.sees_all', 'on', false), set_config('unionhall.kind', 'system', false)`,
      );
      return (await client.query(sql, values)).rows as T[];
    });
  const seen = async (response: Response): Promise<Seen> => ({
    status: response.status,
    body: await response.text(),
    headers: response.headers,
  });
  const get = async (path: string, language = 'en'): Promise<Seen> =>
    seen(await fetch(new URL(path, union.address), { headers: { 'accept-language': language } }));
  /** Each form comes from an address of its own unless a test says otherwise. */
  const post = async (path: string, fields: Record<string, string>, from?: string): Promise<Seen> => {
    ip += 1;
    return seen(
      await fetch(new URL(path, union.address), {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { 'x-forwarded-for': from ?? `198.51.100.${ip}` },
      }),
    );
  };
  const letters = (to: string) =>
    union.smtp.received.filter((letter) => letter.to.toLowerCase().includes(to.toLowerCase()));
  /** The path of the newest link that confirms, once there are so many mails to an address. */
  const link = async (to: string, count = 1): Promise<string> => {
    const all = await eventually(`mail ${count} to ${to}`, () =>
      Promise.resolve(letters(to).length >= count ? letters(to) : undefined),
    );
    return /\/confirm\/[\w-]{43}/.exec(all.at(-1)!.mail.text!)![0];
  };
  const pledges = (email: string): Promise<{ status: string; source: string }[]> =>
    look(
      `SELECT k.status, k.source FROM commitment k JOIN member m ON m.id = k.member_id WHERE m.email_key = $1`,
      [email],
    );

  beforeAll(async () => {
    union = await openUnion();
    const [chapter] = await look<{ id: string }>(
      `INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ('Oakland', 'city', 'oakland', 'America/Los_Angeles', 'en') RETURNING id`,
    );
    chapterId = chapter!.id;
    await look(
      `INSERT INTO member (chapter_id, given_name, email, email_key, status) VALUES ($1, 'Ada', 'ada@example.org', 'ada@example.org', 'member')`,
      [chapterId],
    );
    for (const [slug, title, starts, ends, state, kinds] of [
      ['log-off', HOSTILE, '-1 day', '10 days', 'open', '{log_off}'],
      ['two-ways', 'Two ways', '-1 day', null, 'open', '{log_off,pause_ads}'],
      ['early', 'Early', '2 days', '3 days', 'open', '{log_off}'],
      ['ended', 'Ended', '-3 days', '-1 day', 'open', '{log_off}'],
      ['draft', 'Draft', '-1 day', null, 'draft', '{log_off}'],
    ]) {
      const [row] = await look<{ id: string }>(
        `INSERT INTO campaign (chapter_id, slug, title, target, starts_at, ends_at, time_zone, state, pledge_kinds)
         VALUES ($1, $2, $3, 'Example Corp', now() + $4::interval, now() + $5::interval, 'UTC', $6, $7::text[]) RETURNING id`,
        [chapterId, slug, title, starts, ends, state, kinds],
      );
      ids.set(slug!, row!.id);
    }
    await look(`INSERT INTO demand (campaign_id, ordinal, wording) VALUES ($1, 1, 'Open the books <now>')`, [
      ids.get('log-off'),
    ]);
  });
  afterAll(() => union.close());

  describe('of a campaign', () => {
    it('say what it asks, and escape what people wrote', async () => {
      const page = await get('/c/log-off');
      expect(page.status).toBe(200);
      expect(page.body).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;</h1>');
      expect(page.body).toContain('Open the books &lt;now&gt;');
      expect(page.body).toContain('Fewer than 11');
      expect(page.body).not.toMatch(/<script|@import|url\(|checked/);
      expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
      expect(page.headers.get('x-robots-tag')).toBeNull();
    });

    it('stand in Spanish for whoever chooses it or asks for it', async () => {
      for (const page of [await get('/c/log-off', 'es'), await get('/c/log-off?lang=es')])
        expect(page.body).toMatch(/<html lang="es">[^]*Menos de 11[^]*Me comprometo/);
      expect((await get('/c/log-off?lang=es')).body).toContain('href="/c/log-off?lang=en"');
    });

    it('take no pledge before the campaign begins, after it ended, or of a draft', async () => {
      for (const [slug, words] of [
        ['early', 'Pledging has not begun'],
        ['ended', 'This campaign has ended'],
      ] as const) {
        const pledged = await post(`/c/${slug}`, { name: 'Bo', email: 'bo@example.org' });
        expect(pledged.body).toContain(words);
        expect(pledged.body).not.toContain('<form');
      }
      expect((await get('/c/draft')).status).toBe(404);
      expect((await get('/c/nowhere')).status).toBe(404);
      expect(await look(`SELECT FROM public_request WHERE email_key = 'bo@example.org'`)).toEqual([]);
    });

    it('name each field that is wrong, and keep what was written', async () => {
      const page = await post('/c/two-ways', { name: '', email: HOSTILE, 'consent-campaigns': 'yes' });
      expect(page.status).toBe(422);
      expect(page.body).toMatch(/<title>\s*Error: Two ways/);
      for (const href of ['#kind', '#name', '#email']) expect(page.body).toContain(`href="${href}"`);
      expect(page.body).toContain('value="&lt;script&gt;');
      expect(page.body).toContain('value="yes" checked');
    });

    it('answer alike, but for the address, whether or not it is known', async () => {
      const [known, stranger] = [
        await post('/c/log-off', { name: 'Ada', email: 'ada@example.org' }),
        await post('/c/log-off', { name: 'Ada', email: 'eve@example.org' }),
      ];
      expect(known.status).toBe(200);
      expect(known.body.replaceAll('ada@', 'eve@')).toBe(stranger.body);
      const texts = await Promise.all(
        ['ada@example.org', 'eve@example.org'].map(async (to) => {
          const path = await link(to);
          return letters(to)[0]!.mail.text!.replace(path, '');
        }),
      );
      expect(texts[0]).toBe(texts[1]);
    });

    it('count a pledge once its address has confirmed it, and not when a scanner opens the link', async () => {
      await post('/c/log-off', { name: HOSTILE, email: 'New@Example.org', 'consent-campaigns': 'yes' });
      const path = await link('New@Example.org');
      for (let times = 0; times < 3; times += 1)
        expect((await get(path)).body).toContain('Confirm my pledge');
      expect(await look(`SELECT FROM member WHERE email_key = 'new@example.org'`)).toEqual([]);

      expect((await post(path, {})).body).toContain('Your pledge counts.');
      expect(await pledges('new@example.org')).toEqual([{ status: 'pledged', source: 'link' }]);
      expect(
        await look(
          `SELECT m.given_name, m.status, c.purpose, c.channel, c.state, c.wording FROM member m JOIN consent c ON c.member_id = m.id
            WHERE m.email_key = 'new@example.org'`,
        ),
      ).toEqual([
        {
          given_name: HOSTILE,
          status: 'prospect',
          purpose: 'campaigns',
          channel: 'email',
          state: 'granted',
          wording: 'Write to me by email about this campaign and others.',
        },
      ]);
      expect(
        await look(`SELECT name, email, email_key FROM public_request WHERE member_id IS NOT NULL`),
      ).toEqual([{ name: null, email: null, email_key: null }]);
    });

    it('change nothing when a link is confirmed again, even after the pledge was taken back', async () => {
      const path = await link('New@Example.org');
      expect((await post(path, {})).body).toContain('It still counts, once.');
      await look(`UPDATE commitment SET status = 'withdrawn', ended_at = now()`);
      await post(path, {});
      expect(await pledges('new@example.org')).toEqual([{ status: 'withdrawn', source: 'link' }]);
      expect((await get(path)).body).not.toContain('<form');
    });

    it('leave alone what was taken back, when a confirmation that was cut off goes on', async () => {
      await look(`UPDATE public_request SET done_at = NULL WHERE done_at IS NOT NULL`);
      await look(
        `UPDATE consent SET state = 'withdrawn' WHERE member_id = (SELECT id FROM member WHERE email_key = 'new@example.org')`,
      );
      await post(await link('New@Example.org'), {});
      expect(
        await look(
          `SELECT c.state FROM consent c JOIN member m ON m.id = c.member_id WHERE m.email_key = 'new@example.org'`,
        ),
      ).toEqual([{ state: 'withdrawn' }]);
    });

    it('pledge as the member whose address it is, and ask for no consent that was not ticked', async () => {
      await post(await link('ada@example.org'), {});
      expect(await pledges('ada@example.org')).toEqual([{ status: 'pledged', source: 'link' }]);
      expect(await look(`SELECT given_name FROM member WHERE email_key = 'ada@example.org'`)).toEqual([
        { given_name: 'Ada' },
      ]);
      expect(
        await look(
          `SELECT FROM consent c JOIN member m ON m.id = c.member_id WHERE m.email_key = 'ada@example.org'`,
        ),
      ).toEqual([]);
    });

    it('tell who has pledged before, by mail alone', async () => {
      await post('/c/log-off', { name: 'Ada', email: 'ada@example.org' });
      expect((await post(await link('ada@example.org', 2), {})).body).toContain(
        'You have pledged this before.',
      );
      expect(await pledges('ada@example.org')).toHaveLength(1);
    });

    it('write to one address a few times an hour, and take a few dozen forms from one network address', async () => {
      const fields = { name: 'Max', email: 'max@example.org' };
      for (let times = 0; times < 5; times += 1) expect((await post('/c/log-off', fields)).status).toBe(200);
      expect((await post('/c/log-off', fields)).status).toBe(429);
      expect((await post('/c/log-off?lang=es', fields)).body).toContain('Demasiados intentos');
      const from = '203.0.113.9';
      for (let n = 0; n < 30; n += 1)
        expect((await post('/c/log-off', { name: 'N', email: `n${n}@example.org` }, from)).status).toBe(200);
      expect((await post('/c/log-off', { name: 'N', email: 'n31@example.org' }, from)).status).toBe(429);
    });

    it('send nothing more to an address that complained of our mail, and say nothing of it', async () => {
      await look(`INSERT INTO opt_out (channel, address_hash, reason) VALUES ('email', $1, 'complaint')`, [
        union.api.get(Addresses).hash('email', 'angry@example.org'),
      ]);
      const page = await post('/c/log-off', { name: 'An', email: 'angry@example.org' });
      expect(page.body).toContain('Check your email');
      await post('/c/log-off', { name: 'An', email: 'after@example.org' });
      await link('after@example.org');
      expect(letters('angry@example.org')).toEqual([]);
    });
  });

  describe('of preferences', () => {
    const open = (memberId: string): string =>
      new URL(union.api.get(UnsubscribeLinks).preferences(memberId)).pathname;
    const states = (memberId: string): Promise<{ purpose: string; channel: string; state: string }[]> =>
      look(`SELECT purpose, channel, state FROM consent WHERE member_id = $1 ORDER BY purpose, channel`, [
        memberId,
      ]);
    let memberId: string;

    beforeAll(async () => {
      const [row] = await look<{ id: string }>(
        `INSERT INTO member (chapter_id, given_name, phone, phone_key) VALUES ($1, 'Tex', '+1 555 0100', '+15550100') RETURNING id`,
        [chapterId],
      );
      memberId = row!.id;
      for (const table of ['consent', 'consent_event'])
        await look(
          `INSERT INTO ${table} (member_id, chapter_id, purpose, channel, state, wording, source ${table === 'consent' ? '' : ', recorded_by'})
           SELECT $1, $2, 'events', channel, 'granted', 'Tell me by ' || channel || '.', 'form' ${table === 'consent' ? '' : `, 'system'`}
           FROM unnest(ARRAY['sms', 'phone']) channel`,
          [memberId, chapterId],
        );
    });

    it('list every channel that is allowed, and open without changing anything', async () => {
      const page = await get(open(memberId));
      expect(page.body).toContain('Tell me by sms.');
      expect(page.body).toContain('Tell me by phone.');
      expect(page.body).not.toContain('You get no messages from us.');
      expect((await get(open(memberId), 'es')).body).toContain('name="stop" value="events.sms"');
      expect((await states(memberId)).map(({ state }) => state)).toEqual(['granted', 'granted']);
    });

    it('stop one channel alone, give it back, and then stop everything', async () => {
      const stopped = await post(open(memberId), { stop: 'events.sms' });
      expect(stopped.body).toContain('You will get no more text messages about events.');
      expect(await states(memberId)).toEqual([
        { purpose: 'events', channel: 'phone', state: 'granted' },
        { purpose: 'events', channel: 'sms', state: 'withdrawn' },
      ]);
      const undone = await post(open(memberId), { undo: 'events.sms' });
      expect(undone.body).toContain('We may send you text messages again about events.');
      expect((await states(memberId)).map(({ state }) => state)).toEqual(['granted', 'granted']);
      const all = await post(`${open(memberId)}?lang=es`, { stop: 'everything' });
      expect(all.body).toContain('No recibirá más mensajes nuestros.');
      expect((await states(memberId)).map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn']);
    });

    it('refuse a channel or a purpose that is not known, and change nothing', async () => {
      const before = await states(memberId);
      for (const stop of ['events.fax', 'gossip.email', '.', ''])
        expect((await post(open(memberId), { stop })).status).toBe(400);
      expect(await states(memberId)).toEqual(before);
    });
  });

  it('forget what nobody confirmed after seven days', async () => {
    await post('/c/two-ways', { name: 'Li', email: 'late@example.org', kind: 'pause_ads' });
    const path = await link('late@example.org');
    union.clock.advance(7 * DAY + 60_000);
    const page = await get(path, 'es');
    expect([page.status, page.body]).toEqual([404, expect.stringContaining('Este enlace ha caducado.')]);
    expect((await post(path, {})).status).toBe(404);
    await union.worker.get(PublicRequestsService).sweep();
    expect(await look(`SELECT FROM public_request`)).toEqual([]);
    expect(await look(`SELECT FROM member WHERE email_key = 'late@example.org'`)).toEqual([]);
    expect(union.api.get(UnsubscribeLinks).preferences(chapterId)).toContain('/preferences/');
  });
});
