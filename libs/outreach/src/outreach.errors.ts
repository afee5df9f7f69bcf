import { AppError } from '@unionhall/platform';

export const sequenceNotFound = (): AppError =>
  new AppError('not_found', 'SEQUENCE.NOT_FOUND', 'There is no such sequence in your chapters.');
export const gatheringUnfit = (reason: string): AppError =>
  new AppError('conflict', 'SEQUENCE.GATHERING_UNFIT', reason, { field: 'gatheringId' });
export const segmentEmpty = (): AppError =>
  new AppError('invalid', 'SEQUENCE.SEGMENT_EMPTY', 'Nobody in your chapters matches this segment.', {
    field: 'segment',
  });
export const alreadyEnded = (): AppError =>
  new AppError('conflict', 'SEQUENCE.ENDED', 'This sequence has ended.');

export const undoOver = (): AppError =>
  new AppError(
    'conflict',
    'CONSENT.UNDO_OVER',
    'This can be undone within an hour. Sign in to allow it again.',
    {
      field: 'undo',
    },
  );
