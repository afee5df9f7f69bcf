import { useInfiniteQuery } from '@tanstack/react-query';
import { ask } from '../../app/ask';
import { graphql, type ResultOf } from '../../graphql';

const MINE = graphql(`
  query MyTestimony($after: ID) {
    myTestimony(first: 20, after: $after) {
      next
      nodes {
        id
        language
        state
        heardAt
        withdrawnAt
        quote
        namedAs
        pseudonym
        sharedWith
        texts {
          id
          kind
          language
          text
          machine
          madeBy
          reviewedAt
        }
        themes {
          id
          name
        }
      }
    }
    testimonyConsentWordings {
      version
      current
      en
      es
    }
  }
`);
export const CHANGE = graphql(`
  mutation ChangeMyTestimonyConsent($input: ChangeTestimonyConsentInput!) {
    changeTestimonyConsent(input: $input) {
      id
    }
  }
`);
export const WITHDRAW = graphql(`
  mutation WithdrawMyTestimony($id: ID!) {
    withdrawTestimony(testimonyId: $id) {
      id
    }
  }
`);

export type MyTestimony = ResultOf<typeof MINE>['myTestimony']['nodes'][number];

/** What the member has said, newest first; page after page. */
export const useMyTestimony = () =>
  useInfiniteQuery({
    queryKey: ['my-testimony'],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => ask(MINE, { after: pageParam }, { signal }),
    getNextPageParam: ({ myTestimony }) => myTestimony.next,
  });
