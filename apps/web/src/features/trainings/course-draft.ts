import type { FieldProblem } from '../../app/error-summary';
import { t } from '../../app/i18n';
import { trainings } from './strings';

export interface ModuleDraft {
  readonly title: string;
  readonly minutes: string;
  readonly required: boolean;
}

/** A course as it is being typed. */
export interface CourseDraft {
  readonly chapterId: string;
  readonly title: string;
  readonly description: string;
  readonly months: string;
  readonly preparesFor: 'FACILITATOR' | 'TRAINER' | '';
  readonly modules: readonly ModuleDraft[];
}

export const emptyModule = (): ModuleDraft => ({ title: '', minutes: '', required: true });
export const emptyCourse = (): CourseDraft => ({
  chapterId: '',
  title: '',
  description: '',
  months: '24',
  preparesFor: '',
  modules: [emptyModule()],
});

const whole = (value: string, from: number, to: number): boolean =>
  value.trim() === '' || (/^\d{1,5}$/.test(value.trim()) && Number(value) >= from && Number(value) <= to);

/** What cannot be sent, in the order of the form. */
export function courseProblems(draft: CourseDraft): FieldProblem[] {
  const of = (is: boolean, field: string, message: string): FieldProblem[] =>
    is ? [{ field, message }] : [];
  return [
    ...of(draft.chapterId === '', 'chapterId', t(trainings.needChapter)),
    ...of(draft.title.trim() === '', 'title', t(trainings.needTitle)),
    ...of(!whole(draft.months, 1, 120), 'months', t(trainings.needMonths)),
    ...draft.modules.flatMap((module, index) => [
      ...of(module.title.trim() === '', `module-${index}`, t(trainings.needModule, { number: index + 1 })),
      ...of(
        !whole(module.minutes, 1, 10_080),
        `minutes-${index}`,
        t(trainings.needMinutes, { number: index + 1 }),
      ),
    ]),
  ];
}

const numberOf = (value: string): number | null => (value.trim() === '' ? null : Number(value));

/** What the API takes. Modules of a course that is open stay as they are. */
export const courseInput = (draft: CourseDraft, courseId: string | null, withModules: boolean) => ({
  courseId,
  ...(courseId === null ? { chapterId: draft.chapterId } : {}),
  title: draft.title.trim(),
  description: draft.description.trim(),
  certificateMonths: numberOf(draft.months),
  preparesFor: draft.preparesFor === '' ? null : draft.preparesFor,
  ...(withModules
    ? {
        modules: draft.modules.map(({ title, minutes, required }) => ({
          title: title.trim(),
          minimumMinutes: numberOf(minutes),
          required,
        })),
      }
    : {}),
});
