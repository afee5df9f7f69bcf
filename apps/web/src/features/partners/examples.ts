import { desk } from './desk-strings';

/** Queries that work as they stand, to begin from. */
export const EXAMPLES = [
  {
    id: 'table',
    word: desk.exTable,
    variables: (campaign: string): string => JSON.stringify({ slug: campaign }),
    query: `query PledgeTable($slug: String!) {
  campaign(slug: $slug) {
    title
    pledgeCounts {
      takenAt
      total
      cells(first: 100) { nodes { kind region members } }
    }
  }
}`,
  },
  {
    id: 'members',
    word: desk.exMembers,
    variables: (): string => '{"after": null}',
    query: `query SharedPage($after: String) {
  members(first: 50, after: $after) {
    nodes { givenName chapterName email }
    pageInfo { endCursor hasNextPage }
  }
}`,
  },
  {
    id: 'standing',
    word: desk.exStanding,
    variables: (): string => '{}',
    query: `query Standing {
  partnership { name today { queries cost people } limits { peoplePerDay nodes } }
}`,
  },
] as const;
