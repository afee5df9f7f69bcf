import { useSyncExternalStore } from 'react';

interface Pause {
  readonly end: Promise<boolean>;
  readonly goOn: (again: boolean) => void;
}

let pause: Pause | undefined;
const listeners = new Set<() => void>();
const tell = (): void => listeners.forEach((listener) => listener());

/**
 * Halts what needs a session until the person has signed in again: true when they have, false when they would
 * not, or when nothing on the screen can ask them.
 */
export function sessionEnded(): Promise<boolean> {
  if (listeners.size === 0) return Promise.resolve(false);
  if (pause === undefined) {
    let goOn: Pause['goOn'] = () => undefined;
    const end = new Promise<boolean>((resolve) => (goOn = resolve));
    pause = { end, goOn };
    tell();
  }
  return pause.end;
}

/** Lets everything that waits go on: once more when the person has signed `again`, as refused otherwise. */
export function goOn(again: boolean): void {
  const over = pause;
  pause = undefined;
  over?.goOn(again);
  tell();
}

const listen = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Whether something waits for the person to sign in again; whoever calls this promises to ask them. */
export const useSessionEnded = (): boolean => useSyncExternalStore(listen, () => pause !== undefined);
