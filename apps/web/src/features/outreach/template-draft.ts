import { useDraft } from '../../app/use-draft';
import type { TemplateText } from './templates-query';

interface Typed {
  /** Null where nothing was typed over what is saved. */
  readonly subject: string | null;
  readonly body: string | null;
  /** The revision that was there when typing began; null for none. */
  readonly over: number | null;
}

const NOTHING: Typed = { subject: null, body: null, over: null };

/** A text as it is being written: what was typed, over what is saved. */
export interface TemplateDraft {
  readonly subject: string;
  readonly body: string;
  readonly revision: number | null;
  readonly changed: boolean;
  type(part: { readonly subject?: string; readonly body?: string }): void;
  undo(): void;
}

/** Kept for the tab until it is saved or undone. */
export function useTemplateDraft(
  id: string,
  language: string,
  saved: TemplateText | undefined,
): TemplateDraft {
  const [typed, change, forget] = useDraft<Typed>(`template.${id}.${language}`, NOTHING);
  const untouched = typed.subject === null && typed.body === null;
  const revision = saved?.revision ?? null;
  const subject = typed.subject ?? saved?.subject ?? '';
  const body = typed.body ?? saved?.body ?? '';
  return {
    subject,
    body,
    revision: untouched ? revision : typed.over,
    changed: subject !== (saved?.subject ?? '') || body !== (saved?.body ?? ''),
    type: (part) => change({ ...part, ...(untouched && { over: revision }) }),
    undo: () => {
      change(NOTHING);
      forget();
    },
  };
}
