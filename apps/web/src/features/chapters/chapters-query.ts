import { useQuery } from '@tanstack/react-query';
import { ask } from '../../app/ask';
import { graphql, type ResultOf } from '../../graphql';

const LEVEL = graphql(`
  query ChapterLevel($filter: ChapterFilter, $grants: Boolean!) {
    chapters(first: 100, orderBy: NAME, filter: $filter) {
      totalCount
      nodes {
        id
        name
        kind
        slug
        timeZone
        language
        childCount
        memberCount
        memberCountWithin
        grants(first: 10, filter: { live: true }) @include(if: $grants) {
          nodes {
            id
            role
            email
          }
        }
      }
    }
  }
`);

export const CREATE_CHAPTER = graphql(`
  mutation CreateChapter($input: CreateChapterInput!) {
    createChapter(input: $input) {
      id
    }
  }
`);
export const MOVE_CHAPTER = graphql(`
  mutation MoveChapter($id: ID!, $parentId: ID!) {
    moveChapter(id: $id, parentId: $parentId) {
      id
    }
  }
`);

export type ChapterLine = ResultOf<typeof LEVEL>['chapters']['nodes'][number];

/** The chapters right below one, or those that nothing stands above: one level of the tree. */
export const useLevel = (parent: string | null, grants: boolean) =>
  useQuery({
    queryKey: ['chapter-level', parent, grants],
    queryFn: async ({ signal }) => {
      const filter = parent === null ? { isRoot: true } : { parent };
      return (await ask(LEVEL, { filter, grants }, { signal })).chapters;
    },
  });
