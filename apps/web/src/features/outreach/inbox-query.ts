import { useInfiniteQuery } from '@tanstack/react-query';
import { ask } from '../../app/ask';
import { graphql, type ResultOf } from '../../graphql';

const REPLIES = graphql(`
  query Replies($filter: ReplyFilter, $after: String) {
    replies(first: 25, after: $after, filter: $filter) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        channel
        body
        at
        asksToStop
        handledAt
        outcome
        member {
          id
          givenName
          familyName
        }
      }
    }
  }
`);
const TASKS = graphql(`
  query Tasks($filter: TaskFilter, $after: String) {
    tasks(first: 25, after: $after, filter: $filter) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        title
        madeAt
        doneAt
        member {
          id
          givenName
          familyName
        }
        sequence {
          id
          title
        }
      }
    }
  }
`);

export type ReplyLine = ResultOf<typeof REPLIES>['replies']['nodes'][number];
export type TaskLine = ResultOf<typeof TASKS>['tasks']['nodes'][number];

/** What members wrote, newest first; what waits for a person, or all of it. */
export const useReplies = (waiting: boolean) =>
  useInfiniteQuery({
    queryKey: ['inbox', 'replies', waiting],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) =>
      (
        await ask(
          REPLIES,
          { filter: waiting ? { handledAt: { isNull: true } } : null, after: pageParam },
          { signal },
        )
      ).replies,
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
  });

/** What is to do, oldest first; or what was done too. */
export const useTasks = (open: boolean) =>
  useInfiniteQuery({
    queryKey: ['inbox', 'tasks', open],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) =>
      (await ask(TASKS, { filter: open ? { open: true } : null, after: pageParam }, { signal })).tasks,
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
  });
