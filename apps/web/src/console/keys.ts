import { useLocalStorage } from '@mantine/hooks';
import { useEffect, useRef } from 'react';

/** Whether keys without Ctrl do something (WCAG 2.1.4 wants a way to switch them off); kept in this browser. */
export const useSingleKeys = (): [boolean, (on: boolean) => void] => {
  const [on, setOn] = useLocalStorage({
    key: 'unionhall.single-keys',
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  return [on, setOn];
};

const TYPED_INTO = 'input, textarea, select, [contenteditable="true"], [role="dialog"]';

/** What keys do anywhere in the console; `mod+k` is Ctrl or Command with K, and works while one types. */
export function useKeys(does: Readonly<Record<string, () => void>>): void {
  const [single] = useSingleKeys();
  const now = useRef(does);
  now.current = does;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.altKey || event.repeat) return;
      const mod = event.ctrlKey || event.metaKey;
      const typing = event.target instanceof Element && event.target.closest(TYPED_INTO) !== null;
      if (!mod && (typing || !single)) return;
      const does = now.current[`${mod ? 'mod+' : ''}${event.key.toLowerCase()}`];
      if (does === undefined) return;
      event.preventDefault();
      does();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [single]);
}

/** Puts the focus into the search field of the screen. @returns whether it has one. */
export function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('[data-search]');
  field?.focus();
  field?.select();
  return field !== null;
}
