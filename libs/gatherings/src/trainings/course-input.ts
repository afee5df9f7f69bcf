import { courseInvalid } from './trainings.errors';

export const MOST_MODULES = 50;
export const MOST_PREREQUISITES = 20;

export interface CourseModule {
  readonly title: string;
  /** So long one must have been there, where minutes are known; null: any time. */
  readonly minimumMinutes?: number | null;
  /** Whether the course is complete without it; yes, it is required, by default. */
  readonly required?: boolean | null;
}

export interface SaveCourse {
  /** Absent: a new one. */
  readonly courseId?: string | null;
  /** Of a new one. */
  readonly chapterId?: string | null;
  readonly title: string;
  readonly description?: string | null;
  /** BCP 47. */
  readonly language?: string | null;
  /** How long a certificate holds; null: for ever. */
  readonly certificateMonths?: number | null;
  /** How many of the modules that are not required one needs besides. */
  readonly optionalNeeded?: number | null;
  /** The rung that its certificate makes ready for. */
  readonly preparesFor?: 'facilitator' | 'trainer' | null;
  /** In their order, whole; absent: as they are. */
  readonly modules?: readonly CourseModule[] | null;
  /** Courses that come first, whole; absent: as they are. */
  readonly requires?: readonly string[] | null;
}

/** @throws AppError COURSE.INVALID naming the first field that cannot stand. */
export function checkCourse(input: SaveCourse): void {
  text('input.title', input.title, 200);
  if ((input.description ?? '').length > 10_000)
    throw courseInvalid('input.description', 'At most 10,000 characters.');
  if (input.language != null && !/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(input.language))
    throw courseInvalid('input.language', 'A language is a tag like en or pt-BR.');
  whole('input.certificateMonths', input.certificateMonths, 1, 120);
  whole('input.optionalNeeded', input.optionalNeeded, 0, MOST_MODULES);
  if ((input.requires ?? []).length > MOST_PREREQUISITES)
    throw courseInvalid('input.requires', `At most ${MOST_PREREQUISITES} courses.`);
  if (input.modules == null) return;
  if (input.modules.length > MOST_MODULES)
    throw courseInvalid('input.modules', `At most ${MOST_MODULES} modules.`);
  input.modules.forEach((module, index) => {
    text(`input.modules.${index}.title`, module.title, 200);
    whole(`input.modules.${index}.minimumMinutes`, module.minimumMinutes, 1, 10_080);
  });
  const optional = input.modules.filter(({ required }) => required === false).length;
  if ((input.optionalNeeded ?? 0) > optional)
    throw courseInvalid('input.optionalNeeded', 'There are fewer modules that are not required.');
}

function text(field: string, value: string, most: number): void {
  if (value.trim() === '' || value.length > most) throw courseInvalid(field, `From 1 to ${most} characters.`);
}

function whole(field: string, value: number | null | undefined, least: number, most: number): void {
  if (value != null && (!Number.isInteger(value) || value < least || value > most))
    throw courseInvalid(field, `A whole number from ${least} to ${most}.`);
}
