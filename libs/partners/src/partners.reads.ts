import { permit } from '@unionhall/identity';
import {
  enumOf,
  globalId,
  instant,
  json,
  many,
  ofRow,
  one,
  readable,
  root,
  string,
  type ReadsDeclaration,
} from '@unionhall/platform';
import { PARTNER_STATES } from './partner.entity';

const manage = permit({ permission: 'partners.manage', everywhere: true });

const PARTNER = readable({
  type: 'Partner',
  description: 'A coalition organisation.',
  table: 'partner',
  policy: manage,
  fields: {
    id: globalId('id', ofRow),
    name: string('name', ofRow),
    slug: string('slug', ofRow),
    state: enumOf('PartnerState', PARTNER_STATES, 'state', ofRow, { filter: ['eq', 'in'] }),
    agreements: many('Agreement', ofRow, { foreign: 'partner_id' }),
  },
  orders: { NAME: { by: [{ expression: 'name', cast: 'text' }], policy: ofRow } },
  defaultOrder: 'NAME',
});

const AGREEMENT = readable({
  type: 'Agreement',
  description: 'What is shared with a partner, for what, and when. Consent decides person by person.',
  table: 'agreement',
  policy: manage,
  fields: {
    id: globalId('id', ofRow),
    partner: one('Partner', ofRow, { local: 'partner_id' }),
    purposes: json('to_json($t.purposes)', ofRow),
    fieldGroups: json('to_json($t.field_groups)', ofRow),
    startsAt: instant('starts_at', ofRow),
    endsAt: instant('ends_at', ofRow, { nullable: true }),
  },
  orders: { STARTS: { by: [{ expression: 'starts_at', cast: 'timestamptz', desc: true }], policy: ofRow } },
  defaultOrder: 'STARTS',
});

/** What the union's own people can read of partners. */
export const partnersReads: ReadsDeclaration = {
  types: [PARTNER, AGREEMENT],
  roots: [
    root({
      name: 'partners',
      type: 'Partner',
      shape: 'page',
      description: 'Coalition partners.',
      policy: manage,
    }),
  ],
};
