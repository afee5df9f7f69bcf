import { useEffect, useState } from 'react';

const read = <T>(key: string): T | undefined => {
  const kept = sessionStorage.getItem(key);
  return kept === null ? undefined : (JSON.parse(kept) as T);
};

/**
 * What is being typed into a form: kept for this tab until it is forgotten, so that a reload, a lost
 * connection or a session that ends loses none of it.
 */
export function useDraft<T extends object>(
  name: string,
  initial: T,
): [T, (change: Partial<T>) => void, () => void] {
  const key = `unionhall.draft.${name}`;
  const [draft, setDraft] = useState<T>(() => ({ ...initial, ...read<Partial<T>>(key) }));
  const [touched, setTouched] = useState(false);
  useEffect(() => {
    if (touched) sessionStorage.setItem(key, JSON.stringify(draft));
  }, [touched, key, draft]);
  const change = (part: Partial<T>): void => {
    setTouched(true);
    setDraft((before) => ({ ...before, ...part }));
  };
  const forget = (): void => {
    setTouched(false);
    sessionStorage.removeItem(key);
  };
  return [draft, change, forget];
}
