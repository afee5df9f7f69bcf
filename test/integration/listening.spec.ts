import { listeningPersonalData, TestimonyCipher } from '@unionhall/gatherings';
import { anonymousActor, linkActor, type Actor } from '@unionhall/identity';
import { asOwner } from '../support/database';
import { refusalOf } from './gatherings-hall';
import { CONSENT, openRoom, SYSTEM, type Room } from './listening-room';

let room: Room;
beforeAll(async () => {
  room = await openRoom();
});
afterAll(() => room.t.close());

const textOf = async (id: string, as = room.ana): Promise<string | null | undefined> =>
  (await room.pages.forCoders(as, {}, { first: 50 })).nodes
    .find((one) => one.id === id)
    ?.texts.find(({ kind }) => kind === 'original')?.text;
const ledger = (operation: string): Promise<{ subject_ids: string[]; actor_id: string }[]> =>
  room.rows(`SELECT subject_ids, actor_id FROM access_ledger WHERE operation = $1 ORDER BY at, id`, [
    operation,
  ]);

describe('taking testimony', () => {
  it('keeps the words sealed, and gives them back to those who code and to the speaker', async () => {
    const [speaker] = await room.members(1, room.city);
    const words = 'Me cerraron la página sin decir nada. 🙁';
    const id = await room.say({ memberId: speaker!.memberId!, language: 'ES-mx', text: `  ${words} ` });
    const raw = await asOwner(room.t.url, async (client) => {
      await client.query(`SELECT set_config('unionhall.sees_all', 'on', false)`);
      return (
        await client.query<{ n: number }>(
          `SELECT count(*)::int AS n FROM testimony_text x WHERE x::text LIKE '%cerraron%' OR convert_from(x.sealed, 'LATIN1') LIKE '%cerraron%'`,
        )
      ).rows[0]!.n;
    });
    expect(raw).toBe(0);
    expect(await textOf(id)).toBe(words);
    const { nodes } = await room.pages.own(speaker!, {});
    expect(nodes).toHaveLength(1);
    expect(nodes[0]).toMatchObject({
      id,
      language: 'es-MX',
      state: 'standing',
      texts: [{ text: words, kind: 'original' }],
    });
  });

  it('is for listening sessions that have begun, in chapters where the actor records', async () => {
    const take = (as: Actor, over: object = {}): Promise<string> =>
      refusalOf(
        room.testimony.take(as, {
          gatheringId: room.session,
          language: 'en',
          text: 'Words.',
          consent: CONSENT,
          how: 'spoken',
          idempotencyKey: 'a key of this test',
          ...over,
        }),
      );
    expect(await take(await room.account('facilitator', room.otherCity))).toBe('AUTHZ.NOT_FOUND');
    expect(await take(await room.account('steward', room.city))).toBe('AUTHZ.FORBIDDEN');
    expect(await take(anonymousActor())).toBe('AUTHZ.UNAUTHENTICATED');
    expect(await take(room.ana, { gatheringId: await room.schedule() })).toBe('AUTHZ.NOT_FOUND');
    expect(await take(room.ana, { gatheringId: await room.sessionOf(room.city, -3) })).toBe(
      'GATHERING.NOT_STARTED',
    );
    const [training] = await room.rows<{ id: string }>(
      `INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone)
       VALUES ($1, 'training', 'Rights', now() - interval '1 day', now(), 'America/New_York') RETURNING id`,
      [room.city],
    );
    expect(await take(room.ana, { gatheringId: training!.id })).toBe('TESTIMONY.NOT_A_SESSION');
  });

  it('names the part that is wrong', async () => {
    const [member] = await room.members(1, room.city);
    const [far] = await room.members(1, room.chapterId);
    const wrong: [object, string][] = [
      [{ text: ' \n ' }, 'TESTIMONY.INVALID input.text'],
      [{ text: 'a\0b' }, 'TESTIMONY.INVALID input.text'],
      [{ text: 'x'.repeat(20_001) }, 'TESTIMONY.INVALID input.text'],
      [{ language: 'not a tag' }, 'TESTIMONY.LANGUAGE_UNKNOWN input.language'],
      [{ consent: { ...CONSENT, namedAs: 'full_name' } }, 'TESTIMONY.CONSENT_INVALID input.consent.namedAs'],
      [
        { consent: { ...CONSENT, namedAs: 'pseudonym' } },
        'TESTIMONY.CONSENT_INVALID input.consent.pseudonym',
      ],
      [{ consent: { ...CONSENT, pseudonym: 'Robin' } }, 'TESTIMONY.CONSENT_INVALID input.consent.pseudonym'],
      [
        { consent: { ...CONSENT, wordingVersion: '1999' } },
        'TESTIMONY.CONSENT_INVALID input.consent.wordingVersion',
      ],
      [{ memberId: far!.memberId }, 'MEMBER.NOT_FOUND input.memberId'],
      [{ memberId: member!.memberId, how: 'portal' }, 'TESTIMONY.CONSENT_INVALID input.how'],
    ];
    for (const [over, expected] of wrong) {
      const error = (await room.say(over).then(String, (one: unknown) => one)) as {
        code: string;
        field: string;
      };
      expect(`${error.code} ${error.field}`).toBe(expected);
    }
  });

  it('takes nothing twice, and keeps no words with the request', async () => {
    const again = { idempotencyKey: 'sent from a phone', text: 'Said once only.' };
    const [one, two] = await Promise.all([room.say(again), room.say(again)]);
    expect(two).toBe(one);
    expect(await refusalOf(room.say({ ...again, text: 'Said otherwise, and longer.' }))).toBe(
      'IDEMPOTENCY.KEY_REUSED',
    );
  });

  it('is read under the access ledger, the speaker reading their own is not', async () => {
    const [speaker, other] = await room.members(2, room.city);
    const gatheringId = await room.sessionOf(room.city);
    await room.say({ gatheringId, memberId: speaker!.memberId! });
    await room.say({ gatheringId, memberId: other!.memberId! });
    await room.say({ gatheringId });
    const before = (await ledger('testimonyPage')).length;
    const page = await room.pages.forCoders(room.ben, { gatheringId }, {});
    expect(page.nodes).toHaveLength(3);
    const entries = (await ledger('testimonyPage')).slice(before);
    expect(entries).toEqual([
      { actor_id: room.ben.userId, subject_ids: [speaker!.memberId, other!.memberId].sort() },
    ]);
    await room.pages.own(speaker!, {});
    expect(await ledger('myTestimony')).toEqual([]);
  });

  it('is paged by keyset, and only in reach', async () => {
    const gatheringId = await room.sessionOf(room.city);
    const said: string[] = [];
    for (let n = 0; n < 5; n++) said.unshift(await room.say({ gatheringId, text: `Number ${n}.` }));
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof room.pages.forCoders>> = await room.pages.forCoders(
        room.ana,
        { gatheringId },
        { first: 2, after },
      );
      seen.push(...page.nodes.map(({ id }) => id));
      after = page.next;
    } while (after !== null);
    expect(seen).toEqual(said);
    const far = await room.account('facilitator', room.otherCity);
    expect((await room.pages.forCoders(far, { gatheringId }, {})).nodes).toEqual([]);
    expect(await refusalOf(room.pages.forCoders(room.ana, {}, { first: 51 }))).toBe('TESTIMONY.INVALID');
  });
});

