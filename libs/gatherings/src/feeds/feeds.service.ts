import { Injectable } from '@nestjs/common';
import {
  ActorsService,
  newToken,
  systemActor,
  tokenHash,
  unauthenticated,
  type Actor,
} from '@unionhall/identity';
import { AppError, Config, Database } from '@unionhall/platform';
import { feedCalendar, type FeedEntry } from './feed-calendar';

export const FEED_KINDS = ['mine', 'chapter', 'organizer'] as const;
/** What a member answered to; what a chapter and those below it hold; what an organizer may plan. */
export type FeedKind = (typeof FEED_KINDS)[number];

export interface Feed {
  readonly id: string;
  readonly shows: FeedKind;
  readonly chapterId: string | null;
  readonly createdAt: Date;
}

/** So many addresses of one person can hold at once. */
export const MOST_FEEDS = 20;
const SYSTEM = systemActor('calendar');

const CREATE = `
  INSERT INTO calendar_feed (user_id, shows, chapter_id, secret_hash)
  SELECT $1, $2, $3, $4 WHERE (SELECT count(*) FROM calendar_feed WHERE user_id = $1 AND revoked_at IS NULL) < ${MOST_FEEDS}
  RETURNING id`;
const LIST = `
  SELECT id, shows, chapter_id AS "chapterId", created_at AS "createdAt" FROM calendar_feed
  WHERE user_id = $1 AND revoked_at IS NULL ORDER BY created_at DESC, id DESC LIMIT ${MOST_FEEDS}`;
const FIND = `
  SELECT f.user_id AS "userId", f.shows, f.chapter_id AS "chapterId",
    (SELECT name FROM chapter c WHERE c.id = f.chapter_id) AS "chapterName", app.now() AS now
  FROM calendar_feed f WHERE f.secret_hash = $1 AND f.revoked_at IS NULL`;
/** A month back and a year on, whatever the union holds; soonest first. */
const ENTRIES = (which: string): string => `
  SELECT g.id, g.uid, g.sequence, g.title, g.description, g.starts_at AS "startsAt", g.ends_at AS "endsAt",
    g.time_zone AS "timeZone", g.place, g.online_url AS "onlineUrl", g.state, g.updated_at AS "updatedAt", ${which}
  WHERE g.state <> 'draft' AND g.starts_at > app.now() - interval '31 days' AND g.starts_at < app.now() + interval '365 days'`;
const ORDER = ` ORDER BY g.starts_at, g.id LIMIT 1000`;
const MINE = `${ENTRIES(`r.status AS answer FROM rsvp r JOIN gathering g ON g.id = r.gathering_id`)}
  AND r.member_id = $1 AND r.status IN ('going', 'maybe', 'waitlisted')${ORDER}`;
const BELOW = `${ENTRIES(`NULL AS answer FROM gathering g`)}
  AND g.chapter_id IN (SELECT d.id FROM chapter a JOIN chapter d ON d.path LIKE a.path || '%' WHERE a.id = $1)${ORDER}`;
const PLANNED = `${ENTRIES(`NULL AS answer FROM gathering g`)} AND ($1::uuid[] IS NULL OR g.chapter_id = ANY($1))${ORDER}`;

/** Calendars that a program fetches by an address nobody can guess. What one shows is decided at each reading. */
@Injectable()
export class FeedsService {
  constructor(
    private readonly db: Database,
    private readonly actors: ActorsService,
    private readonly config: Config,
  ) {}

