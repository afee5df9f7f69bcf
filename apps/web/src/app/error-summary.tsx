import { Alert, Anchor, List } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { ConnectionLost, Refusal } from './ask';
import { t } from './i18n';
import { reasonOf } from './outcome';
import { words } from './words';

/** What cannot stand in a form; `field` is the id of the input it is about. */
export interface FieldProblem {
  readonly field?: string;
  readonly message: string;
}

/** The input of that id, or of the place that it is in: of `steps[2].cases[0].to`, perhaps `steps[2]`. */
function nearest(field: string): HTMLElement | null {
  for (let id = field; id !== ''; id = id.replace(/(\.[^.[]*|\[[^[]*\]|^[^.[]*)$/, '')) {
    const found = document.getElementById(id);
    if (found !== null) return found;
  }
  return null;
}

/** What stands in the way of a form, on top of it: focus moves here, and each line leads to its field. */
export function ErrorSummary({ problems }: { problems: readonly FieldProblem[] }): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problems.length > 0) box.current?.focus();
  }, [problems]);
  if (problems.length === 0) return null;
  return (
    <Alert ref={box} tabIndex={-1} role="alert" color="red" variant="outline" title={t(words.problem)}>
      <List spacing="xs">
        {problems.map(({ field, message }) => (
          <List.Item key={`${field ?? ''} ${message}`}>
            {field === undefined ? (
              message
            ) : (
              <Anchor
                href={`#${field}`}
                c="var(--mantine-color-error)"
                onClick={(event) => {
                  event.preventDefault();
                  nearest(field)?.focus();
                }}
              >
                {message}
              </Anchor>
            )}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

/** The message about one field, for the `error` of its input. */
export const problemAt = (problems: readonly FieldProblem[], field: string): string | undefined =>
  problems.find((one) => one.field === field)?.message;

/**
 * What the API refused, as problems of a form.
 * @param fieldOf the id of the input that a field of the operation is shown as.
 * @param wordOf a text of ours for a code; without it, the API's own.
 */
export function problemsOf(
  error: unknown,
  fieldOf: (field: string) => string | undefined,
  wordOf: (code: string) => string | undefined = () => undefined,
): FieldProblem[] {
  if (!(error instanceof Refusal) || error instanceof ConnectionLost) return [{ message: reasonOf(error) }];
  return error.problems.map(({ code, message, field }) => {
    const at = field === undefined ? undefined : fieldOf(field);
    const said = code === 'AUTHZ.UNAUTHENTICATED' ? t(words.ended) : (wordOf(code) ?? message);
    return { message: said, ...(at === undefined ? {} : { field: at }) };
  });
}
