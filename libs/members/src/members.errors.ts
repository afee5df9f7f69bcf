import { AppError } from '@unionhall/platform';

export const memberNotFound = (): AppError =>
  new AppError('not_found', 'MEMBER.NOT_FOUND', 'There is no such member, or they are not in your chapters.');
export const memberInvalid = (field: string, reason: string): AppError =>
  new AppError('invalid', 'MEMBER.INVALID', reason, { field });
export const emailTaken = (): AppError =>
  new AppError('conflict', 'MEMBER.EMAIL_TAKEN', 'Another record has this e-mail address.', {
    field: 'input.email',
  });
export const tagInvalid = (): AppError =>
  new AppError('invalid', 'MEMBER.TAG_INVALID', 'A tag has 1 to 60 characters.', { field: 'tag' });
export const nameMissing = (field: string): AppError =>
  new AppError('invalid', 'MEMBER.INVALID', 'A person has a name.', { field });
export const nameTooLong = (field: string): AppError =>
  new AppError('invalid', 'MEMBER.INVALID', 'A name has at most 200 characters.', { field });
export const tagRunNotFound = (): AppError =>
  new AppError(
    'not_found',
    'MEMBER.TAG_RUN_NOT_FOUND',
    'There is no such change of tags, or it is too old.',
    {
      field: 'id',
    },
  );
