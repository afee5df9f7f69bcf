import { anyone, permit } from '@unionhall/identity';
import {
  date,
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
  type Policy,
  type ReadsDeclaration,
} from '@unionhall/platform';
import { COMMITMENT_KINDS, COMMITMENT_STATUSES, EVIDENCE_GRADES, RESPONSE_KINDS } from './campaign.entity';

const editors = permit({ permission: 'campaigns.edit', chapter: 'chapter_id' });
/** Open and closed campaigns are public; drafts belong to whoever edits them. */
const announced: Policy = {
  label: 'anyone once announced, campaigns.edit in chapter_id before',
  decide(actor, row) {
    const own = editors.decide(actor, row);
    if (own === 'all') return 'all';
    const open = `${row.column('state')} <> 'draft'`;
    return { sql: own === 'none' ? open : `(${open} OR ${own.sql})` };
  },
};
/** Parts of a campaign follow it. */
const ofAnnounced = (condition: (row: string) => string): Policy => ({
  label: 'anyone once the campaign is announced',
  decide: (_actor, row) => ({
    sql: `EXISTS (SELECT FROM campaign c WHERE c.state <> 'draft' AND ${condition(row.column('id'))})`,
  }),
});

/** From the counters that each change of a commitment keeps: at most a row for each kind and status. */
const TALLY = `(SELECT coalesce(jsonb_agg(jsonb_build_object('kind', upper(n.kind), 'status', upper(n.status), 'total', n.total) ORDER BY n.kind, n.status), '[]')
  FROM commitment_count n WHERE n.campaign_id = $t.id AND n.total <> 0)`;

const campaign = readable({
  type: 'Campaign',
  description: 'A push with a time window, a target, demands and commitments.',
  table: 'campaign',
  policy: announced,
  fields: {
    id: globalId('id', ofRow),
    slug: string('slug', ofRow),
    title: string('title', ofRow),
    summary: string('summary', ofRow),
    target: string('target', ofRow, { filter: ['eq'] }),
    startsAt: instant('starts_at', ofRow),
    endsAt: instant('ends_at', ofRow, { nullable: true }),
    timeZone: string('time_zone', ofRow),
    state: enumOf('CampaignState', ['draft', 'open', 'closed'], 'state', ofRow),
    pledgeCount: int(
      "(SELECT coalesce(sum(n.total), 0)::int FROM commitment_count n WHERE n.campaign_id = $t.id AND n.status NOT IN ('withdrawn', 'lapsed'))",
      ofRow,
      { description: 'Commitments made and not taken back.' },
    ),
    keptCount: int(
      "(SELECT coalesce(sum(n.total), 0)::int FROM commitment_count n WHERE n.campaign_id = $t.id AND n.status = 'kept')",
      ofRow,
    ),
    tally: json(TALLY, editors, {
      description: 'Commitments counted by kind and status: [{ kind, status, total }].',
    }),
    chapter: one('Chapter', ofRow, { local: 'chapter_id' }),
    phases: many('CampaignPhase', ofRow, { foreign: 'campaign_id' }),
    demands: many('Demand', ofRow, { foreign: 'campaign_id' }),
    commitments: many('Commitment', editors, { foreign: 'campaign_id' }),
  },
  orders: { NEWEST: { by: [{ expression: 'starts_at', cast: 'timestamptz', desc: true }], policy: ofRow } },
  defaultOrder: 'NEWEST',
  filters: {
    within: {
      type: 'ID',
      idOf: 'Chapter',
      sql: `$t.chapter_id IN (SELECT d.id FROM chapter a JOIN chapter d ON d.path LIKE a.path || '%' WHERE a.id = $v)`,
      cast: 'uuid',
      policy: ofRow,
      description: 'Of this chapter or one below it.',
    },
  },
});

const phase = readable({
  type: 'CampaignPhase',
  description: 'One stretch of a campaign.',
  table: 'campaign_phase',
  policy: ofAnnounced((id) => `c.id = (SELECT p.campaign_id FROM campaign_phase p WHERE p.id = ${id})`),
  fields: {
    id: globalId('id', ofRow),
    ordinal: int('ordinal', ofRow),
    title: string('title', ofRow),
    startsAt: instant('starts_at', ofRow),
    endsAt: instant('ends_at', ofRow, { nullable: true }),
    campaign: one('Campaign', ofRow, { local: 'campaign_id' }),
  },
  orders: { ORDINAL: { by: [{ expression: 'ordinal', cast: 'int' }], policy: ofRow } },
  defaultOrder: 'ORDINAL',
});

