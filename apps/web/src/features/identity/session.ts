import { useMutation, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { ask } from '../../app/ask';
import { queries } from '../../app/app';
import { graphql, type ResultOf } from '../../graphql';

const VIEWER = graphql(`
  query Viewer {
    viewer {
      id
      email
      grants(first: 20) {
        nodes {
          role
          chapterId
        }
      }
    }
    me {
      id
      givenName
      familyName
    }
  }
`);
const BY_PASSWORD = graphql(`
  mutation SignInWithPassword($email: String!, $password: String!) {
    signInWithPassword(email: $email, password: $password) {
      expiresAt
    }
  }
`);
const SEND_LINK = graphql(`
  mutation RequestSignInLink($email: String!) {
    requestSignInLink(email: $email)
  }
`);
const SIGN_OUT = graphql(`
  mutation SignOut {
    signOut
  }
`);

export type Session = ResultOf<typeof VIEWER>;

/** Who is signed in: `viewer` is an account, `me` the member it belongs to; both null for nobody. */
export const useSession = (): UseQueryResult<Session> =>
  useQuery({
    queryKey: ['session'],
    queryFn: async ({ signal }) =>
      ask(VIEWER, {}, { signal }).catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'FORBIDDEN')
          return { viewer: null, me: null };
        throw error;
      }),
  });

export const useSignIn = () =>
  useMutation({
    mutationFn: (given: { email: string; password: string }) => ask(BY_PASSWORD, given),
    onSuccess: () => queries.invalidateQueries(),
  });

export const useSignInLink = () =>
  useMutation({ mutationFn: (given: { email: string }) => ask(SEND_LINK, given) });

export const useSignOut = () =>
  useMutation({ mutationFn: () => ask(SIGN_OUT, {}), onSuccess: () => window.location.reload() });
