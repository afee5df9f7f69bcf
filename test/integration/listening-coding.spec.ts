import { Actor, anonymousActor } from '@unionhall/identity';
import { refusalOf } from './gatherings-hall';
import { CONSENT, openRoom, type Room } from './listening-room';

let room: Room;
beforeAll(async () => {
  room = await openRoom();
});
afterEach(() => {
  room.t.clock.offsetMs = 0;
});
afterAll(() => room.t.close());

const code = (as: Actor, testimonyId: string, themeIds: string[], submit = true): Promise<unknown> =>
  room.coding.save(as, { testimonyId, themeIds, submit });
const themesOf = async (id: string): Promise<string[]> =>
  (
    await room.rows<{ theme_id: string }>(
      `SELECT theme_id FROM testimony_theme WHERE testimony_id = $1 ORDER BY theme_id`,
      [id],
    )
  ).map(({ theme_id }) => theme_id);
const page = async (as: Actor, id: string): Promise<{ mine: boolean; themes: string[] }[]> =>
  (await room.pages.forCoders(as, {}, { first: 50 })).nodes
    .find((one) => one.id === id)!
    .codings.map(({ mine, themes }) => ({ mine, themes: themes.map(({ name }) => name) }));
/** How many persons spoke of a theme, as someone sees it. */
const persons = async (
  themeId: string,
  as = room.ana,
  chapterId = room.region,
): Promise<number | null | undefined> =>
  (await room.counts.of(as, chapterId)).find((one) => one.themeId === themeId)?.persons;

