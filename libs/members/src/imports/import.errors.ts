import { AppError } from '@unionhall/platform';

const refuse =
  (code: string) =>
  (message: string, details?: Readonly<Record<string, unknown>>): AppError =>
    new AppError('invalid', `IMPORT.${code}`, message, { field: 'file', details });

export const notCsv = refuse('NOT_CSV');
export const hasNul = refuse('NUL');
export const encodingUnclear = refuse('ENCODING');
export const headerInvalid = refuse('HEADER');
export const tooLarge = refuse('TOO_LARGE');
export const importNotFound = (): AppError =>
  new AppError('not_found', 'IMPORT.NOT_FOUND', 'There is no such import in your chapters.');
export const importState = (state: string): AppError =>
  new AppError('conflict', 'IMPORT.STATE', `This import is ${state}.`, { details: { state } });
export const countryUnknown = (country: string): AppError =>
  new AppError('invalid', 'IMPORT.COUNTRY', `${country} is not a country: two capital letters (ISO 3166).`, {
    field: 'country',
  });
export const consentIncomplete = (): AppError =>
  new AppError(
    'invalid',
    'IMPORT.CONSENT',
    'Say where the consent came from, for which purposes and on which channels.',
    { field: 'input.consent' },
  );
