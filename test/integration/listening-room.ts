import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import { HeardService } from '@unionhall/campaigns';
import { PersonalDataService } from '@unionhall/consent';
import {
  AgreementService,
  CodingService,
  CONSENT_WORDING,
  GatheringsModule,
  QuotesService,
  TestimonyKeys,
  TestimonyPages,
  TestimonyService,
  ThemeCountsService,
  ThemesService,
  ThemeSplitService,
  TranslationsService,
  type TakeTestimony,
  type TestimonyConsent,
} from '@unionhall/gatherings';
import { Actor, type HeldGrant, type Role } from '@unionhall/identity';
import type { Config } from '@unionhall/platform';
import { testConfig } from '../support/database';
import { openHall, SYSTEM, type Hall } from './gatherings-hall';

/** Loading it registers who answers for personal data. */
export const MODULE = GatheringsModule;

export const CONSENT: TestimonyConsent = {
  quote: 'verbatim',
  namedAs: 'anonymous',
  sharedWith: 'public',
  wordingVersion: CONSENT_WORDING,
};

/** A union with a region of two cities, a listening session that has begun, and two coders in it. */
export interface Room extends Hall {
  readonly config: Config;
  readonly testimony: TestimonyService;
  readonly pages: TestimonyPages;
  readonly translations: TranslationsService;
  readonly quotes: QuotesService;
  readonly themes: ThemesService;
  readonly splits: ThemeSplitService;
  readonly coding: CodingService;
  readonly agreement: AgreementService;
  readonly counts: ThemeCountsService;
  readonly heard: HeardService;
  readonly personalData: PersonalDataService;
  readonly region: string;
  readonly city: string;
  readonly otherCity: string;
  /** Of the region. */
  readonly ana: Actor;
  readonly ben: Actor;
  readonly cleo: Actor;
  readonly session: string;
  /** An account with a role over chapters. */
  account(role: Role, ...chapters: string[]): Promise<Actor>;
  /** A listening session that began so many days ago. */
  sessionOf(chapterId: string, daysAgo?: number): Promise<string>;
  say(over?: Partial<TakeTestimony>): Promise<string>;
  theme(name: string, chapterId?: string): Promise<string>;
  /** Both coders submit the same themes. */
  settle(testimonyId: string, ...themeIds: string[]): Promise<void>;
}

export async function openRoom(): Promise<Room> {
  const hall = await openHall();
  const config = testConfig(hall.t.url);
  const { db } = hall.t;
  const keys = new TestimonyKeys(config);
  const testimony = new TestimonyService(db, keys);
  const themes = new ThemesService(db);
  const coding = new CodingService(db);
  const quotes = new QuotesService(db, keys);
  const counts = new ThemeCountsService(db);
  const chapter = async (slug: string, parent: string | null): Promise<string> =>
    (
      await hall.rows<{ id: string }>(
        `INSERT INTO chapter (name, kind, slug, time_zone, language, parent_id) VALUES ($1, 'city', $1, 'America/New_York', 'en', $2) RETURNING id`,
        [slug, parent],
      )
    )[0]!.id;
  const region = await chapter('region', null);
  const city = await chapter('lakeside', region);
  const otherCity = await chapter('hillside', region);
  const account = async (role: Role, ...chapters: string[]): Promise<Actor> => {
    const [made] = await hall.rows<{ id: string }>(
      `INSERT INTO user_account (email, email_key) VALUES ($1, $1) RETURNING id`,
      [`${randomUUID()}@example.org`],
    );
    const grant: HeldGrant = { id: randomUUID(), role, chapters, purposes: [] };
    return new Actor({
      kind: 'user',
      userId: made!.id,
      purpose: 'organizing',
      authzVersion: 1,
      grants: [grant],
    });
  };
  const sessionOf = async (chapterId: string, daysAgo = 1): Promise<string> => {
    const at = DateTime.utc().minus({ days: daysAgo }).toJSDate();
    const [made] = await hall.rows<{ id: string }>(
      `INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone)
       VALUES ($1, 'listening_session', 'What happened to you', $2, $2::timestamptz + interval '2 hours', 'America/New_York') RETURNING id`,
      [chapterId, at],
    );
    return made!.id;
  };
  const all = [region, city, otherCity];
  const [ana, ben, cleo] = [
    await account('facilitator', ...all),
    await account('facilitator', ...all),
    await account('organizer', ...all),
  ];
  const session = await sessionOf(city);
  const room: Room = {
    ...hall,
    config,
    testimony,
    pages: new TestimonyPages(db, keys),
    translations: new TranslationsService(db, keys),
    quotes,
    themes,
    splits: new ThemeSplitService(db),
    coding,
    agreement: new AgreementService(db),
    counts,
    heard: new HeardService(db, quotes, counts),
    personalData: new PersonalDataService(config),
    region,
    city,
    otherCity,
    ana,
    ben,
    cleo,
    session,
    account,
    sessionOf,
    say: async (over = {}) =>
      (
        await testimony.take(ana, {
          gatheringId: session,
          language: 'en',
          text: 'They closed my page without a word.',
          consent: CONSENT,
          how: 'spoken',
          idempotencyKey: randomUUID(),
          ...over,
        })
      ).id,
    theme: async (name, chapterId = region) => (await themes.create(ana, { chapterId, name })).id,
    settle: async (testimonyId, ...themeIds) => {
      for (const coder of [ana, ben]) await coding.save(coder, { testimonyId, themeIds, submit: true });
    },
  };
  return room;
}

export { SYSTEM };