describe('coding', () => {
  it('is done by two who do not see each other, not even an admin, before both have submitted', async () => {
    const [a, b] = [await room.theme('Privacy'), await room.theme('Bans')];
    const id = await room.say();
    const admin = await room.account('admin', room.region, room.city);
    await code(room.ana, id, [a], false);
    expect(await page(room.ana, id)).toEqual([{ mine: true, themes: ['Privacy'] }]);
    expect([await page(room.ben, id), await page(admin, id)]).toEqual([[], []]);
    const everywhere = new Actor({
      kind: 'user',
      userId: admin.userId!,
      purpose: 'organizing',
      authzVersion: 1,
      grants: [{ id: admin.userId!, role: 'admin', chapters: 'all', purposes: [] }],
    });
    expect(await page(everywhere, id)).toEqual([]);
    await code(room.ana, id, [a, b]);
    expect([await page(room.ben, id), await page(admin, id)]).toEqual([[], []]);
    await code(room.ben, id, [b]);
    expect(await page(admin, id)).toEqual([
      { mine: false, themes: ['Bans', 'Privacy'] },
      { mine: false, themes: ['Bans'] },
    ]);
  });

  it('settles what both found at once, and the rest when two say so together or a third decides', async () => {
    const [a, b, c] = [await room.theme('A1'), await room.theme('B1'), await room.theme('C1')];
    const [one, two] = [await room.say(), await room.say()];
    for (const id of [one, two]) {
      await code(room.ana, id, [a, b]);
      await code(room.ben, id, [a, c]);
      expect(await themesOf(id)).toEqual([a]);
    }
    const settle = (
      as: Actor,
      testimonyId: string,
      themeIds: string[],
      how: 'together' | 'third',
    ): Promise<unknown> => room.coding.settle(as, { testimonyId, themeIds, how });
    expect(await refusalOf(settle(room.cleo, one, [a], 'together'))).toBe('CODING.SETTLER');
    expect(await refusalOf(settle(room.ana, one, [a], 'third'))).toBe('CODING.SETTLER');
    expect(await refusalOf(settle(room.cleo, one, [b], 'third'))).toBe('CODING.AGREED');
    await settle(room.cleo, one, [a, c], 'third');
    await settle(room.ben, two, [a], 'together');
    expect([await themesOf(one), await themesOf(two)]).toEqual([[a, c].sort(), [a]]);
    expect(await refusalOf(settle(room.cleo, one, [a], 'third'))).toBe('CODING.SETTLED');
    const work = async (kind: 'disputed' | 'settled'): Promise<boolean[]> => {
      const { nodes } = await room.pages.forCoders(room.cleo, { work: kind }, { first: 50 });
      return [one, two].map((id) => nodes.some((node) => node.id === id));
    };
    expect([await work('disputed'), await work('settled')]).toEqual([
      [false, false],
      [true, true],
    ]);
  });

  it('is each one once: two are enough, submitted is submitted, and nobody codes their own', async () => {
    const a = await room.theme('A2');
    const [speaker] = await room.members(1, room.city);
    const own = (await room.account('facilitator', room.city)) as Actor & { memberId: string };
    const id = await room.say({ memberId: speaker!.memberId! });
    const speaking = Object.assign(Object.create(own) as Actor, { memberId: speaker!.memberId });
    expect(await refusalOf(code(speaking, id, [a]))).toBe('CODING.OWN');
    expect(
      await refusalOf(room.coding.settle(room.cleo, { testimonyId: id, themeIds: [a], how: 'third' })),
    ).toBe('CODING.OPEN');
    await code(room.ana, id, [a]);
    expect(await refusalOf(code(room.ana, id, []))).toBe('CODING.SUBMITTED');
    await code(room.ben, id, [a]);
    expect(await refusalOf(code(room.cleo, id, [a]))).toBe('CODING.DONE');
    const mine = await room.pages.forCoders(room.cleo, { work: 'mine' }, { first: 50 });
    expect(mine.nodes.map((one) => one.id)).not.toContain(id);
  });

  it('has two submissions when three come at once', async () => {
    const a = await room.theme('A3');
    const id = await room.say();
    const results = await Promise.all(
      [room.ana, room.ben, room.cleo].map((as) => refusalOf(code(as, id, [a]))),
    );
    expect(results.filter((one) => one === 'nothing was refused')).toHaveLength(2);
    expect(results.filter((one) => one === 'CODING.DONE')).toHaveLength(1);
    expect(await themesOf(id)).toEqual([a]);
  });

  it('uses the themes of its chapter and those above, which are in use', async () => {
    const [here, above, beside] = [
      await room.theme('Here', room.city),
      await room.theme('Above'),
      await room.theme('Beside', room.otherCity),
    ];
    const id = await room.say();
    const refused = async (themeIds: string[]): Promise<unknown> =>
      code(room.ana, id, themeIds, false).then(
        () => null,
        ({ code: is, field }: { code: string; field: string }) => `${is} ${field}`,
      );
    expect(await refused([here, above])).toBeNull();
    expect(await refused([here, beside])).toBe('THEME.NOT_FOUND input.themeIds.1');
    await room.themes.merge(room.ana, { themeId: here, intoId: above });
    expect(await refused([here])).toBe('THEME.NOT_FOUND input.themeIds.0');
    const far = await room.account('facilitator', room.otherCity);
    expect(await refusalOf(code(far, id, [above]))).toBe('TESTIMONY.NOT_FOUND');
  });
});

describe('agreement', () => {
  it("is Cohen's kappa over what two have coded, theme by theme and together", async () => {
    const gatheringId = await room.sessionOf(room.city);
    const [a, b] = [await room.theme('Hate'), await room.theme('Silence')];
    const found: [string[], string[]][] = [
      [[a], [a]],
      [[a], [a]],
      [[a], []],
      [[], []],
      [[b], [b]],
    ];
    for (const [first, second] of found) {
      const id = await room.say({ gatheringId });
      await code(room.ana, id, first);
      await code(room.ben, id, second);
    }
    await code(room.ana, await room.say({ gatheringId }), [a]);
    const measured = await room.agreement.measure(room.cleo, { gatheringId });
    expect(measured.testimonies).toBe(5);
    const [hate, silence] = measured.themes;
    expect(hate).toMatchObject({ name: 'Hate', both: 2, neither: 2 });
    expect(hate!.first + hate!.second).toBe(1);
    expect(hate!.kappa).toBeCloseTo((0.8 - 0.48) / 0.52, 12);
    expect(silence).toMatchObject({ name: 'Silence', both: 1, neither: 4, kappa: 1, share: 1 });
    expect(measured.pooled).toMatchObject({ both: 3, neither: 6, share: 0.9 });
    expect(await room.agreement.measure(room.cleo, { chapterId: room.otherCity })).toMatchObject({
      testimonies: 0,
      pooled: { kappa: null, share: null },
      themes: [],
    });
    const far = await room.account('facilitator', room.otherCity);
    expect(await refusalOf(room.agreement.measure(far, { gatheringId }))).toBe('GATHERING.NOT_FOUND');
    expect(await refusalOf(room.agreement.measure(far, { chapterId: room.city }))).toBe('AUTHZ.NOT_FOUND');
  });
});

