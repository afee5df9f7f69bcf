import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ask } from '../../app/ask';
import { graphql, type ResultOf } from '../../graphql';

const CAMPAIGNS = graphql(`
  query Campaigns($filter: CampaignFilter, $after: String) {
    campaigns(first: 25, after: $after, filter: $filter) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        slug
        title
        target
        state
        startsAt
        endsAt
        timeZone
        pledgeCount
        chapter {
          name
        }
      }
    }
  }
`);
const CAMPAIGN = graphql(`
  query Campaign($slug: String!) {
    campaign(slug: $slug) {
      id
      slug
      title
      summary
      target
      state
      startsAt
      endsAt
      timeZone
      pledgeCount
      tally
      chapter {
        name
      }
      phases(first: 20) {
        nodes {
          id
          title
          startsAt
          endsAt
        }
      }
      demands(first: 50) {
        nodes {
          id
          ordinal
          wording
          responses(first: 20) {
            nodes {
              id
              kind
              happenedOn
              source
              note
            }
          }
        }
      }
    }
  }
`);

export type CampaignLine = ResultOf<typeof CAMPAIGNS>['campaigns']['nodes'][number];
export type Campaign = NonNullable<ResultOf<typeof CAMPAIGN>['campaign']>;
export type Demand = Campaign['demands']['nodes'][number];
export const STATUSES = ['PLEDGED', 'KEPT', 'BROKEN', 'UNKNOWN', 'WITHDRAWN', 'LAPSED'] as const;
export const KINDS = [
  'LOG_OFF', 'PAUSE_ADS', 'FREEZE_POSTING', 'DECLINE_FUNDING', 'RECRUIT', 'ATTEND', 'CONTACT_TARGET',
] as const; // prettier-ignore

export interface Tally {
  readonly kind: (typeof KINDS)[number];
  readonly status: (typeof STATUSES)[number];
  readonly total: number;
}

/** How many commitments are of these statuses, of one kind or of all. */
export const tallied = (
  tally: readonly Tally[],
  statuses: readonly Tally['status'][],
  kind?: Tally['kind'],
): number =>
  tally
    .filter((one) => statuses.includes(one.status) && (kind === undefined || one.kind === kind))
    .reduce((sum, { total }) => sum + total, 0);

/** The campaigns of a scope, newest first; page after page. */
export const useCampaigns = (scope: string) =>
  useInfiniteQuery({
    queryKey: ['campaigns', scope],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) =>
      (
        await ask(
          CAMPAIGNS,
          { filter: scope === '' ? null : { within: scope }, after: pageParam },
          { signal },
        )
      ).campaigns,
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
  });

export const useCampaign = (slug: string) =>
  useQuery({
    queryKey: ['campaign', slug],
    queryFn: async ({ signal }) => (await ask(CAMPAIGN, { slug }, { signal })).campaign,
  });
