import { AppError } from '@unionhall/platform';

export const purposeUnknown = (purpose: string): AppError =>
  new AppError('invalid', 'CONSENT.PURPOSE_UNKNOWN', `There is no purpose "${purpose}".`, {
    field: 'purpose',
  });
export const channelUnknown = (channel: string): AppError =>
  new AppError('invalid', 'CONSENT.CHANNEL_UNKNOWN', `There is no channel "${channel}".`, {
    field: 'channel',
  });
export const wordingMissing = (): AppError =>
  new AppError('invalid', 'CONSENT.WORDING_MISSING', 'Say the words the member agreed to.', {
    field: 'wording',
  });
