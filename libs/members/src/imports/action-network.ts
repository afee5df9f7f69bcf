import { isEmail } from 'class-validator';
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';
import { headerInvalid } from './import.errors';

/** A row as it will stand in `import_row`. */
export interface PersonRow {
  readonly line: number;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly postalCode: string | null;
  readonly city: string | null;
  readonly region: string | null;
  readonly tags: readonly string[];
  readonly country: string | null;
  /** The file says that no e-mail, or no call or text message, is wanted. */
  readonly emailOptOut: boolean;
  readonly phoneOptOut: boolean;
  readonly custom: Readonly<Record<string, string>>;
  readonly problem?: { readonly column: string; readonly code: string };
}

type Target =
  | 'givenName'
  | 'familyName'
  | 'email'
  | 'phone'
  | 'postalCode'
  | 'city'
  | 'region'
  | 'country'
  | 'tags'
  | 'emailStatus'
  | 'smsStatus';

/** Column names of Action Network reports, in lower case (FORMATS: fixed rows do not exist, so match by name). */
const COLUMNS: Readonly<Record<string, Target>> = {
  first_name: 'givenName',
  last_name: 'familyName',
  email: 'email',
  'phone number': 'phone',
  can2_phone: 'phone',
  phone: 'phone',
  zip_code: 'postalCode',
  can2_user_city: 'city',
  can2_user_state: 'region',
  can2_state_abbreviated: 'region',
  country: 'country',
  can2_user_tags: 'tags',
  can2_subscription_status: 'emailStatus',
  can2_sms_status: 'smsStatus',
};

/** Statuses after which nobody may be written to; unknown ones are left alone. */
const OUT = new Set(['unsubscribed', 'bouncing', 'spam complaint']);
const MAX_COLUMNS = 500;
const MAX_FIELD = 10_000;
const MAX_NAME = 200;
const MAX_TAG = 60;

export interface Header {
  readonly targets: readonly (Target | undefined)[];
  readonly names: readonly string[];
  /** Columns that are kept as custom fields. */
  readonly custom: readonly string[];
}

/** @throws AppError IMPORT.HEADER naming the column. */
export function readHeader(cells: readonly string[]): Header {
  if (cells.length > MAX_COLUMNS)
    throw headerInvalid(`There are ${cells.length} columns; ${MAX_COLUMNS} is the most.`);
  const names = cells.map((cell) => cell.normalize('NFC').trim());
  const seen = new Set<string>();
  for (const [index, name] of names.entries()) {
    if (name === '') throw headerInvalid(`Column ${index + 1} has no name.`, { column: index + 1 });
    const key = name.toLowerCase();
    if (seen.has(key)) throw headerInvalid(`Two columns are named "${name}".`, { column: index + 1 });
    seen.add(key);
  }
  const targets = names.map((name) => COLUMNS[name.toLowerCase()]);
  const taken = targets.filter((one) => one !== undefined);
  const twice = taken.find((one, index) => taken.indexOf(one) !== index);
  if (twice !== undefined) throw headerInvalid(`Two columns say the same thing (${twice}).`);
  if (!targets.includes('email') && !targets.includes('phone')) {
    throw headerInvalid('There is neither an email nor a phone column: nobody could be recognised.');
  }
  return { targets, names, custom: names.filter((_, index) => targets[index] === undefined) };
}

/**
 * One row, normalised; what is wrong with it is said by column and code.
 * @param line counts from 1, the header's.
 * @param country ISO 3166, whose national telephone numbers are understood when the row names no country.
 */
export function readRow(
  header: Header,
  cells: readonly string[],
  line: number,
  country: CountryCode,
): PersonRow {
  const values: Partial<Record<Target, string>> = {};
  const custom: Record<string, string> = {};
  let problem: PersonRow['problem'];
  const wrong = (column: string, code: string): void => void (problem ??= { column, code });
  const wrongIn = (target: Target, code: string): void =>
    wrong(header.names[header.targets.indexOf(target)] ?? header.names[0]!, code);
  if (cells.length !== header.names.length) wrong('', 'ROW.RAGGED');
  header.names.forEach((name, index) => {
    const value = (cells[index] ?? '').normalize('NFC').trim();
    if (value.length > MAX_FIELD) return wrong(name, 'FIELD.TOO_LONG');
    const target = header.targets[index];
    if (target !== undefined) values[target] = value;
    else if (value !== '') custom[name] = value;
  });
  const email = values.email || null;
  if (email !== null && !isEmail(email, { allow_utf8_local_part: true })) wrongIn('email', 'EMAIL.INVALID');
  if (values.country && !/^[A-Z]{2}$/.test(values.country)) wrongIn('country', 'COUNTRY.INVALID');
  const phone = values.phone
    ? parsePhoneNumberFromString(values.phone, (values.country || country) as CountryCode)
    : undefined;
  if (values.phone && phone?.isPossible() !== true) wrongIn('phone', 'PHONE.INVALID');
  if (!email && !values.phone) wrongIn('email', 'ROW.NO_ADDRESS');
  const tags = [...new Set((values.tags ?? '').split(/,\s*/).filter((tag) => tag !== ''))];
  if (tags.some((tag) => tag.length > MAX_TAG)) wrongIn('tags', 'TAG.TOO_LONG');
  for (const name of ['givenName', 'familyName'] as const)
    if ((values[name] ?? '').length > MAX_NAME) wrongIn(name, 'NAME.TOO_LONG');
  return {
    line,
    givenName: values.givenName || null,
    familyName: values.familyName || null,
    email,
    phone: phone?.number ?? null,
    postalCode: values.postalCode || null,
    city: values.city || null,
    region: values.region || null,
    country: values.country || null,
    tags,
    emailOptOut: OUT.has((values.emailStatus ?? '').toLowerCase()),
    phoneOptOut: OUT.has((values.smsStatus ?? '').toLowerCase()),
    custom,
    problem,
  };
}
