import { Injectable } from '@nestjs/common';
import type { Actor } from '@unionhall/identity';
import { Database } from '@unionhall/platform';
import { gatheringNotFound } from '../gatherings.errors';
import { agreedShare, cohensKappa, decisionsByTheme, pooled, type Decisions } from './kappa';
import { themeInvalid } from './listening.errors';
import { reaches } from './reach';

/** What was coded: one session, or a chapter with those below it, in a stretch of time. */
export interface AgreementAsked {
  readonly gatheringId?: string | null;
  readonly chapterId?: string | null;
  /** Sessions from this instant on, and before the other. */
  readonly from?: string | null;
  readonly to?: string | null;
}

export interface Agreement extends Decisions {
  /** Cohen's kappa; null where it is not defined. */
  readonly kappa: number | null;
  /** The share of decisions that were the same, 0 to 1. */
  readonly share: number | null;
}

export interface ThemeAgreement extends Agreement {
  readonly themeId: string;
  readonly name: string;
}

export interface CodingAgreement {
  /** Standing testimony that two have coded. */
  readonly testimonies: number;
  readonly pooled: Agreement;
  /** By name. Every theme that either of two coders found at least once. */
  readonly themes: readonly ThemeAgreement[];
}

/** Coders stand in the order of their ids, so that of two who share the work each is always the same side. */
const CODED = `
  SELECT jsonb_agg(found ORDER BY coder_id, coding_id) AS both FROM (
    SELECT t.id, c.id AS coding_id, c.coder_id,
      coalesce(jsonb_agg(DISTINCT h.current_id) FILTER (WHERE h.current_id IS NOT NULL), '[]') AS found
    FROM testimony t JOIN coding c ON c.testimony_id = t.id
      LEFT JOIN testimony_code o ON o.coding_id = c.id LEFT JOIN theme h ON h.id = o.theme_id
    WHERE t.state = 'standing' AND t.coded_count = 2 AND c.submitted_at IS NOT NULL
      AND ($1::uuid IS NULL OR t.gathering_id = $1)
      AND ($2::uuid IS NULL OR t.chapter_id IN (SELECT d.id FROM chapter a JOIN chapter d ON d.path LIKE a.path || '%' WHERE a.id = $2))
      AND ($3::timestamptz IS NULL OR t.heard_at >= $3) AND ($4::timestamptz IS NULL OR t.heard_at < $4)
    GROUP BY t.id, c.id) one GROUP BY id`;

/** How far two coders agree. */
@Injectable()
export class AgreementService {
  constructor(private readonly db: Database) {}

  /**
   * Over all testimony that two have coded, with merged themes taken as the one they were merged into.
   * @throws AppError AUTHZ.* (listening.code), GATHERING.NOT_FOUND, THEME.INVALID when neither is named.
   */
  async measure(actor: Actor, asked: AgreementAsked): Promise<CodingAgreement> {
    actor.require('listening.code');
    await this.requireReach(actor, asked);
    const { rows } = await this.db.read(actor, {
      text: CODED,
      values: [asked.gatheringId ?? null, asked.chapterId ?? null, asked.from ?? null, asked.to ?? null],
    });
    const coded = (rows as { both: [string[], string[]] }[]).map(({ both: [first, second] }) => ({
      first,
      second,
    }));
    const decisions = decisionsByTheme(coded);
    const named = (
      await this.db.read(actor, {
        text: `SELECT id, name FROM theme WHERE id = ANY ($1::uuid[]) ORDER BY lower(name), id`,
        values: [[...decisions.keys()]],
      })
    ).rows as { id: string; name: string }[];
    return {
      testimonies: coded.length,
      pooled: measured(pooled(decisions.values())),
      themes: named.map(({ id, name }) => ({ themeId: id, name, ...measured(decisions.get(id)!) })),
    };
  }

  private async requireReach(actor: Actor, { gatheringId, chapterId }: AgreementAsked): Promise<void> {
    if (gatheringId == null && chapterId == null)
      throw themeInvalid('chapterId', 'Name a listening session or a chapter.');
    if (chapterId != null) actor.require('listening.code', chapterId);
    if (gatheringId == null) return;
    const { rows } = await this.db.read(actor, {
      text: `SELECT chapter_id FROM gathering WHERE id = $1`,
      values: [gatheringId],
    });
    const [row] = rows as { chapter_id: string }[];
    if (row === undefined || !reaches(actor, 'listening.code', row.chapter_id)) throw gatheringNotFound();
  }
}

const measured = (decisions: Decisions): Agreement => ({
  ...decisions,
  kappa: cohensKappa(decisions),
  share: agreedShare(decisions),
});
