import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ask } from '../../app/ask';
import { graphql, type ResultOf } from '../../graphql';

const BEHIND = graphql(`
  query BehindDemands($slug: String!) {
    campaign(slug: $slug) {
      chapter {
        id
      }
      demands(first: 50) {
        nodes {
          id
          themes(first: 20) {
            nodes {
              id
              name
              state
              theme {
                id
              }
            }
          }
          heard(first: 5) {
            nodes {
              id
              number
              publishedAt
              themes(first: 20) {
                nodes {
                  id
                  name
                  persons
                }
              }
            }
          }
        }
      }
    }
  }
`);
const QUOTES = graphql(`
  query DemandQuotes($id: ID!, $after: ID) {
    demandQuotes(demandId: $id, after: $after) {
      next
      quotes {
        id
        verbatim
        name
        language
        text
        heardIn
        translations {
          language
          text
        }
      }
    }
  }
`);
export const LINK = graphql(`
  mutation LinkThemeToDemand($input: DemandThemeInput!) {
    linkThemeToDemand(input: $input) {
      id
    }
  }
`);
export const UNLINK = graphql(`
  mutation UnlinkThemeFromDemand($input: DemandThemeInput!) {
    unlinkThemeFromDemand(input: $input) {
      id
    }
  }
`);
export const PUBLISH = graphql(`
  mutation PublishHeard($id: ID!) {
    publishHeard(demandId: $id) {
      id
    }
  }
`);

export type BehindDemand = NonNullable<ResultOf<typeof BEHIND>['campaign']>['demands']['nodes'][number];
export type Quote = ResultOf<typeof QUOTES>['demandQuotes']['quotes'][number];

/** The themes behind each demand of a campaign, and what was published of them. */
export const useBehind = (slug: string) =>
  useQuery({
    queryKey: ['listening', 'behind', slug],
    queryFn: async ({ signal }) => (await ask(BEHIND, { slug }, { signal })).campaign,
  });

/** What may be quoted on the themes behind a demand; page after page. */
export const useDemandQuotes = (id: string, open: boolean) =>
  useInfiniteQuery({
    queryKey: ['listening', 'quotes', id],
    enabled: open,
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) =>
      (await ask(QUOTES, { id, after: pageParam }, { signal })).demandQuotes,
    getNextPageParam: ({ next }) => next,
  });
