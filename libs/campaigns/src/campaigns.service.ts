import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { instantOf } from '@unionhall/gatherings';
import type { Actor } from '@unionhall/identity';
import { Database, Outbox } from '@unionhall/platform';
import {
  Campaign,
  COMMITMENT_KINDS,
  RESPONSE_KINDS,
  type CommitmentKind,
  type ResponseKind,
} from './campaign.entity';
import { campaignInvalid, campaignNotFound, demandNotFound, slugTaken } from './campaigns.errors';
import { campaignCreated } from './campaigns.events';

export interface CreatePhase {
  readonly title: string;
  /** Local times in the campaign's zone, `YYYY-MM-DDTHH:mm`. */
  readonly startsAt: string;
  readonly endsAt?: string | null;
}

export interface CreateCampaign {
  readonly chapterId: string;
  /** Lower-case words joined by hyphens; part of the public address. */
  readonly slug: string;
  readonly title: string;
  readonly summary?: string | null;
  /** The company it is aimed at. */
  readonly target: string;
  readonly startsAt: string;
  readonly endsAt?: string | null;
  /** IANA name. */
  readonly timeZone: string;
  readonly phases?: readonly CreatePhase[] | null;
  /** What is asked, in order. */
  readonly demands?: readonly string[] | null;
  /** What its public page asks people to pledge, in order; `log_off` without it. */
  readonly pledgeKinds?: readonly CommitmentKind[] | null;
}

export interface AddResponse {
  readonly demandId: string;
  readonly kind: ResponseKind;
  /** Calendar date, `YYYY-MM-DD`. */
  readonly happenedOn: string;
  readonly source: string;
  readonly note?: string | null;
}

