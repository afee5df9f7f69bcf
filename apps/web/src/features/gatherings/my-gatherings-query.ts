import { graphql, type ResultOf } from '../../graphql';

/** What the member answered about gatherings ahead, and what is ahead in the member's chapter and those above it. */
export const MY_GATHERINGS = graphql(`
  query MyGatherings($from: Instant!) {
    me {
      id
      rsvps(first: 20, filter: { from: $from }) {
        nodes {
          id
          status
          offerExpiresAt
          requestedAt
          refusal
          gathering {
            id
            kind
            title
            state
            startsAt
            timeZone
            place
          }
        }
      }
      chapter {
        gatherings(first: 5, filter: { from: $from }) {
          nodes {
            id
            kind
            title
            state
            startsAt
            timeZone
            place
          }
        }
        parent {
          gatherings(first: 5, filter: { from: $from }) {
            nodes {
              id
              kind
              title
              state
              startsAt
              timeZone
              place
            }
          }
          parent {
            gatherings(first: 5, filter: { from: $from }) {
              nodes {
                id
                kind
                title
                state
                startsAt
                timeZone
                place
              }
            }
          }
        }
      }
    }
  }
`);
export const RSVP = graphql(`
  mutation Rsvp($id: ID!, $status: RsvpStatus!) {
    rsvp(input: { gatheringId: $id, status: $status }) {
      id
      status
    }
  }
`);

type Found = ResultOf<typeof MY_GATHERINGS>;
type Rsvp = NonNullable<Found['me']>['rsvps']['nodes'][number];

/** A gathering ahead, and what the member answered; null for nothing yet. */
export interface Answer {
  readonly id: string | null;
  readonly status: Rsvp['status'] | null;
  /** What decides about a place: an offer that holds, a request, or why not. */
  readonly place?: Pick<Rsvp, 'offerExpiresAt' | 'requestedAt' | 'refusal'>;
  readonly gathering: NonNullable<Rsvp['gathering']>;
}

/** Everything ahead, soonest first, each gathering once. */
export function answersOf({ me }: Found): Answer[] {
  if (me === null) return [];
  const given: Answer[] = me.rsvps.nodes.flatMap(({ id, status, gathering, ...place }) =>
    gathering === null ? [] : [{ id, status, gathering, place }],
  );
  const known = new Set(given.map(({ gathering }) => gathering.id));
  const chapters = [me.chapter, me.chapter.parent, me.chapter.parent?.parent];
  const near = chapters.flatMap((chapter) => chapter?.gatherings.nodes ?? []);
  const asked = near
    .filter(({ id, state }) => !known.has(id) && state === 'SCHEDULED')
    .map((gathering) => ({ id: null, status: null, gathering }));
  return [...given, ...asked].sort((a, b) => (a.gathering.startsAt < b.gathering.startsAt ? -1 : 1));
}