describe('themes', () => {
  it('merge without a code being lost or counted twice, and keep their history', async () => {
    const [a, b] = [await room.theme('Shadow bans', room.city), await room.theme('Bans by machine')];
    for (const themes of [[a], [b], [a, b]]) await room.settle(await room.say(), ...themes);
    expect([await persons(a), await persons(b)]).toEqual([2, 2]);
    expect(await refusalOf(room.themes.merge(room.ana, { themeId: b, intoId: a }))).toBe('THEME.NOT_WIDER');
    await room.themes.merge(room.ana, { themeId: a, intoId: b });
    expect([await persons(a), await persons(b)]).toEqual([undefined, 3]);
    const c = await room.theme('Any ban');
    await room.themes.merge(room.ana, { themeId: b, intoId: c });
    expect(await persons(c)).toBe(3);
    expect(
      await room.rows(`SELECT kind, name, other_theme_id FROM theme_change WHERE theme_id = $1 ORDER BY at`, [
        b,
      ]),
    ).toEqual([
      { kind: 'created', name: 'Bans by machine', other_theme_id: null },
      { kind: 'merged_from', name: 'Bans by machine', other_theme_id: a },
      { kind: 'merged_into', name: 'Bans by machine', other_theme_id: c },
    ]);
    expect(await refusalOf(room.themes.merge(room.ana, { themeId: a, intoId: c }))).toBe('THEME.NOT_FOUND');
  });

  it('split into new ones, every testimony of it in a part', async () => {
    const wide = await room.theme('Harm');
    const said = [await room.say(), await room.say(), await room.say()];
    for (const id of said) await room.settle(id, wide);
    await room.testimony.withdraw(room.ana, said[2]!);
    const other = await room.say();
    const split = (first: string[], second: string[]): Promise<readonly { id: string }[]> =>
      room.splits.split(room.ana, {
        themeId: wide,
        parts: [
          { name: 'Harm', testimonyIds: first },
          { name: 'Harm to children', testimonyIds: second },
        ],
      });
    expect(await refusalOf(split([said[0]!], []))).toBe('THEME.SPLIT_INCOMPLETE');
    expect(await refusalOf(split([said[0]!, other], [said[1]!]))).toBe('THEME.SPLIT_FOREIGN');
    const [first, second] = await split([said[0]!, said[1]!], [said[1]!]);
    expect([await persons(wide), await persons(first!.id), await persons(second!.id)]).toEqual([
      undefined,
      2,
      1,
    ]);
    expect(
      await room.rows(`SELECT kind, other_theme_id FROM theme_change WHERE theme_id = $1 ORDER BY at`, [
        second!.id,
      ]),
    ).toEqual([{ kind: 'split_from', other_theme_id: wide }]);
  });

  it('that were split between two codings are decided by a person', async () => {
    const wide = await room.theme('Wide');
    const [id, settled] = [await room.say(), await room.say()];
    await room.settle(settled, wide);
    await code(room.ana, id, [wide]);
    const [part] = await room.splits.split(room.cleo, {
      themeId: wide,
      parts: [
        { name: 'Narrow', testimonyIds: [settled] },
        { name: 'Narrower', testimonyIds: [] },
      ],
    });
    await code(room.ben, id, [part!.id]);
    expect(await themesOf(id)).toEqual([]);
    await room.coding.settle(room.cleo, { testimonyId: id, themeIds: [part!.id], how: 'third' });
    expect(await persons(part!.id)).toBe(2);
  });

  it('have names of their own in a chapter, and are changed by those who code there', async () => {
    const a = await room.theme('Named');
    expect(await refusalOf(room.theme('named'))).toBe('THEME.NAME_TAKEN');
    const local = await room.account('facilitator', room.city);
    expect(await refusalOf(room.themes.update(local, { themeId: a, name: 'Mine' }))).toBe('THEME.NOT_FOUND');
    expect(await refusalOf(room.themes.create(local, { chapterId: room.region, name: 'Mine' }))).toBe(
      'AUTHZ.NOT_FOUND',
    );
    expect(await refusalOf(room.themes.create(room.ana, { chapterId: room.region, name: ' ' }))).toBe(
      'THEME.INVALID',
    );
    await room.themes.update(room.ana, { themeId: a, name: 'Renamed', description: 'More.' });
    expect(
      await room.rows(`SELECT kind, name FROM theme_change WHERE theme_id = $1 ORDER BY at`, [a]),
    ).toEqual([
      { kind: 'created', name: 'Named' },
      { kind: 'renamed', name: 'Renamed' },
    ]);
  });
});

