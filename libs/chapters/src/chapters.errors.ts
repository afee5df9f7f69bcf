import { AppError } from '@unionhall/platform';

export const chapterNotFound = (field: string): AppError =>
  new AppError('not_found', 'CHAPTER.NOT_FOUND', 'No such chapter.', { field });

export const chapterInvalid = (field: string, message: string): AppError =>
  new AppError('invalid', 'CHAPTER.INVALID', message, { field });

export const slugTaken = (): AppError =>
  new AppError('conflict', 'CHAPTER.SLUG_TAKEN', 'Another chapter has this short name.', { field: 'slug' });

export const belowItself = (): AppError =>
  new AppError('conflict', 'CHAPTER.BELOW_ITSELF', 'A chapter cannot stand below itself.', {
    field: 'parentId',
  });
