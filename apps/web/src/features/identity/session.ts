import { useMutation, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { ask, Refusal } from '../../app/ask';
import { queries } from '../../app/app';
import { sessionEnded } from '../../app/session-end';
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

const NOBODY: Session = { viewer: null, me: null };
const who = async (signal?: AbortSignal): Promise<Session> =>
  ask(VIEWER, {}, { once: true, ...(signal === undefined ? {} : { signal }) }).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'AUTHZ.UNAUTHENTICATED') return NOBODY;
    throw error;
  });
const nobody = ({ viewer, me }: Session): boolean => viewer === null && me === null;

/**
 * Who is signed in: `viewer` is an account, `me` the member it belongs to; both null for nobody. When
 * somebody was, they are asked to sign in again before the screen is taken from them.
 */
export const useSession = (): UseQueryResult<Session> =>
  useQuery({
    queryKey: ['session'],
    queryFn: async ({ signal }) => {
      const before = queries.getQueryData<Session>(['session']);
      const now = await who(signal);
      const lost = before !== undefined && !nobody(before) && nobody(now);
      return lost && (await sessionEnded()) ? who(signal) : now;
    },
  });

/** Whether the person who was signed in here is so again. */
export async function sameAgain(): Promise<boolean> {
  const before = queries.getQueryData<Session>(['session']);
  const now = await who();
  return !nobody(now) && now.viewer?.id === before?.viewer?.id && now.me?.id === before?.me?.id;
}

export const signInByPassword = (given: { email: string; password: string }) => ask(BY_PASSWORD, given);

export const useSignIn = () =>
  useMutation({
    mutationFn: signInByPassword,
    onSuccess: () => queries.invalidateQueries(),
  });

export const useSignInLink = () =>
  useMutation({ mutationFn: (given: { email: string }) => ask(SEND_LINK, given) });

export const useSignOut = () =>
  useMutation({ mutationFn: () => ask(SIGN_OUT, {}), onSuccess: () => window.location.reload() });
