import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ask } from '../../app/ask';
import { graphql, type ResultOf, type VariablesOf } from '../../graphql';
import type { Column } from './columns';
import type { Sort } from './member-filters';

const MEMBERS = graphql(`
  query Members(
    $filter: MemberFilter
    $after: String
    $sort: MemberOrder
    $count: Boolean!
    $tags: Boolean!
    $came: Boolean!
    $city: Boolean!
    $joined: Boolean!
    $since: Boolean!
  ) {
    members(first: 100, after: $after, orderBy: $sort, filter: $filter) {
      totalCount @include(if: $count)
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
        tags @include(if: $tags)
        attendanceCount @include(if: $came)
        city @include(if: $city)
        joinedOn @include(if: $joined)
        createdAt @include(if: $since)
        chapter {
          name
        }
      }
    }
  }
`);
const TAGS = graphql(`
  query Tags {
    tags(first: 100) {
      nodes {
        id
        name
      }
    }
  }
`);

export type MemberFilter = NonNullable<VariablesOf<typeof MEMBERS>['filter']>;
export type MemberLine = ResultOf<typeof MEMBERS>['members']['nodes'][number];

/** The members that a filter finds, page after page; only the columns that are shown are read. */
export const useMembers = (filter: MemberFilter, sort: Sort, columns: readonly Column[]) => {
  const shows = (column: Column): boolean => columns.includes(column);
  return useInfiniteQuery({
    queryKey: ['members', filter, sort, columns],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const variables = {
        filter,
        sort,
        after: pageParam,
        count: pageParam === null,
        tags: shows('tags'),
        came: shows('came'),
        city: shows('city'),
        joined: shows('joined'),
        since: shows('since'),
      };
      return (await ask(MEMBERS, variables, { signal })).members;
    },
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
    placeholderData: keepPreviousData,
  });
};

/** The names of the tags there are: the first hundred, to choose from. */
export const useTags = (enabled = true) =>
  useQuery({
    queryKey: ['tags'],
    enabled,
    staleTime: 60_000,
    queryFn: async ({ signal }) => (await ask(TAGS, {}, { signal })).tags.nodes.map(({ name }) => name),
  });
