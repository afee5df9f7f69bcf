import { AppError } from '@unionhall/platform';

/** A link that is not known any more: run out, swept, or never ours. They look alike. */
export const requestLinkExpired = (): AppError =>
  new AppError('not_found', 'REQUEST.LINK_EXPIRED', 'This link has run out. Start again from the page.');

export const requestInvalid = (field: string, message: string): AppError =>
  new AppError('invalid', 'REQUEST.INVALID', message, { field });

export const campaignNotBegun = (): AppError =>
  new AppError('conflict', 'CAMPAIGN.NOT_BEGUN', 'This campaign has not begun yet.');
