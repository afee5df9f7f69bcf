import { AppError } from '@unionhall/platform';

export const partnerNotFound = (field = 'partnerId'): AppError =>
  new AppError('not_found', 'PARTNER.NOT_FOUND', 'No such partner.', { field });

export const keyNotFound = (): AppError =>
  new AppError('not_found', 'PARTNER.KEY_NOT_FOUND', 'No such key.', { field: 'keyId' });

export const partnerInvalid = (field: string, message: string): AppError =>
  new AppError('invalid', 'PARTNER.INVALID', message, { field });

export const slugTaken = (): AppError =>
  new AppError('conflict', 'PARTNER.SLUG_TAKEN', 'Another partner has this short name.', { field: 'slug' });

export const campaignNotFound = (): AppError =>
  new AppError('not_found', 'CAMPAIGN.NOT_FOUND', 'No such campaign.', { field: 'campaignIds' });