describe('counts', () => {
  it('are of persons, by chapter, language and month, of testimony that stands', async () => {
    const theme = await room.theme('Counted');
    const [twice] = await room.members(1, room.city);
    const spoken: [string, string, number][] = [
      [room.city, 'en', 10],
      [room.city, 'en', 20],
      [room.otherCity, 'es', 120],
      [room.otherCity, 'es', 400],
    ];
    const ids: string[] = [];
    for (const [index, [chapterId, language, days]] of spoken.entries()) {
      const memberId = index < 2 ? twice!.memberId! : null;
      ids.push(await room.say({ gatheringId: await room.sessionOf(chapterId, days), language, memberId }));
      await room.settle(ids.at(-1)!, theme);
    }
    const count = (await room.counts.of(room.ana, room.region)).find((one) => one.themeId === theme)!;
    expect(count).toMatchObject({ persons: 3, suppressed: false, recent: 1, before: 1, trend: 'steady' });
    expect(Object.fromEntries(count.byChapter.map((one) => [one.name, one.persons]))).toEqual({
      [room.city]: 1,
      [room.otherCity]: 2,
    });
    expect(Object.fromEntries(count.byLanguage.map((one) => [one.name, one.persons]))).toEqual({
      en: 1,
      es: 2,
    });
    expect(count.byMonth.reduce((sum, one) => sum + one.persons!, 0)).toBeGreaterThanOrEqual(3);
    await room.testimony.withdraw(room.ana, ids[2]!);
    expect(await persons(theme)).toBe(2);
    const after = (await room.counts.of(room.ana, room.region)).find((one) => one.themeId === theme)!;
    expect(after).toMatchObject({ recent: 1, before: 0, trend: 'rising' });
  });

  it('are hidden below eleven from who does not code, and nobody out of reach gets any', async () => {
    const theme = await room.theme('Small');
    const steward = await room.account('steward', room.region, room.city, room.otherCity);
    for (let n = 0; n < 10; n++) await room.settle(await room.say({ language: n < 5 ? 'en' : 'es' }), theme);
    expect(await persons(theme)).toBe(10);
    const small = (await room.counts.of(steward, room.region)).find((one) => one.themeId === theme)!;
    expect(small).toMatchObject({ persons: null, suppressed: true, trend: null, recent: null });
    expect(
      [...small.byChapter, ...small.byLanguage, ...small.byMonth].every((one) => one.persons === null),
    ).toBe(true);
    await room.settle(await room.say({ language: 'es' }), theme);
    const enough = (await room.counts.of(steward, room.region)).find((one) => one.themeId === theme)!;
    expect(enough).toMatchObject({ persons: 11, suppressed: false });
    expect(enough.byLanguage.every((one) => one.suppressed)).toBe(true);
    expect(await refusalOf(room.counts.of(steward, room.chapterId))).toBe('AUTHZ.NOT_FOUND');
    const [member] = await room.members(1, room.city);
    expect(await refusalOf(room.counts.of(member!, room.city))).toBe('AUTHZ.FORBIDDEN');
  });

  it('of a session are told to whoever came to it, small ones hidden', async () => {
    const [came, stayed] = await room.members(2, room.city);
    const gatheringId = await room.sessionOf(room.city);
    const theme = await room.theme('Heard there');
    await room.settle(await room.say({ gatheringId }), theme);
    await room.rows(
      `INSERT INTO attendance (gathering_id, member_id, chapter_id, status, source) VALUES ($1, $2, $3, 'attended', 'door')`,
      [gatheringId, came!.memberId!, room.city],
    );
    const told = [{ themeId: theme, name: 'Heard there', persons: null, suppressed: true }];
    expect(await room.counts.heard(came!, gatheringId)).toEqual(told);
    expect(await room.counts.heard(room.ana, gatheringId)).toEqual(told);
    for (const as of [stayed!, anonymousActor(), await room.account('organizer', room.otherCity)])
      expect(await refusalOf(room.counts.heard(as, gatheringId))).toBe('GATHERING.NOT_FOUND');
  });
});

