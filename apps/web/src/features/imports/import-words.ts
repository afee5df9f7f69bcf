import { t } from '../../app/i18n';
import { imports } from './strings';

const FIELDS: Readonly<Record<string, string>> = {
  givenName: imports.givenName,
  familyName: imports.familyName,
  email: imports.email,
  phone: imports.phone,
  postalCode: imports.postalCode,
  city: imports.city,
  region: imports.region,
  country: imports.country,
  custom: imports.custom,
  tags: imports.tags,
  emailOptOut: imports.emailOptOut,
  phoneOptOut: imports.phoneOptOut,
};

/** What of a member would change, in words. */
export const fieldWord = (field: string): string => (FIELDS[field] === undefined ? field : t(FIELDS[field]));

const PROBLEMS: Readonly<Record<string, string>> = {
  'ROW.CHANGED_SINCE': imports.changedSince,
  'ROW.DUPLICATE': imports.duplicate,
  'ROW.NOT_YOURS': imports.notYours,
  'ROW.NO_ADDRESS': imports.noAddress,
  'ROW.RAGGED': imports.ragged,
  'EMAIL.INVALID': imports.badEmail,
  'PHONE.INVALID': imports.badPhone,
  'COUNTRY.INVALID': imports.badCountry,
  'FIELD.TOO_LONG': imports.tooLong,
  'NAME.TOO_LONG': imports.tooLong,
  'TAG.TOO_LONG': imports.tooLong,
};

/** Why a row was refused, in words; a code that we have no words for as it is. */
export const problemWord = (code: string): string =>
  PROBLEMS[code] === undefined ? code : t(PROBLEMS[code]);