describe('the consent of a speaker', () => {
  it('is theirs to change, and each is kept with its words, its way and its time', async () => {
    const [speaker, other] = await room.members(2, room.city);
    const id = await room.say({ memberId: speaker!.memberId! });
    const consent = { ...CONSENT, quote: 'none', sharedWith: 'coders' } as const;
    await room.testimony.changeConsent(speaker!, { testimonyId: id, consent });
    expect(await refusalOf(room.testimony.changeConsent(other!, { testimonyId: id, consent }))).toBe(
      'TESTIMONY.NOT_FOUND',
    );
    expect(
      await refusalOf(
        room.testimony.changeConsent(linkActor(speaker!.memberId!, 'organizing'), {
          testimonyId: id,
          consent,
        }),
      ),
    ).toBe('TESTIMONY.NOT_FOUND');
    expect(await refusalOf(room.testimony.changeConsent(room.ana, { testimonyId: id, consent }))).toBe(
      'TESTIMONY.CONSENT_INVALID',
    );
    await room.testimony.changeConsent(room.ana, { testimonyId: id, consent: CONSENT, how: 'written' });
    expect(
      await room.rows(
        `SELECT quote, shared_with, how, wording_version FROM testimony_consent WHERE testimony_id = $1 ORDER BY at, id`,
        [id],
      ),
    ).toEqual([
      { quote: 'verbatim', shared_with: 'public', how: 'spoken', wording_version: CONSENT.wordingVersion },
      { quote: 'none', shared_with: 'coders', how: 'portal', wording_version: CONSENT.wordingVersion },
      { quote: 'verbatim', shared_with: 'public', how: 'written', wording_version: CONSENT.wordingVersion },
    ]);
  });

  it('ends when they withdraw: the words are gone, from the page and from the table', async () => {
    const [speaker] = await room.members(1, room.city);
    const id = await room.say({ memberId: speaker!.memberId! });
    await room.testimony.withdraw(speaker!, id);
    expect(await textOf(id)).toBeUndefined();
    expect(await room.rows(`SELECT 1 FROM testimony_text WHERE testimony_id = $1`, [id])).toEqual([]);
    expect((await room.pages.own(speaker!, {})).nodes).toMatchObject([{ id, state: 'withdrawn', texts: [] }]);
    expect(await refusalOf(room.testimony.withdraw(speaker!, id))).toBe('TESTIMONY.WITHDRAWN');
    expect(
      await refusalOf(room.testimony.changeConsent(speaker!, { testimonyId: id, consent: CONSENT })),
    ).toBe('TESTIMONY.WITHDRAWN');
  });
});

