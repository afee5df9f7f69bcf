import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { ConnectionLost, Refusal } from '../../app/ask';
import { sendWaiting, type SendOutcome } from './door-sender';
import { onChange, outbox, type Outgoing } from './door-store';

const SHORTEST = 2_000;
const LONGEST = 60_000;

/** What a read of the store gives, read again after each change; undefined until the first. */
export function useKept<T>(read: () => Promise<T>): T | undefined {
  const [kept, setKept] = useState<T>();
  useEffect(() => {
    let current = true;
    const load = (): void =>
      void read().then((value) => {
        if (current) setKept(() => value);
      });
    load();
    const end = onChange(load);
    return () => {
      current = false;
      end();
    };
  }, [read]);
  return kept;
}

/** Whether the phone believes that it has a connection. */
export const useOnline = (): boolean =>
  useSyncExternalStore(
    (tell) => {
      addEventListener('online', tell);
      addEventListener('offline', tell);
      return () => {
        removeEventListener('online', tell);
        removeEventListener('offline', tell);
      };
    },
    () => navigator.onLine,
  );

export interface Outbox {
  readonly rows: readonly Outgoing[];
  readonly outcome: SendOutcome;
  /** Sends now what waits. */
  send(): void;
}

/** What waits to be sent, sent as soon as there is a connection; after a failure less and less often. */
export function useOutbox(): Outbox {
  const rows = useKept(outbox) ?? [];
  const online = useOnline();
  const [outcome, setOutcome] = useState<SendOutcome>('done');
  const [pause, setPause] = useState(0);
  const waiting = rows.filter(({ refused }) => refused === undefined).length;
  const send = useCallback(
    () =>
      void sendWaiting().then((how) => {
        setOutcome(how);
        setPause((before) => (how === 'done' ? 0 : Math.min(Math.max(before * 2, SHORTEST), LONGEST)));
      }),
    [],
  );
  useEffect(() => {
    if (waiting === 0 || !online) return undefined;
    const timer = setTimeout(send, pause);
    return () => clearTimeout(timer);
  }, [waiting, online, pause, send]);
  return { rows, outcome, send };
}

export type Asked = 'asking' | 'known' | 'lost' | 'ended' | 'refused';

/** Asks the union for what the store then holds; what was known before stays until there is an answer. */
export function useAsked(question: () => Promise<void>): { asked: Asked; error?: unknown; again(): void } {
  const [state, setState] = useState<{ asked: Asked; error?: unknown }>({ asked: 'asking' });
  const again = useCallback(() => {
    question().then(
      () => setState({ asked: 'known' }),
      (error: unknown) => {
        if (error instanceof ConnectionLost) return setState({ asked: 'lost' });
        const ended = error instanceof Refusal && error.code === 'AUTHZ.UNAUTHENTICATED';
        setState({ asked: ended ? 'ended' : 'refused', error });
      },
    );
  }, [question]);
  useEffect(again, [again]);
  return { ...state, again };
}
