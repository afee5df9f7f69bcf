import { Injectable } from '@nestjs/common';
import { anonymousActor } from '@unionhall/identity';
import { Database } from '@unionhall/platform';
import type { CommitmentKind, ResponseKind } from './campaign.entity';
import { campaignNotFound } from './campaigns.errors';

export interface ShownResponse {
  readonly kind: ResponseKind;
  /** Calendar date, `YYYY-MM-DD`. */
  readonly happenedOn: string;
  readonly source: string;
  readonly note: string;
}

export interface ShownDemand {
  readonly wording: string;
  /** Newest first. */
  readonly responses: readonly ShownResponse[];
}

/** What everyone may see of an announced campaign. */
export interface CampaignPage {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly target: string;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  /** IANA name. */
  readonly timeZone: string;
  readonly phase: 'early' | 'running' | 'over';
  /** Commitments made and not taken back. */
  readonly pledges: number;
  readonly pledgeKinds: readonly CommitmentKind[];
  readonly chapterName: string;
  readonly chapterSlug: string;
  readonly demands: readonly ShownDemand[];
}

export interface CampaignLine {
  readonly slug: string;
  readonly title: string;
  readonly target: string;
}

const PHASE = `CASE WHEN c.state = 'closed' OR c.ends_at <= app.now() THEN 'over'
  WHEN c.starts_at > app.now() THEN 'early' ELSE 'running' END`;
const PAGE = `
  SELECT c.id, c.slug, c.title, c.summary, c.target, c.starts_at AS "startsAt", c.ends_at AS "endsAt",
    c.time_zone AS "timeZone", ${PHASE} AS phase, c.pledge_kinds AS "pledgeKinds",
    h.name AS "chapterName", h.slug AS "chapterSlug",
    (SELECT coalesce(sum(n.total), 0)::int FROM commitment_count n
      WHERE n.campaign_id = c.id AND n.status NOT IN ('withdrawn', 'lapsed')) AS pledges,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('wording', d.wording, 'responses', (
        SELECT coalesce(jsonb_agg(jsonb_build_object('kind', r.kind, 'happenedOn', r.happened_on,
          'source', r.source, 'note', r.note) ORDER BY r.happened_on DESC, r.id DESC), '[]')
        FROM demand_response r WHERE r.demand_id = d.id)) ORDER BY d.ordinal), '[]')
      FROM demand d WHERE d.campaign_id = c.id) AS demands
  FROM campaign c JOIN chapter h ON h.id = c.chapter_id WHERE c.slug = $1 AND c.state <> 'draft'`;
const RUNNING = `
  SELECT c.slug, c.title, c.target FROM campaign c JOIN chapter h ON h.id = c.chapter_id
  WHERE c.state = 'open' AND (c.ends_at IS NULL OR c.ends_at > app.now()) AND c.starts_at <= app.now()
    AND ($1::uuid IS NULL OR EXISTS (SELECT FROM chapter a WHERE a.id = $1
      AND (a.path LIKE h.path || '%' OR h.path LIKE a.path || '%')))
  ORDER BY c.starts_at DESC, c.id DESC LIMIT $2`;

/** What the public pages show of campaigns. */
@Injectable()
export class CampaignPages {
  constructor(private readonly db: Database) {}

  /** @throws AppError CAMPAIGN.NOT_FOUND, for drafts too. */
  async bySlug(slug: string): Promise<CampaignPage> {
    const { rows } = await this.db.read(anonymousActor(), { text: PAGE, values: [slug] });
    const page = rows[0] as CampaignPage | undefined;
    if (page === undefined) throw campaignNotFound('slug');
    return page;
  }

  /** Campaigns that take pledges now, newest first; of a chapter: its own, and those above and below it. */
  async running(chapterId: string | undefined, limit: number): Promise<readonly CampaignLine[]> {
    const { rows } = await this.db.read(anonymousActor(), {
      text: RUNNING,
      values: [chapterId ?? null, limit],
    });
    return rows as unknown as CampaignLine[];
  }
}