const demand = readable({
  type: 'Demand',
  description: 'What a campaign asks of its target.',
  table: 'demand',
  policy: ofAnnounced((id) => `c.id = (SELECT d.campaign_id FROM demand d WHERE d.id = ${id})`),
  fields: {
    id: globalId('id', ofRow),
    ordinal: int('ordinal', ofRow),
    wording: string('wording', ofRow),
    campaign: one('Campaign', ofRow, { local: 'campaign_id' }),
    responses: many('DemandResponse', ofRow, { foreign: 'demand_id' }),
  },
  orders: { ORDINAL: { by: [{ expression: 'ordinal', cast: 'int' }], policy: ofRow } },
  defaultOrder: 'ORDINAL',
});

const response = readable({
  type: 'DemandResponse',
  description: 'What the target answered to a demand.',
  table: 'demand_response',
  policy: ofAnnounced(
    (id) =>
      `c.id = (SELECT d.campaign_id FROM demand_response r JOIN demand d ON d.id = r.demand_id WHERE r.id = ${id})`,
  ),
  fields: {
    id: globalId('id', ofRow),
    kind: enumOf('DemandResponseKind', RESPONSE_KINDS, 'kind', ofRow),
    happenedOn: date('happened_on', ofRow),
    source: string('source', ofRow),
    note: string('note', ofRow),
  },
  orders: { NEWEST: { by: [{ expression: 'happened_on', cast: 'date', desc: true }], policy: ofRow } },
  defaultOrder: 'NEWEST',
});

const commitment = readable({
  type: 'Commitment',
  description: 'What one member pledges to do in a campaign.',
  table: 'commitment',
  subject: 'member_id',
  policy: permit({ permission: 'members.read', chapter: 'chapter_id', self: 'member_id' }),
  fields: {
    id: globalId('id', ofRow),
    kind: enumOf('CommitmentKind', COMMITMENT_KINDS, 'kind', ofRow),
    status: enumOf('CommitmentStatus', COMMITMENT_STATUSES, 'status', ofRow),
    evidence: enumOf('EvidenceGrade', EVIDENCE_GRADES, 'evidence', ofRow, { nullable: true }),
    startsOn: date('starts_on', ofRow, { nullable: true }),
    endsOn: date('ends_on', ofRow, { nullable: true }),
    pledgedAt: instant('pledged_at', ofRow),
    checkedAt: instant('checked_at', ofRow, { nullable: true }),
    campaign: one('Campaign', ofRow, { local: 'campaign_id' }),
    phase: one('CampaignPhase', ofRow, { local: 'phase_id', nullable: true }),
    member: one('Member', ofRow, { local: 'member_id', sameSubject: true, sameColumns: ['chapter_id'] }),
  },
  orders: { NEWEST: { by: [{ expression: 'pledged_at', cast: 'timestamptz', desc: true }], policy: ofRow } },
  defaultOrder: 'NEWEST',
  filters: {
    kind: {
      type: 'String',
      enumName: 'CommitmentKind',
      enumValues: COMMITMENT_KINDS,
      sql: '$t.kind = $v',
      cast: 'text',
      policy: ofRow,
    },
    status: {
      type: 'String',
      list: true,
      enumName: 'CommitmentStatus',
      enumValues: COMMITMENT_STATUSES,
      sql: '$t.status = ANY($v)',
      cast: 'text[]',
      policy: ofRow,
    },
  },
});

/** What can be read of campaigns and commitments, and what they add to a member. */
export const campaignsReads: ReadsDeclaration = {
  types: [campaign, phase, demand, response, commitment],
  extensions: [
    extension({
      extend: 'Member',
      fields: {
        commitments: many('Commitment', ofRow, {
          foreign: 'member_id',
          sameSubject: true,
          sameColumns: ['chapter_id'],
        }),
      },
    }),
  ],
  roots: [
    root({
      name: 'campaign',
      type: 'Campaign',
      shape: 'one',
      description: 'One campaign.',
      policy: anyone,
      by: { slug: { column: 'slug', type: 'String', cast: 'text' } },
    }),
    root({
      name: 'campaigns',
      type: 'Campaign',
      shape: 'page',
      description: 'Campaigns, newest first.',
      policy: anyone,
    }),
  ],
};
