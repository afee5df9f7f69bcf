import { lazy, Suspense, useSyncExternalStore, type ReactNode } from 'react';

const load = () => import('./notices');
const Notices = lazy(load);
const listeners = new Set<() => void>();
let spoken = false;

/** Says in a corner what was done; `alert` for what was refused. The corner is loaded when first needed. */
export function say(message: string, how: 'status' | 'alert' = 'status'): void {
  spoken = true;
  for (const listener of listeners) listener();
  void load().then(({ show }) => show({ message, how }));
}

const listen = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Where `say` is heard. */
export function Corner(): ReactNode {
  const heard = useSyncExternalStore(listen, () => spoken);
  return heard ? (
    <Suspense>
      <Notices />
    </Suspense>
  ) : null;
}