describe('other languages', () => {
  it('stand beside the original, each marked by whom; a second person reviews', async () => {
    const id = await room.say({ language: 'es', text: 'Nadie contestó.' });
    await room.translations.translate(room.ana, {
      testimonyId: id,
      language: 'en',
      text: 'Nobody answered.',
    });
    await room.translations.translate(room.ana, {
      testimonyId: id,
      language: 'ar',
      text: 'لم يجب أحد',
      machine: 'Apertium 3.9',
    });
    const texts = async (): Promise<
      Record<string, { id: string; text: string | null; machine: string | null; reviewedAt: string | null }>
    > =>
      Object.fromEntries(
        (await room.pages.forCoders(room.ana, {}, { first: 50 })).nodes
          .find((one) => one.id === id)!
          .texts.map((one) => [one.language, one]),
      );
    const before = await texts();
    expect(before).toMatchObject({
      es: { text: 'Nadie contestó.', kind: 'original' },
      en: { text: 'Nobody answered.', machine: null },
      ar: { machine: 'Apertium 3.9' },
    });
    const review = (as: Actor, language: string): Promise<unknown> =>
      room.translations.review(as, { testimonyId: id, textId: before[language]!.id });
    expect(await refusalOf(review(room.ana, 'en'))).toBe('TESTIMONY.OWN_TRANSLATION');
    await review(room.ana, 'ar');
    await review(room.ben, 'en');
    expect((await texts())['en']!.reviewedAt).not.toBeNull();
    await room.translations.translate(room.ben, {
      testimonyId: id,
      language: 'en',
      text: 'No one answered.',
    });
    expect(await texts()).toMatchObject({ en: { text: 'No one answered.', reviewedAt: null } });
    expect(await refusalOf(review(room.ana, 'en'))).toBe('TESTIMONY.TEXT_NOT_FOUND');
    expect(
      await refusalOf(room.translations.translate(room.ana, { testimonyId: id, language: 'es', text: 'x' })),
    ).toBe('TESTIMONY.INVALID');
  });
});

