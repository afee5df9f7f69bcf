import { AppError } from '@unionhall/platform';

export const campaignNotFound = (field = 'input.campaignId'): AppError =>
  new AppError('not_found', 'CAMPAIGN.NOT_FOUND', 'No such campaign.', { field });

export const campaignInvalid = (field: string, message: string): AppError =>
  new AppError('invalid', 'CAMPAIGN.INVALID', message, { field });

export const slugTaken = (): AppError =>
  new AppError('conflict', 'CAMPAIGN.SLUG_TAKEN', 'Another campaign has this address.', {
    field: 'input.slug',
  });

export const campaignClosed = (): AppError =>
  new AppError('conflict', 'CAMPAIGN.CLOSED', 'This campaign takes no pledges.');

export const demandNotFound = (field = 'input.demandId'): AppError =>
  new AppError('not_found', 'DEMAND.NOT_FOUND', 'No such demand.', { field });

export const themeUnknown = (): AppError =>
  new AppError('not_found', 'DEMAND.THEME_UNKNOWN', 'No such theme that is in use.', {
    field: 'input.themeId',
  });

export const themeNotLinked = (): AppError =>
  new AppError('not_found', 'DEMAND.THEME_NOT_LINKED', 'This theme does not stand behind the demand.', {
    field: 'input.themeId',
  });

export const heardNothing = (): AppError =>
  new AppError('conflict', 'DEMAND.HEARD_NOTHING', 'No theme stands behind this demand.');

export const commitmentAlready = (status: string): AppError =>
  new AppError('conflict', 'COMMITMENT.ALREADY', 'This has been pledged already.', { details: { status } });

export const commitmentNotFound = (): AppError =>
  new AppError('not_found', 'COMMITMENT.NOT_FOUND', 'No such commitment.', { field: 'input.commitmentId' });

export const commitmentInvalid = (field: string, message: string): AppError =>
  new AppError('invalid', 'COMMITMENT.INVALID', message, { field });

export const commitmentOver = (status: string): AppError =>
  new AppError('conflict', 'COMMITMENT.OVER', 'This commitment has ended.', { details: { status } });

export const pledgerNotAMember = (): AppError =>
  new AppError('forbidden', 'COMMITMENT.NOT_A_MEMBER', 'This account does not belong to a member.');
