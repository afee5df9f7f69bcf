import { AppError } from '@unionhall/platform';

export const courseInvalid = (field: string, message: string): AppError =>
  new AppError('invalid', 'COURSE.INVALID', message, { field });

export const courseNotFound = (field: string): AppError =>
  new AppError('not_found', 'COURSE.NOT_FOUND', 'No such course.', { field });

export const courseNotDraft = (): AppError =>
  new AppError('conflict', 'COURSE.NOT_DRAFT', 'A course that has been opened keeps its modules.', {
    field: 'input.modules',
  });

export const prerequisiteCircle = (field: string): AppError =>
  new AppError('invalid', 'COURSE.PREREQUISITE_CIRCLE', 'A course cannot come before itself.', { field });

export const moduleNotFound = (field: string): AppError =>
  new AppError('not_found', 'COURSE.MODULE_NOT_FOUND', 'No such module of an open course.', { field });

export const notATraining = (): AppError =>
  new AppError('conflict', 'COURSE.NOT_A_TRAINING', 'Modules are taught at trainings.', {
    field: 'gatheringId',
  });

export const certificateNotFound = (field = 'id'): AppError =>
  new AppError('not_found', 'CERTIFICATE.NOT_FOUND', 'No such certificate.', { field });

export const qualificationNotFound = (): AppError =>
  new AppError('not_found', 'QUALIFICATION.NOT_FOUND', 'No such qualification.', { field: 'id' });

export const alreadyQualified = (): AppError =>
  new AppError('conflict', 'QUALIFICATION.ALREADY', 'This member is qualified for that already.', {
    field: 'input.memberId',
  });

/** `courses` are those that are still to be completed, by title. */
export const prerequisiteMissing = (courses: readonly { id: string; title: string }[]): AppError =>
  new AppError('conflict', 'RSVP.PREREQUISITE_MISSING', 'Another course comes before this one.', {
    field: 'input.gatheringId',
    details: { courses },
  });
