import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ask } from '../../app/ask';
import { graphql, type ResultOf } from '../../graphql';

const SEQUENCES = graphql(`
  query Sequences($filter: SequenceFilter, $after: String) {
    sequences(first: 25, after: $after, filter: $filter) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        title
        purpose
        state
        startedAt
        enrolledCount
        activeCount
        chapter {
          name
        }
      }
    }
  }
`);
const OF_GATHERING = graphql(`
  query GatheringSequences($id: ID!) {
    gathering(id: $id) {
      sequences(first: 20) {
        nodes {
          id
          title
          purpose
          state
          startedAt
          enrolledCount
          activeCount
          chapter {
            name
          }
        }
      }
    }
  }
`);
const SEQUENCE = graphql(`
  query Sequence($id: ID!) {
    sequence(id: $id) {
      id
      title
      purpose
      state
      startedAt
      enrolledCount
      activeCount
      audience
      heldReason
      entriesOpen
      version
      versions
      chapter {
        name
      }
      gathering {
        id
        title
        startsAt
        timeZone
      }
      steps(first: 50) {
        nodes {
          id
          position
          kind
          name
          config
          waiting
          nextDueAt
          outcomes
        }
      }
    }
  }
`);
const DELIVERIES = graphql(`
  query Deliveries($id: ID!, $filter: DeliveryFilter!, $after: String) {
    sequence(id: $id) {
      deliveries(first: 25, after: $after, filter: $filter) {
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          id
          state
          reason
          decidedAt
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

export type SequenceLine = ResultOf<typeof SEQUENCES>['sequences']['nodes'][number];
export type Sequence = NonNullable<ResultOf<typeof SEQUENCE>['sequence']>;
export type Step = Sequence['steps']['nodes'][number];

/** How the screens gather the states of a delivery: what has not been decided is due. */
export const SHOWN = {
  PENDING: ['DUE', 'LEASED', 'ATTEMPTING'],
  ACCEPTED: ['ACCEPTED'],
  SUPPRESSED: ['SUPPRESSED'],
  REJECTED: ['REJECTED'],
  UNCERTAIN: ['UNCERTAIN'],
} as const;
export type Shown = keyof typeof SHOWN;
export const SHOWN_STATES = Object.keys(SHOWN) as Shown[];

interface Outcome {
  readonly state: string;
  readonly reason: string | null;
  readonly total: number;
}

/** What became of a step's messages, or of those of several steps. */
export const outcomesOf = (steps: readonly Step[], shown: Shown): readonly Outcome[] =>
  steps
    .flatMap(({ outcomes }) => outcomes as Outcome[])
    .filter(({ state }) => (SHOWN[shown] as readonly string[]).includes(state));
export const totalOf = (steps: readonly Step[], shown: Shown): number =>
  outcomesOf(steps, shown).reduce((sum, { total }) => sum + total, 0);

/** The outreach of a scope, newest first; page after page. */
export const useSequences = (scope: string) =>
  useInfiniteQuery({
    queryKey: ['sequences', scope],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) =>
      (
        await ask(
          SEQUENCES,
          { filter: scope === '' ? null : { within: scope }, after: pageParam },
          { signal },
        )
      ).sequences,
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
  });

export const useGatheringSequences = (id: string) =>
  useQuery({
    queryKey: ['sequences', 'gathering', id],
    queryFn: async ({ signal }) =>
      (await ask(OF_GATHERING, { id }, { signal })).gathering?.sequences?.nodes ?? [],
  });

const OFTEN = 2_000;
const SELDOM = 20_000;

/** A sequence; asked again often while messages are due, seldom while people wait, not when it has ended or is out of sight. */
export const useSequence = (id: string) =>
  useQuery({
    queryKey: ['sequence', id],
    queryFn: async ({ signal }) => (await ask(SEQUENCE, { id }, { signal })).sequence,
    refetchInterval: ({ state: { data } }) => {
      if (data == null || data.state === 'ENDED') return false;
      const { nodes } = data.steps;
      const fresh = Date.now() - new Date(data.startedAt).getTime() < 60_000;
      return data.state === 'ACTIVE' && (fresh || totalOf(nodes, 'PENDING') > 0) ? OFTEN : SELDOM;
    },
  });

/** The messages of one step in one state; page after page. */
export const useDeliveries = (id: string, stepId: string, shown: Shown, total: number) =>
  useInfiniteQuery({
    queryKey: ['sequence', id, 'deliveries', stepId, shown, total],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const filter = { step: stepId, state: { in: [...SHOWN[shown]] } };
      return (
        (await ask(DELIVERIES, { id, filter, after: pageParam }, { signal })).sequence?.deliveries ?? NONE
      );
    },
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
  });

const NONE = { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] };
