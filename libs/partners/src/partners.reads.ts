import { permit, signedIn } from '@unionhall/identity';
import {
  enumOf,
  extension,
  globalId,
  instant,
  int,
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
    usage: many('PartnerUsage', ofRow, { foreign: 'partner_id' }),
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

const USAGE = readable({
  type: 'PartnerUsage',
  description: 'What a partner asked for on a day, by UTC.',
  table: 'partner_usage',
  policy: manage,
  fields: {
    id: globalId('id', ofRow),
    day: string('$t.day::text', ofRow),
    queries: int('queries', ofRow),
    cost: int('cost', ofRow, { description: 'The most rows that its queries could have given.' }),
    people: int('people', ofRow, { description: 'Different people whose data was read.' }),
  },
  orders: { DAY: { by: [{ expression: 'day', cast: 'date', desc: true }], policy: ofRow } },
  defaultOrder: 'DAY',
});

/** The purposes of the agreements that hold now. */
const LIVE_PURPOSES = `SELECT coalesce(json_agg(DISTINCT p ORDER BY p), '[]') FROM agreement a, unnest(a.purposes) p
  WHERE a.partner_id = $t.id AND a.starts_at <= app.now() AND (a.ends_at IS NULL OR a.ends_at > app.now())`;

/** The field groups that such an agreement names for a purpose of it. */
const LIVE_FIELD_GROUPS = LIVE_PURPOSES.replaceAll('a.purposes', 'a.field_groups');

/** What the member who asks has decided about the partner; row-level security shows no other's. */
const OWN_DECISIONS = `SELECT coalesce(json_agg(json_build_object('purpose', c.purpose, 'fieldGroup', c.field_group,
    'state', c.state, 'wording', c.wording, 'at', c.at) ORDER BY c.purpose, c.field_group), '[]')
  FROM partner_consent c WHERE c.partner_id = $t.id AND c.member_id = (SELECT app.member_id())`;

const COALITION_PARTNER = readable({
  type: 'CoalitionPartner',
  description: 'A partner as every member may know it, to decide what to share with it.',
  table: 'partner',
  policy: signedIn,
  fields: {
    id: globalId('id', ofRow),
    partnerId: globalId('id', ofRow, { idOf: 'Partner', description: 'What setPartnerConsent takes.' }),
    name: string('name', ofRow),
    purposes: json(LIVE_PURPOSES, ofRow, {
      description: 'What its agreements with the union are for, today.',
    }),
    fieldGroups: json(LIVE_FIELD_GROUPS, ofRow, {
      description: 'What they let it ask members for, today: name, contact, chapter, commitments.',
    }),
    decisions: json(OWN_DECISIONS, ofRow, {
      description:
        'What the member who asks has allowed it and taken back: purpose, fieldGroup, state, wording, at.',
    }),
  },
  orders: { NAME: { by: [{ expression: 'name', cast: 'text' }], policy: ofRow } },
  defaultOrder: 'NAME',
});

/** What can be read of partners: all of it by the union's own people, their names and purposes by members. */
export const partnersReads: ReadsDeclaration = {
  types: [PARTNER, AGREEMENT, USAGE, COALITION_PARTNER],
  extensions: [
    extension({
      extend: 'AccessEntry',
      fields: {
        partnerName: string(
          `(SELECT p.name FROM partner p WHERE $t.actor_kind = 'partner' AND p.id = $t.actor_id)`,
          ofRow,
          { nullable: true, description: 'Which partner it was that read.' },
        ),
      },
    }),
  ],
  roots: [
    root({
      name: 'partners',
      type: 'Partner',
      shape: 'page',
      description: 'Coalition partners.',
      policy: manage,
    }),
    root({
      name: 'coalitionPartners',
      type: 'CoalitionPartner',
      shape: 'page',
      description: 'The partners that members may share their data with.',
      policy: signedIn,
      where: `$t.state = 'active'`,
    }),
  ],
};
