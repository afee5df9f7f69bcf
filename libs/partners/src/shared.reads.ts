import { actorOf, anyPartner, permit } from '@unionhall/identity';
import {
  enumOf,
  globalId,
  instant,
  int,
  many,
  ofRow,
  one,
  readable,
  root,
  string,
  type Policy,
  type ReadsDeclaration,
  type RowRef,
} from '@unionhall/platform';

type FieldGroup = 'name' | 'contact' | 'chapter' | 'commitments';

const LIVE = 'a.starts_at <= app.now() AND (a.ends_at IS NULL OR a.ends_at > app.now())';

const partnerOf = (row: RowRef): string => row.param((actor) => actorOf(actor).partnerId, 'uuid');

/** Agreement ∩ consent, by partner, purpose and field group, looked up as it is read. */
const sharedGroup = (row: RowRef, group: FieldGroup): string => `EXISTS (
  SELECT FROM partner_consent c JOIN agreement a ON a.partner_id = c.partner_id
     AND c.purpose = ANY (a.purposes) AND c.field_group = ANY (a.field_groups) AND ${LIVE}
   WHERE c.member_id = ${row.column('id')} AND c.partner_id = ${partnerOf(row)}
     AND c.state = 'granted' AND c.field_group = '${group}')`;

const shared = (group: FieldGroup): Policy => ({
  ...permit({ partner: (row) => sharedGroup(row, group) }),
  label: `partner by agreement and consent to share ${group}`,
});

const sharedMember: Policy = permit({
  partner: (row) =>
    `${row.column('status')} = 'member' AND ${row.column('erased_at')} IS NULL AND ${sharedGroup(row, 'name')}`,
});

const sharedCampaign = (column: string): Policy =>
  permit({
    partner: (row) => `EXISTS (
      SELECT FROM agreement_campaign ac JOIN agreement a ON a.id = ac.agreement_id AND ${LIVE}
       WHERE ac.campaign_id = ${row.column(column)} AND a.partner_id = ${partnerOf(row)})`,
  });

const MEMBER = readable({
  type: 'SharedMember',
  description: 'An active member who agreed to be shared with you. What they did not agree to is null.',
  table: 'member',
  subject: 'id',
  policy: sharedMember,
  fields: {
    id: globalId('id', ofRow),
    givenName: string('given_name', shared('name'), { nullable: true }),
    familyName: string('family_name', shared('name'), { nullable: true }),
    email: string('email', shared('contact'), { nullable: true }),
    phone: string('phone', shared('contact'), { nullable: true }),
    chapterName: string('(SELECT c.name FROM chapter c WHERE c.id = $t.chapter_id)', shared('chapter'), {
      nullable: true,
    }),
  },
  orders: { ID: { by: [{ expression: 'id', cast: 'uuid' }], policy: ofRow } },
  defaultOrder: 'ID',
});

const CAMPAIGN = readable({
  type: 'SharedCampaign',
  description: 'A campaign of your agreement.',
  table: 'campaign',
  policy: sharedCampaign('id'),
  fields: {
    id: globalId('id', ofRow),
    slug: string('slug', ofRow),
    title: string('title', ofRow),
    startsAt: instant('starts_at', ofRow),
    endsAt: instant('ends_at', ofRow, { nullable: true }),
    pledgeCounts: one('PledgeTable', ofRow, { local: 'id', foreign: 'campaign_id', nullable: true }),
  },
  orders: { STARTS: { by: [{ expression: 'starts_at', cast: 'timestamptz' }], policy: ofRow } },
  defaultOrder: 'STARTS',
});

const TABLE = readable({
  type: 'PledgeTable',
  description:
    'Members with a standing pledge, counted on a day. Groups of fewer than 11 people are not shown.',
  table: 'pledge_table',
  key: 'campaign_id',
  policy: sharedCampaign('campaign_id'),
  fields: {
    takenAt: instant('taken_at', ofRow),
    total: int('total', ofRow, {
      nullable: true,
      description: 'The sum of the cells; null when the table is withheld.',
    }),
    cells: many('PledgeCell', ofRow, { local: 'campaign_id', foreign: 'campaign_id' }),
  },
  orders: { TAKEN: { by: [{ expression: 'taken_at', cast: 'timestamptz' }], policy: ofRow } },
  defaultOrder: 'TAKEN',
});

const KINDS = [
  'log_off',
  'pause_ads',
  'freeze_posting',
  'decline_funding',
  'recruit',
  'attend',
  'contact_target',
];

const CELL = readable({
  type: 'PledgeCell',
  description: 'One kind of pledge in one region.',
  table: 'pledge_cell',
  policy: sharedCampaign('campaign_id'),
  fields: {
    kind: enumOf('PledgeKind', KINDS, 'kind', ofRow),
    region: string('(SELECT c.name FROM chapter c WHERE c.id = $t.region_id)', ofRow),
    members: int('shown', ofRow, { nullable: true, description: 'Null: suppressed.' }),
  },
  orders: { KIND: { by: [{ expression: 'kind', cast: 'text' }], policy: ofRow } },
  defaultOrder: 'KIND',
});

/** All that partners can read, at /partners/graphql. */
export const sharedReads: ReadsDeclaration = {
  types: [MEMBER, CAMPAIGN, TABLE, CELL],
  roots: [
    root({
      name: 'campaign',
      type: 'SharedCampaign',
      shape: 'one',
      description: 'A campaign of your agreement by its short name.',
      policy: anyPartner,
      by: { slug: { column: 'slug', type: 'String', cast: 'text' } },
    }),
    root({
      name: 'members',
      type: 'SharedMember',
      shape: 'page',
      description: 'The members who agreed to be shared with you.',
      policy: anyPartner,
    }),
  ],
};
