import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import {
  AttendanceService,
  Gathering,
  GatheringsService,
  RsvpLinks,
  RsvpsService,
  ZoomImportService,
  type ScheduleGathering,
} from '@unionhall/gatherings';
import { PersonalDataService } from '@unionhall/consent';
import { MembersService } from '@unionhall/members';
import { Campaign, CampaignsService, CommitmentsService } from '@unionhall/campaigns';
import { Actor, systemActor, type Role } from '@unionhall/identity';
import { Outbox, Signer, type Queues } from '@unionhall/platform';
import { openTestDb, testConfig, type TestDb } from '../support/database';

/** Two chapters, an organizer of the first, and the services over a real database. */
export interface Hall {
  readonly t: TestDb;
  readonly outbox: Outbox;
  readonly gatherings: GatheringsService;
  readonly rsvps: RsvpsService;
  readonly links: RsvpLinks;
  readonly attendance: AttendanceService;
  readonly zoom: ZoomImportService;
  readonly campaigns: CampaignsService;
  readonly commitments: CommitmentsService;
  readonly chapterId: string;
  readonly otherChapterId: string;
  readonly organizer: Actor;
  user(role: Role, chapterId: string): Promise<Actor>;
  members(count: number, chapterId?: string): Promise<Actor[]>;
  schedule(over?: Partial<ScheduleGathering>): Promise<string>;
  rows<T = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<T[]>;
  /** A local time so many days from now, in New York. */
  inDays(days: number): string;
  /** Sets the clock to the first minute of a gathering. */
  begin(gatheringId: string): Promise<void>;
}

export const SYSTEM = systemActor('testing');

export async function openHall(): Promise<Hall> {
  const t = await openTestDb([Gathering, Campaign]);
  const config = testConfig(t.url);
  const outbox = new Outbox(t.db, { wake: () => Promise.resolve() } as unknown as Queues);
  const attendance = new AttendanceService(
    t.db,
    outbox,
    new MembersService(t.db, outbox, new PersonalDataService(config)),
  );
  const rows = async <T>(text: string, values: readonly unknown[] = []): Promise<T[]> =>
    (await t.db.read(SYSTEM, { text, values })).rows as T[];
  const chapter = async (slug: string): Promise<string> => {
    const [made] = await rows<{ id: string }>(
      `INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ($1, 'city', $1, 'America/New_York', 'en') RETURNING id`,
      [slug],
    );
    return made!.id;
  };
  const chapterId = await chapter('north');
  const otherChapterId = await chapter('south');
  const account = async (memberId: string | null): Promise<string> => {
    const [made] = await rows<{ id: string }>(
      `INSERT INTO user_account (email, email_key, member_id) VALUES ($1, $1, $2) RETURNING id`,
      [`${randomUUID()}@example.org`, memberId],
    );
    return made!.id;
  };
  const user = async (role: Role, chapter: string): Promise<Actor> =>
    new Actor({
      kind: 'user',
      userId: await account(null),
      purpose: 'organizing',
      authzVersion: 1,
      grants: [{ id: randomUUID(), role, chapters: [chapter], purposes: [] }],
    });
  const gatherings = new GatheringsService(t.db, outbox);
  const inDays = (days: number): string =>
    DateTime.now()
      .setZone('America/New_York')
      .plus({ days })
      .set({ hour: 18, minute: 30 })
      .toFormat("yyyy-LL-dd'T'HH:mm");
  const organizer = await user('organizer', chapterId);
  return {
    t,
    outbox,
    gatherings,
    attendance,
    rows,
    user,
    inDays,
    begin: async (gatheringId) => {
      const [row] = await rows<{ at: Date }>(`SELECT starts_at AS at FROM gathering WHERE id = $1`, [
        gatheringId,
      ]);
      t.clock.offsetMs = row!.at.getTime() + 60_000 - Date.now();
    },
    chapterId,
    otherChapterId,
    organizer,
    rsvps: new RsvpsService(t.db, outbox),
    links: new RsvpLinks(t.db, new Signer(config), config),
    zoom: new ZoomImportService(t.db, outbox, attendance),
    campaigns: new CampaignsService(t.db, outbox),
    commitments: new CommitmentsService(t.db, outbox),
    members: async (count, chapter = chapterId) => {
      const made = await rows<{ id: string; n: number }>(
        `INSERT INTO member (chapter_id, given_name, family_name, email, email_key)
         SELECT $1, 'Ann' || n, 'Lee', k, k FROM (SELECT n, 'ann' || n || '.' || gen_random_uuid() || '@example.org' AS k
           FROM generate_series(1, $2::int) n) s RETURNING id`,
        [chapter, count],
      );
      return Promise.all(
        made.map(
          async ({ id }) =>
            new Actor({
              kind: 'user',
              userId: await account(id),
              memberId: id,
              purpose: 'organizing',
              authzVersion: 1,
            }),
        ),
      );
    },
    schedule: (over = {}) =>
      gatherings.schedule(organizer, {
        chapterId,
        kind: 'training',
        title: 'Know your rights',
        startsAt: inDays(7),
        durationMinutes: 90,
        timeZone: 'America/New_York',
        ...over,
      }),
  };
}

/** The code of what `work` is refused with. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'nothing was refused';
}
