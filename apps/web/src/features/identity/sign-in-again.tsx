import { lazy, Suspense, type ReactNode } from 'react';
import { useSessionEnded } from '../../app/session-end';

const Dialog = lazy(() => import('./sign-in-again-dialog'));

/** Asks whoever was signed in to sign in again when the session has ended, over what they were doing. */
export function SignInAgain({ linkOnly = false }: { linkOnly?: boolean }): ReactNode {
  const ended = useSessionEnded();
  return (
    ended && (
      <Suspense>
        <Dialog linkOnly={linkOnly} />
      </Suspense>
    )
  );
}
