import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import { Outbox } from '@unionhall/platform';
import { openHttpUnion, rowId, type Headers, type HttpUnion } from '../support/http-union';

interface Series {
  readonly id: string;
  readonly gatherings: { nodes: { id: string; startsAt: string; timeZone: string }[] };
}
interface Count {
  readonly themeId: string;
  readonly name: string;
  readonly persons: number | null;
  readonly byChapter: { name: string; persons: number | null }[];
  readonly byLanguage: { name: string; persons: number | null }[];
}

const SERIES = `id gatherings(first: 10) { nodes { id startsAt timeZone } }`;
const COUNTS = `query ($id: ID!) { themeCounts(chapterId: $id) { themeId name persons byChapter { name persons } byLanguage { name persons } } }`;
const CONSENT = { quote: 'VERBATIM', namedAs: 'FIRST_NAME', sharedWith: 'PUBLIC', wordingVersion: '2026-1' };

/** One series in three chapters and two languages, from the calendar to a demand, and back to those who said it. */
describe('a series of listening sessions', () => {
  let hall: HttpUnion;
  let root: string;
  let chapters: string[];
  let organizer: Headers;
  let coders: Headers[];

  beforeAll(async () => {
    hall = await openHttpUnion();
    root = (
      await hall.rows<{ id: string }>(
        `INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ('Union', 'union', 'union', 'UTC', 'en') RETURNING 'Chapter_' || id AS id`,
      )
    )[0]!.id;
    const [third] = await hall.rows<{ id: string }>(
      `INSERT INTO chapter (name, kind, slug, time_zone, language, parent_id) VALUES ('Coast', 'city', 'coast', 'America/Los_Angeles', 'es', $1)
       RETURNING 'Chapter_' || id AS id`,
      [rowId(root)],
    );
    await hall.rows(`UPDATE chapter SET parent_id = $1 WHERE slug IN ('north', 'south')`, [rowId(root)]);
    chapters = [hall.north, hall.south, third!.id];
    organizer = await hall.person('ada', { role: 'organizer', chapters: [root] });
    coders = [
      await hall.person('ben', { role: 'facilitator', chapters: [root] }),
      await hall.person('cleo', { role: 'facilitator', chapters: [root] }),
    ];
  });
  afterAll(() => hall.close());

  const must = <T>(query: string, variables: object, as = organizer): Promise<T> =>
    hall.must<T>(query, variables, as);

  it('goes from the calendar to a demand, and from the demand back to the people', async () => {
    const first = DateTime.now().setZone('America/New_York').plus({ days: 10 }).set({ hour: 18, minute: 30 });
    const startsAt = first.toFormat("yyyy-LL-dd'T'HH:mm");
    const { scheduleSeries } = await must<{ scheduleSeries: Series }>(
      `mutation ($input: ScheduleSeriesInput!) { scheduleSeries(input: $input) { ${SERIES} } }`,
      {
        input: {
          chapterId: chapters[0],
          kind: 'LISTENING_SESSION',
          title: 'What the feed does to us',
          startsAt,
          durationMinutes: 90,
          timeZone: 'America/New_York',
          rule: 'FREQ=WEEKLY;COUNT=3',
          capacity: 30,
          interpretation: ['es'],
        },
      },
    );
    const copies = [];
    for (const chapterId of chapters.slice(1))
      copies.push(
        (
          await must<{ copySeries: Series }>(
            `mutation ($input: CopySeriesInput!) { copySeries(input: $input) { ${SERIES} } }`,
            {
              input: {
                seriesId: scheduleSeries.id,
                chapterId,
                startsAt,
                title: 'Lo que nos hace el muro',
                language: 'es',
              },
            },
          )
        ).copySeries,
      );
    const series = [scheduleSeries, ...copies];
    expect(series.map(({ gatherings }) => gatherings.nodes.length)).toEqual([3, 3, 3]);
    for (const { gatherings } of series)
      for (const { startsAt: at, timeZone } of gatherings.nodes)
        expect(DateTime.fromISO(at, { zone: timeZone }).toFormat('HH:mm')).toBe('18:30');

    const sessions = series.map(({ gatherings }) => gatherings.nodes[0]!.id);
    const people = await Promise.all(chapters.map((chapter) => hall.members(5, chapter)));
    for (const [index, gatheringId] of sessions.entries())
      for (const memberId of people[index]!)
        await must(`mutation ($input: RsvpForInput!) { rsvpFor(input: $input) { status } }`, {
          input: { gatheringId, memberId, status: 'GOING' },
        });
    await hall.rows(
      `UPDATE gathering SET starts_at = now() - interval '2 hours', ends_at = now() - interval '30 minutes' WHERE id = ANY($1::uuid[])`,
      [sessions.map(rowId)],
    );
    for (const [index, gatheringId] of sessions.entries())
      await must(
        `mutation ($input: TakeAttendanceInput!) { takeAttendance(input: $input) { recorded } }`,
        {
          input: {
            gatheringId,
            entries: people[index]!.slice(0, 4).map((memberId) => ({
              id: randomUUID(),
              memberId,
              status: 'ATTENDED',
              at: new Date().toISOString(),
            })),
          },
        },
        coders[0],
      );
    await hall.app.get(Outbox).relay();

    const said: string[] = [];
    for (const [index, gatheringId] of sessions.entries())
      for (const memberId of people[index]!.slice(0, 4)) {
        const spanish = index > 0;
        const { takeTestimony } = await must<{ takeTestimony: { id: string } }>(
          `mutation ($input: TakeTestimonyInput!) { takeTestimony(input: $input) { id } }`,
          {
            input: {
              gatheringId,
              memberId,
              language: spanish ? 'es' : 'en',
              text: spanish
                ? 'Borraron mis fotos y nadie respondió.'
                : 'They took my photos, and nobody answered.',
              consent: CONSENT,
              how: 'SPOKEN',
              idempotencyKey: randomUUID(),
            },
          },
          coders[0],
        );
        said.push(takeTestimony.id);
        if (spanish)
          await must(
            `mutation ($input: TranslateTestimonyInput!) { translateTestimony(input: $input) { id } }`,
            {
              input: {
                testimonyId: takeTestimony.id,
                language: 'en',
                text: 'They deleted my photos and nobody answered.',
              },
            },
            coders[1],
          );
      }

    const theme = async (name: string): Promise<string> =>
      (
        await must<{ createTheme: { id: string } }>(
          `mutation ($input: CreateThemeInput!) { createTheme(input: $input) { id } }`,
          { input: { chapterId: root, name } },
          coders[0],
        )
      ).createTheme.id;
    const [deleted, silence] = [await theme('Deleted without a reason'), await theme('Nobody answers')];
    for (const [index, testimonyId] of said.entries())
      for (const [coder, as] of coders.entries()) {
        // They differ about one of the twelve.
        const themeIds = coder === 1 && index === 0 ? [deleted] : [deleted, silence];
        await must(
          `mutation ($input: SaveCodingInput!) { saveCoding(input: $input) { id } }`,
          { input: { testimonyId, themeIds, submit: true } },
          as,
        );
      }
    const { codingAgreement } = await must<{
      codingAgreement: { testimonies: number; pooled: { share: number } };
    }>(
      `query ($id: ID!) { codingAgreement(gatheringId: $id) { testimonies pooled { kappa share } } }`,
      { id: sessions[0] },
      coders[0],
    );
    expect(codingAgreement).toMatchObject({ testimonies: 4, pooled: { share: 0.875 } });
    await must(
      `mutation ($input: SettleCodingInput!) { settleCoding(input: $input) { settledHow } }`,
      { input: { testimonyId: said[0], themeIds: [deleted, silence], how: 'THIRD' } },
      organizer,
    );
    const counted = async (id: string): Promise<Count> =>
      (await must<{ themeCounts: Count[] }>(COUNTS, { id: root })).themeCounts.find(
        ({ themeId }) => themeId === id,
      )!;
    expect(await counted(silence)).toMatchObject({ persons: 12 });
    expect((await counted(silence)).byChapter.map(({ name, persons }) => [name, persons]).sort()).toEqual(
      chapters.map((chapter) => [chapter, 4]).sort(),
    );
    expect((await counted(silence)).byLanguage.map(({ name, persons }) => [name, persons]).sort()).toEqual([
      ['en', 4],
      ['es', 8],
    ]);

    const { createCampaign } = await must<{ createCampaign: { demands: { nodes: { id: string }[] } } }>(
      `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { demands(first: 1) { nodes { id } } } }`,
      {
        input: {
          chapterId: root,
          slug: 'answer-us',
          title: 'Answer us',
          target: 'Meta',
          startsAt: '2027-01-01T09:00',
          timeZone: 'America/New_York',
          demands: ['Answer every appeal, by a person, within a week.'],
        },
      },
    );
    const demandId = createCampaign.demands.nodes[0]!.id;
    await must(`mutation ($input: DemandThemeInput!) { linkThemeToDemand(input: $input) { name } }`, {
      input: { demandId, themeId: silence },
    });
    const QUOTES = `query ($id: ID!) { demandQuotes(demandId: $id) { quotes { text name language translations { text } } } }`;
    interface Quote {
      readonly text: string;
      readonly name: string;
      readonly language: string;
    }
    const quotes = async (): Promise<Quote[]> =>
      (await hall.ask<{ demandQuotes: { quotes: Quote[] } }>(QUOTES, { id: demandId })).data!.demandQuotes
        .quotes;
    const heard = await quotes();
    expect(new Set(heard.map(({ language }) => language))).toEqual(new Set(['en', 'es']));
    expect(heard.every(({ name }) => /^Ann\d$/.test(name))).toBe(true);
    const { publishHeard } = await must<{ publishHeard: { number: number } }>(
      `mutation ($id: ID!) { publishHeard(demandId: $id) { number } }`,
      { id: demandId },
    );
    expect(publishHeard.number).toBe(1);

    // Somebody takes back what they said: it leaves the quotes and the counts.
    await hall.rows(`UPDATE member SET given_name = 'Rosa' WHERE id = $1`, [rowId(people[1]![0]!)]);
    expect((await quotes()).map(({ name }) => name)).toContain('Rosa');
    const { token } = await signInAs(people[1]![0]!);
    await must(
      `mutation ($id: ID!) { withdrawTestimony(testimonyId: $id) { state } }`,
      { id: said[4] },
      token,
    );
    expect((await quotes()).map(({ name }) => name)).not.toContain('Rosa');
    expect(await counted(silence)).toMatchObject({ persons: 11 });
  });

  async function signInAs(memberId: string): Promise<{ token: Headers }> {
    const token = await hall.person(`own${randomUUID().slice(0, 8)}`);
    await hall.rows(
      `UPDATE user_account SET member_id = $1 WHERE id = (SELECT id FROM user_account WHERE email LIKE 'own%' ORDER BY id DESC LIMIT 1)`,
      [rowId(memberId)],
    );
    return { token };
  }
});
