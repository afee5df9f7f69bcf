import { AppError } from '@unionhall/platform';

export const gatheringNotFound = (field = 'gatheringId'): AppError =>
  new AppError('not_found', 'GATHERING.NOT_FOUND', 'No such gathering.', { field });

export const gatheringInvalid = (field: string, message: string): AppError =>
  new AppError('invalid', 'GATHERING.INVALID', message, { field });

export const timeInvalid = (field: string): AppError =>
  new AppError('invalid', 'GATHERING.TIME_INVALID', 'A local time looks like 2026-11-24T18:30.', { field });

export const zoneUnknown = (field: string): AppError =>
  new AppError(
    'invalid',
    'GATHERING.ZONE_UNKNOWN',
    'A time zone is named as in the IANA database, like America/New_York.',
    { field },
  );

export const timeInGap = (field: string, nextValid: string): AppError =>
  new AppError('invalid', 'GATHERING.TIME_IN_GAP', 'Clocks skip this time.', {
    field,
    details: { nextValid },
  });

export const timeAmbiguous = (field: string, offsets: readonly string[]): AppError =>
  new AppError(
    'invalid',
    'GATHERING.TIME_AMBIGUOUS',
    'Clocks show this time twice. Say which offset is meant.',
    {
      field,
      details: { offsets },
    },
  );

export const offsetWrong = (field: string, offsets: readonly string[]): AppError =>
  new AppError('invalid', 'GATHERING.OFFSET_WRONG', 'The zone does not have this offset at this time.', {
    field,
    details: { offsets },
  });

export const gatheringCancelled = (): AppError =>
  new AppError('conflict', 'GATHERING.CANCELLED', 'This gathering has been cancelled.');

export const gatheringOver = (): AppError =>
  new AppError('conflict', 'GATHERING.OVER', 'This gathering is over.');

export const gatheringNotOpen = (): AppError =>
  new AppError('conflict', 'GATHERING.NOT_OPEN', 'This gathering is not open yet.');

export const gatheringNotStarted = (): AppError =>
  new AppError(
    'conflict',
    'GATHERING.NOT_STARTED',
    'Attendance opens twelve hours before a gathering starts.',
  );

export const capacityTooSmall = (going: number): AppError =>
  new AppError('conflict', 'GATHERING.CAPACITY_TAKEN', 'More people than this are already going.', {
    field: 'input.capacity',
    details: { going },
  });

export const rsvpAlready = (status: string): AppError =>
  new AppError('conflict', 'RSVP.ALREADY', 'This answer has already been given.', { details: { status } });

export const tooManyGuests = (allowed: number): AppError =>
  new AppError('invalid', 'RSVP.GUESTS', `One may bring at most ${allowed}.`, {
    field: 'input.guests',
    details: { allowed },
  });

export const noPlaceForGuests = (): AppError =>
  new AppError('conflict', 'RSVP.NO_PLACE_FOR_GUESTS', 'There is no place for more guests. Your own stays.', {
    field: 'input.guests',
  });

export const rsvpStatusInvalid = (field: string): AppError =>
  new AppError('invalid', 'RSVP.STATUS_INVALID', 'An answer is going, maybe, declined or cancelled.', {
    field,
  });

export const rsvpMemberNotFound = (field: string): AppError =>
  new AppError('not_found', 'MEMBER.NOT_FOUND', 'No such member.', { field });

export const notAMember = (): AppError =>
  new AppError('forbidden', 'RSVP.NOT_A_MEMBER', 'This account does not belong to a member.');

export const entryInvalid = (field: string, message: string): AppError =>
  new AppError('invalid', 'ATTENDANCE.INVALID', message, { field });

export const entryIdReused = (field: string): AppError =>
  new AppError('conflict', 'ATTENDANCE.ID_REUSED', 'This id was used for another mark.', { field });

export const entryNotFound = (field: string): AppError =>
  new AppError('not_found', 'ATTENDANCE.NOT_FOUND', 'No such mark.', { field });

/** `line` counts from 1, as an editor shows it. */
export const zoomRefused = (reason: string, message: string, line?: number, column?: string): AppError =>
  new AppError('invalid', `ZOOM_REPORT.${reason}`, message, {
    field: 'file',
    details: { ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) },
  });

export const zoomChanged = (): AppError =>
  new AppError(
    'conflict',
    'ZOOM_REPORT.CHANGED',
    'This is not the file, or not the result, that was looked at. Look again, then commit.',
    {
      field: 'fingerprint',
    },
  );