/** Campaigns, their phases and demands, and what the target answered. */
@Injectable()
export class CampaignsService {
  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Opens a campaign with its phases and demands; gives its id.
   * @throws AppError AUTHZ.* (campaigns.edit in the chapter), CAMPAIGN.INVALID, CAMPAIGN.SLUG_TAKEN,
   *   GATHERING.TIME_* for local times that clocks skip or show twice.
   */
  async create(actor: Actor, input: CreateCampaign): Promise<string> {
    actor.require('campaigns.edit', input.chapterId);
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(input.slug) || input.slug.length > 80) {
      throw campaignInvalid(
        'input.slug',
        'An address is made of lower-case words and numbers joined by hyphens.',
      );
    }
    line('input.title', input.title);
    line('input.target', input.target);
    long('input.summary', input.summary ?? '', 10_000);
    const window = windowOf(input, input.timeZone, 'input');
    const phases = (input.phases ?? []).map((phase, index) => {
      line(`input.phases.${index}.title`, phase.title);
      return { title: phase.title.trim(), ...windowOf(phase, input.timeZone, `input.phases.${index}`) };
    });
    const demands = input.demands ?? [];
    demands.forEach((wording, index) => checkWording(`input.demands.${index}`, wording));
    const pledgeKinds = [...new Set<CommitmentKind>(input.pledgeKinds ?? ['log_off'])];
    if (pledgeKinds.length === 0 || pledgeKinds.some((kind) => !COMMITMENT_KINDS.includes(kind)))
      throw campaignInvalid('input.pledgeKinds', 'Name at least one kind of commitment.');
    const id = await this.db.tx(actor, async (em) => {
      const [made] = (await em.query(
        `INSERT INTO campaign (chapter_id, slug, title, summary, target, starts_at, ends_at, time_zone, created_by, pledge_kinds)
         SELECT id, $2, $3, $4, $5, $6::timestamptz, $7::timestamptz, $8, $9, $10::text[] FROM chapter WHERE id = $1
         ON CONFLICT (slug) DO NOTHING RETURNING id`,
        [
          input.chapterId,
          input.slug,
          input.title.trim(),
          input.summary ?? '',
          input.target.trim(),
          window.startsAt,
          window.endsAt,
          input.timeZone,
          actor.userId ?? null,
          pledgeKinds,
        ],
      )) as { id: string }[];
      if (made === undefined) throw await this.refusal(em, input);
      await em.query(
        `INSERT INTO campaign_phase (campaign_id, ordinal, title, starts_at, ends_at)
         SELECT $1, p.ordinal, p.title, p.starts_at, p.ends_at
         FROM unnest($2::text[], $3::timestamptz[], $4::timestamptz[]) WITH ORDINALITY AS p (title, starts_at, ends_at, ordinal)`,
        [made.id, phases.map((p) => p.title), phases.map((p) => p.startsAt), phases.map((p) => p.endsAt)],
      );
      await em.query(
        `INSERT INTO demand (campaign_id, ordinal, wording)
         SELECT $1, d.ordinal, d.wording FROM unnest($2::text[]) WITH ORDINALITY AS d (wording, ordinal)`,
        [made.id, demands.map((wording) => wording.trim())],
      );
      await this.outbox.emit(em, campaignCreated({ campaignId: made.id, chapterId: input.chapterId }));
      return made.id;
    });
    await this.outbox.nudge();
    return id;
  }

  /** Adds a demand behind the others; gives its id. @throws AppError CAMPAIGN.NOT_FOUND, CAMPAIGN.INVALID, AUTHZ.*. */
  async addDemand(actor: Actor, input: { campaignId: string; wording: string }): Promise<string> {
    checkWording('input.wording', input.wording);
    return this.db.tx(actor, async (em) => {
      await this.editable(em, actor, input.campaignId);
      const [row] = (await em.query(
        `INSERT INTO demand (campaign_id, ordinal, wording)
         SELECT $1, coalesce(max(ordinal), 0) + 1, $2 FROM demand WHERE campaign_id = $1 RETURNING id`,
        [input.campaignId, input.wording.trim()],
      )) as [{ id: string }];
      return row.id;
    });
  }

  /** Notes what the target answered; gives its id. @throws AppError DEMAND.NOT_FOUND, CAMPAIGN.INVALID, AUTHZ.*. */
  async addResponse(actor: Actor, input: AddResponse): Promise<string> {
    if (!RESPONSE_KINDS.includes(input.kind))
      throw campaignInvalid('input.kind', 'This kind of answer is not known.');
    if (!isDate(input.happenedOn)) throw campaignInvalid('input.happenedOn', 'A date looks like 2026-11-24.');
    if (input.source.trim() === '' || input.source.length > 500) {
      throw campaignInvalid('input.source', 'Say where this is known from, in at most 500 characters.');
    }
    long('input.note', input.note ?? '', 5_000);
    return this.db.tx(actor, async (em) => {
      const [demand] = (await em.query(`SELECT campaign_id FROM demand WHERE id = $1`, [input.demandId])) as {
        campaign_id: string;
      }[];
      if (demand === undefined) throw demandNotFound();
      await this.editable(em, actor, demand.campaign_id);
      const [row] = (await em.query(
        `INSERT INTO demand_response (demand_id, kind, happened_on, source, note) VALUES ($1, $2, $3, $4, $5) RETURNING id`,
        [input.demandId, input.kind, input.happenedOn, input.source.trim(), input.note ?? ''],
      )) as [{ id: string }];
      return row.id;
    });
  }

  private async editable(em: EntityManager, actor: Actor, id: string): Promise<Campaign> {
    const campaign = await em.findOne(Campaign, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (campaign === null) throw campaignNotFound();
    actor.require('campaigns.edit', campaign.chapterId);
    return campaign;
  }

  private async refusal(em: EntityManager, input: CreateCampaign): Promise<Error> {
    const [row] = (await em.query(`SELECT EXISTS (SELECT FROM campaign WHERE slug = $1) AS taken`, [
      input.slug,
    ])) as [{ taken: boolean }];
    return row.taken ? slugTaken() : campaignInvalid('input.chapterId', 'No such chapter.');
  }
}

export function isDate(value: string): boolean {
  const at = new Date(`${value}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(+at) && at.toISOString().startsWith(value);
}

function windowOf(
  times: { startsAt: string; endsAt?: string | null },
  timeZone: string,
  field: string,
): { startsAt: Date; endsAt: Date | null } {
  const startsAt = instantOf({ local: times.startsAt, timeZone }, `${field}.startsAt`);
  const endsAt =
    times.endsAt == null ? null : instantOf({ local: times.endsAt, timeZone }, `${field}.endsAt`);
  if (endsAt !== null && endsAt <= startsAt)
    throw campaignInvalid(`${field}.endsAt`, 'The end comes after the start.');
  return { startsAt, endsAt };
}

function line(field: string, value: string): void {
  if (value.trim() === '') throw campaignInvalid(field, 'This must not be empty.');
  long(field, value, 200);
}

function long(field: string, value: string, max: number): void {
  if (value.length > max) throw campaignInvalid(field, `This has at most ${max} characters.`);
  if (value.includes('\0')) throw campaignInvalid(field, 'This holds a NUL character.');
}

function checkWording(field: string, value: string): void {
  if (value.trim() === '') throw campaignInvalid(field, 'This must not be empty.');
  long(field, value, 2_000);
}
