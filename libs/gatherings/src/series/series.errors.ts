import { AppError } from '@unionhall/platform';

const refused = (code: string, message: string, field: string, details?: Record<string, unknown>): AppError =>
  new AppError('invalid', `SERIES.${code}`, message, {
    field,
    ...(details === undefined ? {} : { details }),
  });

export const ruleInvalid = (message: string, field = 'input.rule'): AppError =>
  refused('RULE_INVALID', message, field);

export const ruleEndless = (): AppError =>
  refused('ENDLESS', 'A series has an end: COUNT or UNTIL.', 'input.rule');

export const ruleNever = (field = 'input.rule'): AppError =>
  refused('NEVER', 'This rule gives no date.', field);

export const tooMany = (most: number): AppError =>
  refused('TOO_MANY', `A series has at most ${most} dates.`, 'input.rule', { most });

export const tooLong = (lastDate: string): AppError =>
  refused('TOO_LONG', 'A series spans at most two years.', 'input.rule', { lastDate });

/** `next` is the first local time after the given one that the rule names. */
export const startOffRule = (next: string): AppError =>
  refused('START_OFF_RULE', 'The rule does not name the day that the series starts on.', 'input.startsAt', {
    next,
  });

export const exceptionUnknown = (index: number): AppError =>
  refused('EXCEPTION_UNKNOWN', 'The rule does not name this date.', `input.exceptDates.${index}`);

export const timeSkipped = (date: string, nextValid: string): AppError =>
  refused('TIME_SKIPPED', 'Clocks skip this time on one of the dates.', 'input.atGap', { date, nextValid });

export const timeTwice = (date: string, offsets: readonly string[]): AppError =>
  refused('TIME_TWICE', 'Clocks show this time twice on one of the dates.', 'input.atOverlap', {
    date,
    offsets,
  });

export const seriesNotFound = (field = 'seriesId'): AppError =>
  new AppError('not_found', 'SERIES.NOT_FOUND', 'No such series.', { field });

export const notInSeries = (): AppError =>
  new AppError('conflict', 'SERIES.NONE', 'This gathering does not belong to a series.', {
    field: 'input.gatheringId',
  });
