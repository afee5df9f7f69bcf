import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ConsentGate, type Channel, type ContactPurpose } from '@unionhall/consent';
import type { Actor } from '@unionhall/identity';
import { Config, Database } from '@unionhall/platform';
import { sequenceNotFound } from '../outreach.errors';
import type { Texts } from './condition';
import { inSegment, segmentValues, type Segment } from './segment';
import { channelOf, type MessageStep, type StepConfig } from './step';
import { withTexts } from './template-texts';
import { timetable, type Planned } from './timetable';

/** So many of those who would not get it are named for each reason. */
const NAMED = 20;

export interface Refused {
  readonly channel: Channel;
  /** As the ledger would say it. */
  readonly reason: string;
  readonly total: number;
  /** Some of them. */
  readonly memberIds: readonly string[];
}

/** With its words in every language; those of a template as they stand, approved or not. */
export interface PlannedMessage extends Planned {
  readonly subject: Texts;
  readonly body: Texts;
}

export interface DryRun {
  /** Who is of the segment now. */
  readonly audience: number;
  readonly reachable: readonly { readonly channel: Channel; readonly total: number }[];
  readonly refused: readonly Refused[];
  readonly messages: readonly PlannedMessage[];
  /** Whether so many need a second organizer's yes. */
  readonly needsApproval: boolean;
}

interface Head {
  purpose: string;
  chapter_id: string;
  time_zone: string;
  segment: Segment;
  starts_at: Date | null;
  ends_at: Date | null;
  gathering_zone: string | null;
  now: Date;
  steps: StepConfig[];
}

/** The draft, or else what is published. */
const HEAD = `
  SELECT s.purpose, s.chapter_id, c.time_zone, coalesce(v.settings->'segment', s.segment) AS segment, app.now() AS now,
         g.starts_at, g.ends_at, g.time_zone AS gathering_zone,
         (SELECT coalesce(jsonb_agg(st.config ORDER BY st.position), '[]') FROM sequence_step st
           WHERE st.sequence_id = s.id AND st.version = coalesce(v.version, s.version)) AS steps
    FROM sequence s JOIN chapter c ON c.id = s.chapter_id LEFT JOIN gathering g ON g.id = s.gathering_id
    LEFT JOIN sequence_version v ON v.sequence_id = s.id AND v.published_at IS NULL
   WHERE s.id = $1`;

/** Who would get what, when; and who would not, and why. Nothing is written. */
@Injectable()
export class DryRunService {
  constructor(
    private readonly db: Database,
    private readonly gate: ConsentGate,
    private readonly config: Config,
  ) {}

  /** @param segment of a start by hand; the sequence's own when it is not said. @throws AppError SEQUENCE.NOT_FOUND, AUTHZ.*. */
  async run(actor: Actor, id: string, segment?: Segment): Promise<DryRun> {
    return this.db.tx(actor, async (em) => {
      const [head] = (await em.query(HEAD, [id])) as Head[];
      if (head === undefined) throw sequenceNotFound();
      actor.require('outreach.run', head.chapter_id);
      const meant = segment ?? head.segment;
      actor.require('outreach.run', meant.chapterId);
      const members = (await em.query(
        `SELECT m.id FROM member m WHERE ${inSegment('m', 1)} ORDER BY m.id`,
        segmentValues(meant),
      )) as { id: string }[];
      const ids = members.map((row) => row.id);
      const messages = await this.messages(em, actor, head);
      const channels = [
        ...new Set(
          head.steps.filter((step) => step.kind === 'message').map((step) => channelOf(step as MessageStep)),
        ),
      ];
      const refused: Refused[] = [];
      const reachable: { channel: Channel; total: number }[] = [];
      for (const channel of channels) {
        const mine = await this.refused(em, ids, head.purpose as ContactPurpose, channel);
        refused.push(...mine);
        reachable.push({ channel, total: ids.length - mine.reduce((sum, { total }) => sum + total, 0) });
      }
      const { approvalFrom } = this.config;
      return {
        audience: ids.length,
        reachable,
        refused,
        messages,
        needsApproval: approvalFrom > 0 && ids.length >= approvalFrom,
      };
    });
  }

  private async messages(em: EntityManager, actor: Actor, head: Head): Promise<PlannedMessage[]> {
    const { sendFromHour: from, sendUntilHour: until } = this.config;
    const { steps } = await withTexts(em, actor, head.steps, 'newest');
    const words = new Map(
      steps.flatMap((step) => (step.kind === 'message' ? [[step.key, step] as const] : [])),
    );
    return timetable(head.steps, {
      now: head.now,
      zone: head.time_zone,
      gathering:
        head.starts_at === null
          ? null
          : { startsAt: head.starts_at, endsAt: head.ends_at!, timeZone: head.gathering_zone! },
      hours: { from, until },
    }).map((one) => ({ ...one, subject: words.get(one.key)!.subject, body: words.get(one.key)!.body }));
  }

  private async refused(
    em: EntityManager,
    ids: readonly string[],
    purpose: ContactPurpose,
    channel: Channel,
  ): Promise<Refused[]> {
    const byReason = new Map<string, string[]>();
    for (const [memberId, reason] of await this.gate.refusals(em, ids, purpose, channel)) {
      const list = byReason.get(reason) ?? [];
      list.push(memberId);
      byReason.set(reason, list);
    }
    return [...byReason]
      .map(([reason, list]) => ({ channel, reason, total: list.length, memberIds: list.slice(0, NAMED) }))
      .sort((a, b) => b.total - a.total);
  }
}
