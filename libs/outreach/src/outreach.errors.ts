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

export const titleMissing = (): AppError =>
  new AppError('invalid', 'SEQUENCE.TITLE_MISSING', 'Give the sequence a title.', { field: 'title' });
export const purposeUnknown = (purpose: string): AppError =>
  new AppError('invalid', 'SEQUENCE.PURPOSE_UNKNOWN', `There is no purpose ${purpose}.`, {
    field: 'purpose',
  });
export const noDraft = (): AppError =>
  new AppError(
    'conflict',
    'SEQUENCE.NO_DRAFT',
    'This sequence has no draft: nothing has changed since it was published.',
  );
export const changedMeanwhile = (): AppError =>
  new AppError(
    'conflict',
    'SEQUENCE.CHANGED_MEANWHILE',
    'Somebody else has changed this draft. Load it again.',
  );
export const notReady = (
  problems: readonly { readonly place: string; readonly message: string }[],
): AppError =>
  new AppError('conflict', 'SEQUENCE.NOT_READY', `${problems[0]!.place}: ${problems[0]!.message}`, {
    field: problems[0]!.place,
    details: { problems },
  });
export const notPublished = (): AppError =>
  new AppError('conflict', 'SEQUENCE.NOT_PUBLISHED', 'Publish this sequence first.');
export const ownApproval = (): AppError =>
  new AppError('forbidden', 'SEQUENCE.OWN_APPROVAL', 'Somebody else has to approve what you started.');
export const nothingToApprove = (): AppError =>
  new AppError('conflict', 'SEQUENCE.NOTHING_TO_APPROVE', 'This sequence does not wait for an approval.');
export const waitsForApproval = (): AppError =>
  new AppError('conflict', 'SEQUENCE.WAITS_FOR_APPROVAL', 'This sequence waits for a second organizer.');
export const noMemberRecord = (): AppError =>
  new AppError(
    'conflict',
    'SEQUENCE.NO_MEMBER_RECORD',
    'A try goes to yourself, and you have no member record with an address.',
  );
export const nothingSent = (): AppError =>
  new AppError(
    'conflict',
    'SEQUENCE.NOTHING_SENT',
    'Nobody was sent this message, so there is nothing to correct.',
  );
export const notUncertain = (): AppError =>
  new AppError('conflict', 'DELIVERY.NOT_UNCERTAIN', 'What became of this message is known.');
export const taskNotFound = (): AppError =>
  new AppError('not_found', 'TASK.NOT_FOUND', 'There is no such task in your chapters.');

export const replyNotFound = (): AppError =>
  new AppError('not_found', 'REPLY.NOT_FOUND', 'There is no such reply in your chapters.');
export const replyHandled = (): AppError =>
  new AppError('conflict', 'REPLY.HANDLED', 'Somebody has dealt with this reply already.');

export const templateNotFound = (): AppError =>
  new AppError('not_found', 'TEMPLATE.NOT_FOUND', 'There is no such template in your chapters.');
export const templateNameMissing = (): AppError =>
  new AppError('invalid', 'TEMPLATE.NAME_MISSING', 'Give the template a name of 1 to 80 characters.', {
    field: 'name',
  });
export const templateArchived = (): AppError =>
  new AppError('conflict', 'TEMPLATE.ARCHIVED', 'This template has been put away. Take it back first.');
export const templateChangedMeanwhile = (): AppError =>
  new AppError(
    'conflict',
    'TEMPLATE.CHANGED_MEANWHILE',
    'Somebody else has changed this text. Load it again.',
  );
export const templateLanguageUnknown = (): AppError =>
  new AppError('invalid', 'TEMPLATE.LANGUAGE_UNKNOWN', 'A language is a tag like en, es or pt-BR.', {
    field: 'language',
  });
export const templateTextInvalid = (
  problems: readonly { readonly place: string; readonly message: string }[],
): AppError =>
  new AppError('invalid', 'TEMPLATE.TEXT_INVALID', `${problems[0]!.place}, ${problems[0]!.message}`, {
    field: problems[0]!.place,
    details: { problems },
  });
export const templateTextMissing = (language: string): AppError =>
  new AppError('not_found', 'TEMPLATE.TEXT_MISSING', `This template says nothing in ${language} yet.`, {
    field: 'language',
  });
export const nothingToReview = (): AppError =>
  new AppError('conflict', 'TEMPLATE.NOTHING_TO_REVIEW', 'This text does not wait for a review.');
export const ownReview = (): AppError =>
  new AppError('forbidden', 'TEMPLATE.OWN_REVIEW', 'Somebody else has to review what you saved.');
export const reviewNoteMissing = (): AppError =>
  new AppError(
    'invalid',
    'TEMPLATE.NOTE_MISSING',
    'Say what should be different, in at most 1000 characters.',
    {
      field: 'note',
    },
  );
export const readerNotFound = (): AppError =>
  new AppError('not_found', 'TEMPLATE.READER_NOT_FOUND', 'There is no such member in your chapters.', {
    field: 'memberId',
  });
export const webhookNotFound = (): AppError =>
  new AppError('not_found', 'WEBHOOK.NOT_FOUND', 'There is no such endpoint in your chapters.');
export const webhookUrlInvalid = (): AppError =>
  new AppError('invalid', 'WEBHOOK.URL_INVALID', 'Give an https address, without a user or password.', {
    field: 'input.url',
  });
export const webhookNameMissing = (): AppError =>
  new AppError('invalid', 'WEBHOOK.NAME_MISSING', 'Give the endpoint a name of 1 to 100 characters.', {
    field: 'input.name',
  });
