import { isPurpose } from '@unionhall/identity';
import { partnerInvalid } from './partners.errors';

/** What a member can agree to share, and an agreement can ask for. */
export const FIELD_GROUPS = ['name', 'contact', 'chapter', 'commitments'] as const;

export interface NewPartner {
  readonly name: string;
  /** Lower-case letters, digits and hyphens. */
  readonly slug: string;
}

export interface NewAgreement {
  readonly partnerId: string;
  readonly purposes: readonly string[];
  readonly fieldGroups: readonly string[];
  /** The campaigns whose pledge counts the partner sees. */
  readonly campaignIds: readonly string[];
  readonly startsAt: Date;
  readonly endsAt?: Date;
}

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** @throws AppError PARTNER.INVALID naming the field. */
export function checkPartner(input: NewPartner): NewPartner {
  const name = input.name.trim().normalize('NFC');
  if (name.length < 1 || name.length > 200) throw partnerInvalid('name', 'A name has 1 to 200 characters.');
  if (!SLUG.test(input.slug) || input.slug.length > 80) {
    throw partnerInvalid(
      'slug',
      'A short name has lower-case letters, digits and single hyphens, at most 80.',
    );
  }
  return { name, slug: input.slug };
}

/** @throws AppError PARTNER.INVALID naming the field. */
export function checkAgreement(input: NewAgreement): NewAgreement {
  if (input.purposes.length === 0) throw partnerInvalid('purposes', 'An agreement has at least one purpose.');
  const purpose = input.purposes.find((one) => !isPurpose(one));
  if (purpose !== undefined) throw partnerInvalid('purposes', `There is no purpose ${purpose}.`);
  const group = input.fieldGroups.find((one) => !(FIELD_GROUPS as readonly string[]).includes(one));
  if (group !== undefined) throw partnerInvalid('fieldGroups', `There is no field group ${group}.`);
  if (input.endsAt !== undefined && input.endsAt <= input.startsAt) {
    throw partnerInvalid('endsAt', 'An agreement ends after it starts.');
  }
  return { ...input, purposes: [...new Set(input.purposes)], fieldGroups: [...new Set(input.fieldGroups)] };
}
