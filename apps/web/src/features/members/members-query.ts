import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { ask } from '../../app/ask';
import { graphql, type ResultOf, type VariablesOf } from '../../graphql';

const MEMBERS = graphql(`
  query Members($filter: MemberFilter, $after: String) {
    members(first: 100, after: $after, orderBy: NAME, filter: $filter) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        givenName
        familyName
        status
        language
        tags
        attendanceCount
        chapter {
          name
        }
      }
    }
  }
`);

export type MemberFilter = NonNullable<VariablesOf<typeof MEMBERS>['filter']>;
export type MemberLine = ResultOf<typeof MEMBERS>['members']['nodes'][number];

/** The members that a filter finds, page after page. */
export const useMembers = (filter: MemberFilter) =>
  useInfiniteQuery({
    queryKey: ['members', filter],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) =>
      (await ask(MEMBERS, { filter, after: pageParam }, { signal })).members,
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
    placeholderData: keepPreviousData,
  });