  /**
   * @returns the address, which is shown here and never again.
   * @throws AppError AUTHZ.*, FEED.NOT_A_MEMBER, FEED.CHAPTER_MISSING, FEED.TOO_MANY.
   */
  async create(
    actor: Actor,
    input: { shows: FeedKind; chapterId?: string | null },
  ): Promise<{ id: string; address: string }> {
    const userId = userOf(actor);
    const { shows, chapterId } = input;
    if (shows === 'mine' && actor.memberId === undefined)
      throw new AppError('forbidden', 'FEED.NOT_A_MEMBER', 'This account does not belong to a member.');
    if ((shows === 'chapter') !== (chapterId != null))
      throw new AppError(
        'invalid',
        'FEED.CHAPTER_MISSING',
        'The calendar of a chapter names the chapter, and no other does.',
        {
          field: 'input.chapterId',
        },
      );
    if (shows !== 'mine') actor.require('gatherings.read', chapterId ?? undefined);
    const secret = newToken();
    const rows = await this.db.tx(SYSTEM, async (em) => {
      await em.query(`SELECT FROM user_account WHERE id = $1 FOR UPDATE`, [userId]);
      return (await em.query(CREATE, [userId, shows, chapterId ?? null, tokenHash(secret)])) as {
        id: string;
      }[];
    });
    const [made] = rows;
    if (made === undefined)
      throw new AppError(
        'conflict',
        'FEED.TOO_MANY',
        `At most ${MOST_FEEDS} addresses hold at once. Revoke one first.`,
      );
    return { id: made.id, address: `${this.config.baseUrl}/calendar/${secret}.ics` };
  }

  /** The person's own addresses that hold; what they are made of is not kept. */
  async list(actor: Actor): Promise<readonly Feed[]> {
    const { rows } = await this.db.read(SYSTEM, { text: LIST, values: [userOf(actor)] });
    return rows as unknown as Feed[];
  }

  /** The next reading of the address is refused. @throws AppError FEED.NOT_FOUND. */
  async revoke(actor: Actor, feedId: string): Promise<void> {
    const userId = userOf(actor);
    const rows = await this.db.tx(
      SYSTEM,
      async (em) =>
        (await em.query(
          `WITH gone AS (UPDATE calendar_feed SET revoked_at = coalesce(revoked_at, app.now())
             WHERE id = $1 AND user_id = $2 RETURNING id) SELECT id FROM gone`,
          [feedId, userId],
        )) as unknown[],
    );
    if (rows.length === 0) throw feedNotFound();
  }

  /**
   * The calendar behind an address (RFC 5545, METHOD:PUBLISH), with what its owner may see now.
   * @throws AppError FEED.NOT_FOUND: never given out, revoked, or of somebody who may no longer.
   */
  async read(secret: string): Promise<string> {
    const { rows } = await this.db.read(SYSTEM, { text: FIND, values: [tokenHash(secret)] });
    const feed = rows[0] as
      | { userId: string; shows: FeedKind; chapterId: string | null; chapterName: string | null; now: Date }
      | undefined;
    if (feed === undefined) throw feedNotFound();
    const actor = await this.actors.ofUser(feed.userId, { purpose: 'organizing' }).catch(() => undefined);
    const query = actor === undefined ? undefined : askedOf(actor, feed);
    if (actor === undefined || query === undefined) throw feedNotFound();
    const found = await this.db.read(actor, query);
    const name = feed.chapterName ?? (feed.shows === 'mine' ? 'My gatherings' : 'Gatherings that I organize');
    return feedCalendar(found.rows as unknown as FeedEntry[], {
      name,
      now: feed.now,
      baseUrl: this.config.baseUrl,
    });
  }
}

/** What is read for a feed; undefined when its owner may not read it. */
function askedOf(
  actor: Actor,
  feed: { shows: FeedKind; chapterId: string | null },
): { text: string; values: unknown[] } | undefined {
  if (feed.shows === 'mine')
    return actor.memberId === undefined ? undefined : { text: MINE, values: [actor.memberId] };
  const reach = actor.can('gatherings.read');
  if (reach === false) return undefined;
  if (feed.shows === 'organizer') return { text: PLANNED, values: [reach === 'all' ? null : [...reach]] };
  if (reach !== 'all' && !reach.includes(feed.chapterId!)) return undefined;
  return { text: BELOW, values: [feed.chapterId] };
}

function userOf(actor: Actor): string {
  if (actor.userId === undefined) throw unauthenticated();
  return actor.userId;
}

const feedNotFound = (): AppError =>
  new AppError('not_found', 'FEED.NOT_FOUND', 'There is no such calendar.');
