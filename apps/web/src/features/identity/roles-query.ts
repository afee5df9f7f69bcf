import { useInfiniteQuery } from '@tanstack/react-query';
import { ask } from '../../app/ask';
import { graphql, type ResultOf } from '../../graphql';

const GRANTS = graphql(`
  query RoleGrants($after: String) {
    roleGrants(first: 50, after: $after, filter: { live: true }) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        userId
        email
        role
        purposes
        expiresAt
        chapter {
          name
        }
      }
    }
  }
`);
export const GRANT = graphql(`
  mutation GrantRole($input: GrantRoleInput!) {
    grantRole(input: $input) {
      id
    }
  }
`);
export const REVOKE = graphql(`
  mutation RevokeGrant($id: ID!) {
    revokeGrant(id: $id)
  }
`);

export const ROLES = ['ORGANIZER', 'FACILITATOR', 'STEWARD', 'ADMIN', 'AUDITOR'] as const;
export const PURPOSES = [
  'organizing',
  'campaigning',
  'training',
  'stewardship',
  'audit',
  'partnership',
] as const;
export type Purpose = (typeof PURPOSES)[number];
export type Grant = ResultOf<typeof GRANTS>['roleGrants']['nodes'][number];

/** The roles that hold today in the chapters that one administers, the newest first. */
export const useGrants = () =>
  useInfiniteQuery({
    queryKey: ['grants'],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) =>
      (await ask(GRANTS, { after: pageParam }, { signal })).roleGrants,
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
  });
