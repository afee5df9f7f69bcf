import type { EntityManager } from 'typeorm';

export const ADMISSIONS = ['open', 'approval', 'invitation'] as const;
/** Whoever comes first; whoever is let in; whoever was invited. */
export type Admission = (typeof ADMISSIONS)[number];

/** What decides about places, as it stands under a lock. */
export interface Hall {
  readonly chapterId: string;
  readonly state: string;
  readonly over: boolean;
  /** Null: no limit. */
  readonly capacity: number | null;
  /** Places taken, guests among them. */
  readonly going: number;
  /** Places held for offers that have not run out. */
  readonly held: number;
  /** People on the list, with an offer or without. */
  readonly waiting: number;
  readonly admission: Admission;
  readonly guestsAllowed: number;
  /** How long an offer holds; null: whoever is next has the place at once. */
  readonly offerHours: number | null;
}

const HALL = `
  SELECT chapter_id AS "chapterId", state, ends_at <= app.clock() AS over, capacity, going_count AS going, held_count AS held,
    waitlisted_count AS waiting, admission, guests_allowed AS "guestsAllowed",
    CASE WHEN starts_at > app.clock() + interval '3 hours' THEN offer_hours END AS "offerHours"
  FROM gathering WHERE id = $1 FOR UPDATE`;

/** Locks a gathering for giving places; undefined when there is none. */
export async function lockHall(em: EntityManager, gatheringId: string): Promise<Hall | undefined> {
  const [hall] = (await em.query(HALL, [gatheringId])) as Hall[];
  return hall;
}

/** Places that nobody has or is held; without a limit, as many as one likes. */
export const freePlaces = ({ capacity, going, held }: Hall): number =>
  capacity === null ? Infinity : capacity - going - held;
