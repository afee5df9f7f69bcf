import { Injectable } from '@nestjs/common';
import { anonymousActor } from '@unionhall/identity';
import { Config, Database } from '@unionhall/platform';
import type { GatheringKind, GatheringState } from './gathering.entity';
import { gatheringCalendar } from './gathering-calendar';
import { gatheringNotFound } from './gatherings.errors';

/** What everyone may see of a listed gathering. The address of an online meeting is not in it. */
export interface GatheringPage {
  readonly id: string;
  readonly kind: GatheringKind;
  readonly title: string;
  readonly description: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** IANA name. */
  readonly timeZone: string;
  readonly place: string | null;
  readonly online: boolean;
  /** A BCP 47 tag. */
  readonly language: string;
  readonly state: GatheringState;
  readonly over: boolean;
  /** Null: no limit. */
  readonly spotsLeft: number | null;
  readonly uid: string;
  readonly sequence: number;
  readonly updatedAt: Date;
  readonly chapterName: string;
  readonly chapterSlug: string;
}

export interface GatheringLine {
  readonly id: string;
  readonly kind: GatheringKind;
  readonly title: string;
  readonly startsAt: Date;
  readonly timeZone: string;
  readonly place: string | null;
}

const PAGE = `
  SELECT g.id, g.kind, g.title, g.description, g.starts_at AS "startsAt", g.ends_at AS "endsAt",
    g.time_zone AS "timeZone", g.place, g.online_url IS NOT NULL AS online, g.language, g.state,
    g.ends_at <= app.now() AS over, g.uid, g.sequence, g.updated_at AS "updatedAt",
    CASE WHEN g.capacity IS NULL THEN NULL WHEN g.waitlisted_count > 0 THEN 0
         ELSE greatest(g.capacity - g.going_count - g.held_count, 0) END AS "spotsLeft",
    h.name AS "chapterName", h.slug AS "chapterSlug"
  FROM gathering g JOIN chapter h ON h.id = g.chapter_id
  WHERE g.id = $1 AND g.listed AND g.state <> 'draft'`;
const UPCOMING = `
  SELECT g.id, g.kind, g.title, g.starts_at AS "startsAt", g.time_zone AS "timeZone", g.place
  FROM gathering g JOIN chapter h ON h.id = g.chapter_id
  WHERE g.listed AND g.state = 'scheduled' AND g.ends_at > app.now()
    AND ($1::uuid IS NULL OR h.path LIKE (SELECT a.path FROM chapter a WHERE a.id = $1) || '%')
  ORDER BY g.starts_at, g.id LIMIT $2`;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What the public pages show of gatherings. */
@Injectable()
export class GatheringPages {
  constructor(
    private readonly db: Database,
    private readonly config: Config,
  ) {}

  /** @throws AppError GATHERING.NOT_FOUND, for those that are not listed too. */
  async byId(id: string): Promise<GatheringPage> {
    if (!UUID.test(id)) throw gatheringNotFound();
    const { rows } = await this.db.read(anonymousActor(), { text: PAGE, values: [id] });
    const page = rows[0] as GatheringPage | undefined;
    if (page === undefined) throw gatheringNotFound();
    return page;
  }

  /** Listed gatherings that are not over, soonest first; of a chapter and those below it. */
  async upcoming(chapterId: string | undefined, limit: number): Promise<readonly GatheringLine[]> {
    const { rows } = await this.db.read(anonymousActor(), {
      text: UPCOMING,
      values: [chapterId ?? null, limit],
    });
    return rows as unknown as GatheringLine[];
  }

  /** The gathering as a published calendar entry (RFC 5546, 3.2.1), which names nobody who comes. */
  calendar(page: GatheringPage): string {
    return gatheringCalendar(
      { ...page, onlineUrl: null },
      {
        method: 'PUBLISH',
        organizer: {
          name: page.chapterName,
          email: /<([^>]+)>/.exec(this.config.mailFrom)?.[1] ?? this.config.mailFrom,
        },
        url: `${this.config.baseUrl}/g/${page.id}`,
      },
    );
  }
}
