import { AppError } from '@unionhall/platform';

export const testimonyNotFound = (field = 'input.testimonyId'): AppError =>
  new AppError('not_found', 'TESTIMONY.NOT_FOUND', 'No such testimony.', { field });

export const testimonyInvalid = (field: string, message: string): AppError =>
  new AppError('invalid', 'TESTIMONY.INVALID', message, { field });

export const consentInvalid = (field: string, message: string): AppError =>
  new AppError('invalid', 'TESTIMONY.CONSENT_INVALID', message, { field });

export const testimonyWithdrawn = (): AppError =>
  new AppError('conflict', 'TESTIMONY.WITHDRAWN', 'This testimony was withdrawn.');

export const notAListeningSession = (): AppError =>
  new AppError('conflict', 'TESTIMONY.NOT_A_SESSION', 'Testimony is taken at listening sessions.', {
    field: 'input.gatheringId',
  });

export const testimonyLanguageUnknown = (field: string): AppError =>
  new AppError('invalid', 'TESTIMONY.LANGUAGE_UNKNOWN', 'A language is a tag like en or es-MX (BCP 47).', {
    field,
  });

export const textNotFound = (): AppError =>
  new AppError('not_found', 'TESTIMONY.TEXT_NOT_FOUND', 'No such translation; perhaps it has changed.', {
    field: 'input.textId',
  });

export const ownTranslation = (): AppError =>
  new AppError('conflict', 'TESTIMONY.OWN_TRANSLATION', 'Somebody else reviews what you have translated.');

export const testimonyUnreadable = (): AppError =>
  new AppError('conflict', 'TESTIMONY.UNREADABLE', 'The key of this testimony is gone.');

export const themeNotFound = (field = 'input.themeId'): AppError =>
  new AppError('not_found', 'THEME.NOT_FOUND', 'No such theme that is in use here.', { field });

export const themeInvalid = (field: string, message: string): AppError =>
  new AppError('invalid', 'THEME.INVALID', message, { field });

export const themeNameTaken = (field: string): AppError =>
  new AppError('conflict', 'THEME.NAME_TAKEN', 'Another theme of this chapter has this name.', { field });

export const themeNotWider = (): AppError =>
  new AppError(
    'conflict',
    'THEME.NOT_WIDER',
    'A theme is merged into one of the same chapter, or of one above it.',
    { field: 'input.intoId' },
  );

export const splitIncomplete = (left: number): AppError =>
  new AppError('conflict', 'THEME.SPLIT_INCOMPLETE', 'Every testimony of the theme belongs to a part.', {
    field: 'input.parts',
    details: { left },
  });

export const splitForeign = (field: string): AppError =>
  new AppError('invalid', 'THEME.SPLIT_FOREIGN', 'This testimony is not coded with the theme.', { field });

export const codingOwn = (): AppError =>
  new AppError('conflict', 'CODING.OWN', 'Nobody codes what they have said themselves.');

export const codingSubmitted = (): AppError =>
  new AppError('conflict', 'CODING.SUBMITTED', 'You have submitted your codes.');

export const codingDone = (): AppError =>
  new AppError('conflict', 'CODING.DONE', 'Two people have coded this testimony.');

export const codingOpen = (): AppError =>
  new AppError('conflict', 'CODING.OPEN', 'Two people code a testimony before it is settled.');

export const codingSettled = (): AppError =>
  new AppError('conflict', 'CODING.SETTLED', 'The codes of this testimony are settled.');

export const codingAgreed = (): AppError =>
  new AppError('conflict', 'CODING.AGREED', 'What both coders found stands.', { field: 'input.themeIds' });

export const settlerWrong = (message: string): AppError =>
  new AppError('conflict', 'CODING.SETTLER', message, { field: 'input.how' });
