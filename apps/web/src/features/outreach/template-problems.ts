import { Refusal } from '../../app/ask';
import { problemsOf, type FieldProblem } from '../../app/error-summary';
import { t } from '../../app/i18n';
import { template } from './template-strings';

interface TextProblem {
  readonly code: string;
  readonly place: string;
  readonly line: number;
  readonly message: string;
}
const KNOWN = [
  'SYNTAX',
  'TAG_UNKNOWN',
  'VARIABLE_UNKNOWN',
  'LINK_INVALID',
  'TOO_LONG',
  'TEXT_MISSING',
] as const;
const isKnown = (code: string): code is (typeof KNOWN)[number] => (KNOWN as readonly string[]).includes(code);

/** What the API found wrong in a text, in words, at the field where it is. */
export function textProblems(error: unknown): FieldProblem[] {
  const [first] = error instanceof Refusal ? error.problems : [];
  if (first?.code === 'TEMPLATE.TEXT_INVALID')
    return (first.details as { problems: readonly TextProblem[] }).problems.map(
      ({ code, place, line, message }) => ({
        field: place.split('.')[0]!,
        message: isKnown(code)
          ? t(template[code], { line, sign: '{{ }}', name: /\{\{.*?\}\}/.exec(message)?.[0] ?? '' })
          : message,
      }),
    );
  return problemsOf(
    error,
    () => undefined,
    (code) => (code === 'TEMPLATE.CHANGED_MEANWHILE' ? t(template.changedMeanwhile) : undefined),
  );
}