describe('a demand', () => {
  const demand = async (): Promise<{ id: string; link: (themeId: string) => Promise<string> }> => {
    const [campaign] = await room.rows<{ id: string }>(
      `INSERT INTO campaign (chapter_id, slug, title, target, starts_at, time_zone)
       VALUES ($1, 'c' || replace(gen_random_uuid()::text, '-', ''), 'Hear us', 'Meta', now(), 'America/New_York') RETURNING id`,
      [room.region],
    );
    const [made] = await room.rows<{ id: string }>(
      `INSERT INTO demand (campaign_id, ordinal, wording) VALUES ($1, 1, 'Answer appeals.') RETURNING id`,
      [campaign!.id],
    );
    return { id: made!.id, link: (themeId) => room.heard.link(room.cleo, { demandId: made!.id, themeId }) };
  };
  const quotes = async (demandId: string, as: Actor, versionNumber?: number): Promise<unknown[]> =>
    (await room.heard.quotesOf(as, { demandId, versionNumber: versionNumber ?? null }, {})).quotes.map(
      ({ text, name, verbatim }) => [text, name, verbatim],
    );

  it('reads back to what was said, as far as each speaker allows it and each reader may see', async () => {
    const theme = await room.theme('Appeals');
    const { id, link } = await demand();
    await link(theme);
    const [member] = await room.members(1, room.city);
    const spoken: [string, object, boolean][] = [
      ['Nothing.', { quote: 'none' }, true],
      ['Everybody may hear this.', { namedAs: 'pseudonym', pseudonym: 'Robin' }, false],
      ['Members may hear this.', { sharedWith: 'union', namedAs: 'first_name' }, true],
      ['For coders.', { sharedWith: 'coders' }, false],
      ['In other words.', { quote: 'paraphrase', namedAs: 'full_name' }, true],
      ['Never in other words yet.', { quote: 'paraphrase' }, false],
    ];
    const ids: string[] = [];
    for (const [text, consent, known] of spoken) {
      ids.push(
        await room.say({
          text,
          consent: { ...CONSENT, ...consent },
          memberId: known ? member!.memberId! : null,
        }),
      );
      await room.settle(ids.at(-1)!, theme);
    }
    await room.translations.paraphrase(room.ana, {
      testimonyId: ids[4]!,
      language: 'en',
      text: 'A member appealed in vain.',
    });
    const [{ given_name: first, full }] = (await room.rows<{ given_name: string; full: string }>(
      `SELECT given_name, given_name || ' ' || family_name AS full FROM member WHERE id = $1`,
      [member!.memberId!],
    )) as [{ given_name: string; full: string }];
    const forAll = [
      ['A member appealed in vain.', full, false],
      ['Everybody may hear this.', 'Robin', true],
    ];
    expect(await quotes(id, anonymousActor())).toEqual(forAll);
    const [stranger] = await room.members(1, room.chapterId);
    expect(await quotes(id, stranger!)).toEqual([
      forAll[0],
      ['Members may hear this.', first, true],
      forAll[1],
    ]);
    const entries = await room.rows<{ subject_ids: string[] }>(
      `SELECT subject_ids FROM access_ledger WHERE operation = 'quotes' AND actor_id = $1`,
      [stranger!.userId],
    );
    expect(entries).toEqual([{ subject_ids: [member!.memberId] }]);
    await room.testimony.changeConsent(member!, {
      testimonyId: ids[4]!,
      consent: { ...CONSENT, quote: 'none' },
    });
    expect(await quotes(id, anonymousActor())).toEqual([forAll[1]]);
  });

  it('shows a translation that a person wrote, and one of a machine only once it was reviewed', async () => {
    const theme = await room.theme('Translated');
    const { id, link } = await demand();
    await link(theme);
    const said = await room.say({ language: 'es', text: 'Sin respuesta.' });
    await room.settle(said, theme);
    await room.translations.translate(room.ana, {
      testimonyId: said,
      language: 'en',
      text: 'No answer.',
      machine: 'Apertium 3.9',
    });
    const shown = async (): Promise<unknown> =>
      (await room.heard.quotesOf(anonymousActor(), { demandId: id }, {})).quotes[0]!.translations;
    expect(await shown()).toEqual([]);
    const [{ textId }] = (await room.rows<{ textId: string }>(
      `SELECT id AS "textId" FROM testimony_text WHERE testimony_id = $1 AND kind = 'translation'`,
      [said],
    )) as [{ textId: string }];
    await room.translations.review(room.ben, { testimonyId: said, textId });
    expect(await shown()).toEqual([{ language: 'en', machine: 'Apertium 3.9', text: 'No answer.' }]);
  });

  it('keeps the date and counts that were published; a quote leaves the version when it is withdrawn', async () => {
    const [theme, merged] = [await room.theme('Published'), await room.theme('Published too', room.city)];
    const { id, link } = await demand();
    expect(await refusalOf(room.heard.publish(room.cleo, id))).toBe('DEMAND.HEARD_NOTHING');
    await link(merged);
    expect(await link(theme)).toBe(await link(theme));
    await room.themes.merge(room.ana, { themeId: merged, intoId: theme });
    const ids: string[] = [];
    for (let n = 0; n < 20; n++) {
      const consent = { ...CONSENT, quote: n < 2 ? 'verbatim' : 'none' } as const;
      ids.push(await room.say({ text: `Said by ${n}.`, consent }));
      await room.settle(ids.at(-1)!, theme);
    }
    const versions = (): Promise<unknown[]> =>
      room.rows(
        `SELECT v.number, t.name, t.persons FROM heard_version v JOIN heard_theme t ON t.version_id = v.id WHERE v.demand_id = $1 ORDER BY 1, 2`,
        [id],
      );
    await room.heard.publish(room.cleo, id);
    expect(await versions()).toEqual([{ number: 1, name: 'Published', persons: 20 }]);
    expect(await quotes(id, anonymousActor(), 1)).toHaveLength(2);
    await room.testimony.withdraw(room.ana, ids[0]!);
    expect(await quotes(id, anonymousActor(), 1)).toEqual([['Said by 1.', null, true]]);
    await room.heard.publish(room.cleo, id);
    expect(await versions()).toEqual([
      { number: 1, name: 'Published', persons: 20 },
      { number: 2, name: 'Published', persons: null },
    ]);
    expect(
      await refusalOf(room.heard.quotesOf(anonymousActor(), { demandId: id, versionNumber: 9 }, {})),
    ).toBe('DEMAND.NOT_FOUND');
  });

  it('is linked by those who edit its campaign, to themes in use, and let go again', async () => {
    const theme = await room.theme('Linked');
    const { id, link } = await demand();
    expect(await refusalOf(room.heard.link(room.ana, { demandId: id, themeId: theme }))).toBe(
      'AUTHZ.FORBIDDEN',
    );
    const far = await room.account('organizer', room.city);
    expect(await refusalOf(room.heard.link(far, { demandId: id, themeId: theme }))).toBe('DEMAND.NOT_FOUND');
    expect(await refusalOf(room.heard.link(room.cleo, { demandId: id, themeId: id }))).toBe(
      'DEMAND.THEME_UNKNOWN',
    );
    await link(theme);
    await room.heard.unlink(room.cleo, { demandId: id, themeId: theme });
    expect(await refusalOf(room.heard.unlink(room.cleo, { demandId: id, themeId: theme }))).toBe(
      'DEMAND.THEME_NOT_LINKED',
    );
  });
});