describe('a key per person', () => {
  const keysOf = (memberId: string): Promise<{ key_id: string }[]> =>
    room.rows(`SELECT DISTINCT key_id FROM testimony WHERE member_id = $1`, [memberId]);

  it('is one for all that a person said, and another for every other', async () => {
    const [one, two] = await room.members(2, room.city);
    await room.say({ memberId: one!.memberId! });
    await room.say({ memberId: one!.memberId! });
    await room.say({ memberId: two!.memberId! });
    const [a, b] = [await keysOf(one!.memberId!), await keysOf(two!.memberId!)];
    expect([a.length, b.length]).toEqual([1, 1]);
    expect(a).not.toEqual(b);
  });

  it('goes with the person: what was saved before can be read no more', async () => {
    const [speaker] = await room.members(1, room.city);
    const id = await room.say({ memberId: speaker!.memberId!, text: 'Before I left.' });
    const backup = await room.rows<{ sealed: Buffer; key_id: string }>(
      `SELECT x.sealed, t.key_id FROM testimony_text x JOIN testimony t ON t.id = x.testimony_id WHERE t.id = $1`,
      [id],
    );
    const exported = await room.t.db.tx(SYSTEM, (em) =>
      listeningPersonalData.export(em, speaker!.memberId!, room.config),
    );
    expect(exported).toMatchObject({
      testimonies: [{ texts: [{ text: 'Before I left.' }], consents: [{ quote: 'verbatim' }] }],
    });
    await room.t.db.tx(SYSTEM, (em) => listeningPersonalData.erase(em, speaker!.memberId!));
    expect(await room.rows(`SELECT 1 FROM testimony WHERE id = $1`, [id])).toEqual([]);
    expect(await room.rows(`SELECT 1 FROM vault.testimony_key WHERE id = $1`, [backup[0]!.key_id])).toEqual(
      [],
    );
    const place = { testimonyId: id, kind: 'original', language: 'en' };
    const cipher = new TestimonyCipher(room.config);
    const rest = await room.rows<{ id: string; wrapped: Buffer }>(
      `SELECT id, wrapped FROM vault.testimony_key`,
    );
    expect(rest.length).toBeGreaterThan(1);
    for (const one of rest)
      expect(cipher.open(cipher.unwrap(one.id, one.wrapped)!, place, backup[0]!.sealed)).toBeNull();
  });

  it('stays with what it sealed when two records are one person, and both are readable', async () => {
    const [keep, drop] = await room.members(2, room.city);
    await room.say({ memberId: keep!.memberId!, text: 'Under one name.' });
    await room.say({ memberId: drop!.memberId!, text: 'Under another.' });
    await room.t.db.tx(SYSTEM, (em) => listeningPersonalData.merge(em, keep!.memberId!, drop!.memberId!));
    const { nodes } = await room.pages.own(keep!, {});
    expect(nodes.map(({ texts }) => texts[0]!.text)).toEqual(['Under another.', 'Under one name.']);
    await room.t.db.tx(SYSTEM, (em) => listeningPersonalData.erase(em, keep!.memberId!));
    expect(await keysOf(keep!.memberId!)).toEqual([]);
  });

  it('is in no schema but its own, and out of the reach of who may not see the testimony', async () => {
    const id = await room.say({ consent: { ...CONSENT, quote: 'none' } });
    const [{ key_id }] = (await room.rows<{ key_id: string }>(`SELECT key_id FROM testimony WHERE id = $1`, [
      id,
    ])) as [{ key_id: string }];
    const seen = async (as: Actor): Promise<number> =>
      (
        await room.t.db.read(as, {
          text: `SELECT 1 FROM vault.testimony_key WHERE id = $1`,
          values: [key_id],
        })
      ).rows.length;
    expect([
      await seen(room.ana),
      await seen(await room.account('organizer', room.otherCity)),
      await seen(anonymousActor()),
    ]).toEqual([1, 0, 0]);
    const forced = await asOwner(
      room.t.url,
      async (client) =>
        (
          await client.query(
            `SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = 'vault.testimony_key'::regclass`,
          )
        ).rows,
    );
    expect(forced).toEqual([{ relrowsecurity: true, relforcerowsecurity: true }]);
  });

  it('leaves the page standing when it is missing: the words are not there, and nothing breaks', async () => {
    const id = await room.say();
    await room.rows(
      `DELETE FROM vault.testimony_key WHERE id = (SELECT key_id FROM testimony WHERE id = $1)`,
      [id],
    );
    expect(await textOf(id)).toBeNull();
    expect(
      await refusalOf(room.translations.translate(room.ana, { testimonyId: id, language: 'es', text: 'x' })),
    ).toBe('TESTIMONY.UNREADABLE');
  });
});
