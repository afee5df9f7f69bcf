import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ask } from '../../app/ask';
import { graphql, type ResultOf } from '../../graphql';

const AGENDA = graphql(`
  query Agenda($filter: GatheringFilter, $order: GatheringOrder, $after: String, $first: Int!) {
    gatherings(first: $first, after: $after, filter: $filter, orderBy: $order) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        kind
        state
        title
        startsAt
        timeZone
        place
        goingCount
        capacity
        chapter {
          name
        }
      }
    }
  }
`);

export type GatheringKind = 'TRAINING' | 'LISTENING_SESSION';
export type GatheringLine = ResultOf<typeof AGENDA>['gatherings']['nodes'][number];

export interface AgendaFilter {
  /** The chapter whose subtree is looked at; empty: everywhere. */
  readonly scope: string;
  readonly kind: GatheringKind | '';
}

const filterOf = ({ scope, kind }: AgendaFilter) => ({
  ...(scope === '' ? {} : { within: scope }),
  ...(kind === '' ? {} : { kind }),
});

/** What is not over yet, next first; or what is over, latest first: page after page. */
export const useAgenda = (filter: AgendaFilter, past: boolean) =>
  useInfiniteQuery({
    queryKey: ['agenda', filter, past],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const now = new Date().toISOString();
      const variables = {
        filter: { ...filterOf(filter), ...(past ? { until: now } : { from: now }) },
        order: past ? ('LATEST' as const) : ('STARTS_AT' as const),
        after: pageParam,
        first: 25,
      };
      return (await ask(AGENDA, variables, { signal })).gatherings;
    },
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
  });

const DAY = 86_400_000;

/** What begins in a month, by the calendars of the places: at most a hundred. @param month `YYYY-MM`. */
export const useMonth = (filter: AgendaFilter, month: string) =>
  useQuery({
    queryKey: ['agenda', filter, month],
    queryFn: async ({ signal }) => {
      const first = new Date(`${month}-01T00:00:00Z`);
      const next = new Date(first);
      next.setUTCMonth(next.getUTCMonth() + 1);
      const startsAt = {
        gte: new Date(first.getTime() - DAY).toISOString(),
        lt: new Date(next.getTime() + DAY).toISOString(),
      };
      const variables = {
        filter: { ...filterOf(filter), startsAt },
        order: 'STARTS_AT' as const,
        after: null,
      };
      return (await ask(AGENDA, { ...variables, first: 100 }, { signal })).gatherings.nodes.filter(
        ({ startsAt: at, timeZone }) => dayIn(at, timeZone).startsWith(month),
      );
    },
  });

/** The calendar day of an instant in a zone, `YYYY-MM-DD`. */
export const dayIn = (instant: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(instant),
  );

/** The time of day of an instant in a zone, `HH:mm`. */
export const timeIn = (instant: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(
    new Date(instant),
  );
