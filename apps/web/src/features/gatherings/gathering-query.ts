import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ask } from '../../app/ask';
import { graphql, type ResultOf } from '../../graphql';

const GATHERING = graphql(`
  query Gathering($id: ID!) {
    gathering(id: $id) {
      id
      kind
      state
      title
      description
      startsAt
      endsAt
      timeZone
      language
      listed
      place
      onlineUrl
      capacity
      goingCount
      waitlistedCount
      admission
      guestsAllowed
      offerHours
      series {
        id
      }
      attendedCount
      chapter {
        id
        name
      }
      GOING: rsvps(first: 1, filter: { status: [GOING] }) {
        totalCount
      }
      MAYBE: rsvps(first: 1, filter: { status: [MAYBE] }) {
        totalCount
      }
      WAITLISTED: rsvps(first: 1, filter: { status: [WAITLISTED] }) {
        totalCount
      }
      DECLINED: rsvps(first: 1, filter: { status: [DECLINED] }) {
        totalCount
      }
      CANCELLED: rsvps(first: 1, filter: { status: [CANCELLED] }) {
        totalCount
      }
    }
  }
`);
const ANSWERS = graphql(`
  query GatheringAnswers($id: ID!, $status: [RsvpStatus!], $after: String) {
    gathering(id: $id) {
      rsvps(first: 50, after: $after, filter: { status: $status }) {
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          id
          status
          came
          member {
            id
            givenName
            familyName
          }
        }
      }
    }
  }
`);
const ATTENDANCES = graphql(`
  query GatheringAttendances($id: ID!, $after: String) {
    gathering(id: $id) {
      attendances(first: 50, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          id
          status
          minutes
          member {
            id
            givenName
            familyName
          }
        }
      }
    }
  }
`);

export type Gathering = NonNullable<ResultOf<typeof GATHERING>['gathering']>;
export const ANSWER_STATUSES = ['GOING', 'MAYBE', 'WAITLISTED', 'DECLINED', 'CANCELLED'] as const;
export type AnswerStatus = (typeof ANSWER_STATUSES)[number];

/** A gathering with how many gave each answer. */
export const useGathering = (id: string) =>
  useQuery({
    queryKey: ['gathering', id],
    queryFn: async ({ signal }) => (await ask(GATHERING, { id }, { signal })).gathering,
  });

/** Who gave an answer, and what is known of whether they came; page after page. */
export const useAnswers = (id: string, status: AnswerStatus) =>
  useInfiniteQuery({
    queryKey: ['gathering', id, 'answers', status],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) =>
      (await ask(ANSWERS, { id, status: [status], after: pageParam }, { signal })).gathering?.rsvps ?? NOBODY,
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
  });

/** Whose attendance is known; page after page. */
export const useAttendances = (id: string) =>
  useInfiniteQuery({
    queryKey: ['gathering', id, 'attendances'],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) =>
      (await ask(ATTENDANCES, { id, after: pageParam }, { signal })).gathering?.attendances ?? NOBODY,
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
  });

const NOBODY = { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] };
