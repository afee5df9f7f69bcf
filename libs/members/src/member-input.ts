import {
  IsEmail,
  IsIn,
  IsOptional,
  IsTimeZone,
  Length,
  Matches,
  MaxLength,
  validateSync,
} from 'class-validator';
import { plainToInstance } from 'class-transformer';
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';
import { MEMBER_STATUSES, type MemberStatus } from './member.entity';
import { memberInvalid } from './members.errors';

/** What a person may change of their own record. `null` clears a value, absence leaves it. */
export class ProfileChange {
  @IsOptional()
  @MaxLength(200, { message: 'A given name has at most 200 characters.' })
  givenName?: string;

  @IsOptional()
  @MaxLength(200, { message: 'A family name has at most 200 characters.' })
  familyName?: string;

  @IsOptional()
  @IsEmail({ allow_utf8_local_part: true }, { message: 'This is not an e-mail address.' })
  @MaxLength(254, { message: 'An e-mail address has at most 254 characters.' })
  email?: string | null;

  /** In international form, or national with `country`. */
  @IsOptional()
  @MaxLength(40, { message: 'This is too long for a telephone number.' })
  phone?: string | null;

  @IsOptional()
  @Matches(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, {
    message: 'A language is a BCP 47 tag, such as "en" or "es-MX".',
  })
  language?: string;

  @IsOptional()
  @IsTimeZone({ message: 'A time zone is an IANA name, such as "America/Los_Angeles".' })
  timeZone?: string | null;

  @IsOptional()
  @Length(1, 20, { message: 'A postal code has 1 to 20 characters.' })
  postalCode?: string | null;

  @IsOptional()
  @Matches(/^[A-Z]{2}$/, { message: 'A country is two capital letters (ISO 3166).' })
  country?: string | null;
}

/** What an organizer may change besides. */
export class MemberChange extends ProfileChange {
  @IsOptional()
  @IsIn(MEMBER_STATUSES, { message: `A status is one of ${MEMBER_STATUSES.join(', ')}.` })
  status?: MemberStatus;
}

/** Columns of `member` and their new values. */
export type MemberColumns = Readonly<Record<string, string | null>>;

const COLUMNS: Readonly<Record<string, string>> = {
  givenName: 'given_name',
  familyName: 'family_name',
  email: 'email',
  phone: 'phone',
  language: 'language',
  timeZone: 'time_zone',
  postalCode: 'postal_code',
  country: 'country',
  status: 'status',
};

/** The form in which addresses are compared. */
export const emailKeyOf = (email: string): string => email.normalize('NFC').trim().toLowerCase();

/**
 * Checks a change and gives the columns to write: names trimmed, e-mail in NFC, telephone in E.164.
 * @throws AppError MEMBER.INVALID naming the field.
 */
export function columnsOf(
  kind: typeof ProfileChange | typeof MemberChange,
  change: object,
  defaultCountry = 'US',
): MemberColumns {
  const checked = plainToInstance(kind, change) as MemberChange;
  const [failure] = validateSync(checked, { forbidUnknownValues: true, skipMissingProperties: true });
  if (failure !== undefined)
    throw memberInvalid(
      `input.${failure.property}`,
      Object.values(failure.constraints ?? {})[0] ?? 'This is not valid.',
    );
  const columns: Record<string, string | null> = {};
  for (const [name, column] of Object.entries(COLUMNS)) {
    const value = (checked as Record<string, unknown>)[name];
    if (value === undefined) continue;
    columns[column] = typeof value === 'string' ? value.normalize('NFC').trim() : null;
  }
  if (columns['email'] !== undefined)
    columns['email_key'] = columns['email'] === null ? null : emailKeyOf(columns['email']);
  if (columns['phone'] !== undefined) {
    columns['phone'] =
      columns['phone'] === null ? null : e164(columns['phone'], checked.country ?? defaultCountry);
    columns['phone_key'] = columns['phone'];
  }
  return columns;
}

function e164(phone: string, country: string): string {
  const parsed = parsePhoneNumberFromString(phone, country as CountryCode);
  if (parsed === undefined || !parsed.isPossible())
    throw memberInvalid('input.phone', 'This is not a telephone number.');
  return parsed.number;
}
