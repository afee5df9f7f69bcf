import { campaignClosed, campaignNotFound } from '@unionhall/campaigns';
import { chapterNotFound } from '@unionhall/chapters';
import { gatheringCancelled, gatheringNotFound, gatheringOver } from '@unionhall/gatherings';
import type { EntityManager } from 'typeorm';
import { campaignNotBegun } from './requests.errors';

export const REQUEST_KINDS = ['pledge', 'rsvp', 'join'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** What a request is about. */
export interface RequestSubject {
  readonly id: string;
  readonly title: string;
  /** Where its public page stands. */
  readonly path: string;
  /** The chapter that a person not known yet comes to. */
  readonly chapterId: string;
}

const FIND: Readonly<Record<RequestKind, string>> = {
  pledge: `SELECT id, title, '/c/' || slug AS path, chapter_id AS "chapterId", state <> 'draft' AS shown,
      state = 'closed' OR coalesce(ends_at <= app.now(), false) AS over, starts_at > app.now() AS early, false AS cancelled
    FROM campaign WHERE id = $1`,
  rsvp: `SELECT id, title, '/g/' || id AS path, chapter_id AS "chapterId", listed AND state <> 'draft' AS shown,
      ends_at <= app.now() AS over, false AS early, state = 'cancelled' AS cancelled
    FROM gathering WHERE id = $1`,
  join: `SELECT id, name AS title, '/chapters/' || slug AS path, id AS "chapterId", true AS shown,
      false AS over, false AS early, false AS cancelled FROM chapter WHERE id = $1`,
};

type Found = RequestSubject & { shown: boolean; over: boolean; early: boolean; cancelled: boolean };

/**
 * What a request is about, whatever state it is in.
 * @throws AppError CAMPAIGN.NOT_FOUND, GATHERING.NOT_FOUND, CHAPTER.NOT_FOUND for what has no public page.
 */
export async function findSubject(em: EntityManager, kind: RequestKind, id: string): Promise<Found> {
  const [found] = (await em.query(FIND[kind], [id])) as Found[];
  if (found?.shown === true) return found;
  throw kind === 'pledge'
    ? campaignNotFound()
    : kind === 'rsvp'
      ? gatheringNotFound()
      : chapterNotFound('chapter');
}

/** @throws as `findSubject`, and CAMPAIGN.CLOSED, CAMPAIGN.NOT_BEGUN, GATHERING.CANCELLED, GATHERING.OVER. */
export async function findOpenSubject(
  em: EntityManager,
  kind: RequestKind,
  id: string,
): Promise<RequestSubject> {
  const found = await findSubject(em, kind, id);
  if (found.cancelled) throw gatheringCancelled();
  if (found.over) throw kind === 'pledge' ? campaignClosed() : gatheringOver();
  if (found.early) throw campaignNotBegun();
  return found;
}
