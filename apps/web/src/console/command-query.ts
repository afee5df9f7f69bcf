import { useQuery } from '@tanstack/react-query';
import { ask } from '../app/ask';
import { graphql } from '../graphql';

const FIND = graphql(`
  query CommandMembers($filter: MemberFilter!) {
    members(first: 6, orderBy: NAME, filter: $filter) {
      nodes {
        id
        givenName
        familyName
        chapter {
          name
        }
      }
    }
  }
`);
const AHEAD = graphql(`
  query CommandThings($from: Instant!) {
    gatherings(first: 50, filter: { from: $from }, orderBy: STARTS_AT) {
      nodes {
        id
        title
        startsAt
        timeZone
      }
    }
    campaigns(first: 50) {
      nodes {
        id
        slug
        title
        target
      }
    }
  }
`);

/** As each look at people is written down, nobody is looked up for a single sign. */
const FEWEST_SIGNS = 2;

/** People whose name begins as typed. */
export const useFoundMembers = (typed: string, may: boolean) =>
  useQuery({
    queryKey: ['command-members', typed],
    enabled: may && typed.length >= FEWEST_SIGNS,
    queryFn: async ({ signal }) => (await ask(FIND, { filter: { named: typed } }, { signal })).members.nodes,
  });

/** The gatherings that are ahead and the newest campaigns, to be sifted while one types. */
export const useThings = () =>
  useQuery({
    queryKey: ['command-things'],
    queryFn: ({ signal }) => ask(AHEAD, { from: new Date().toISOString() }, { signal }),
  });
