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

export const demandNotFound = (): AppError =>
  new AppError('not_found', 'DEMAND.NOT_FOUND', 'No such demand.', { field: 'input.demandId' });

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
