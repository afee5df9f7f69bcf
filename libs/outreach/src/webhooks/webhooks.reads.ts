import { permit } from '@unionhall/identity';
import {
  enumOf,
  globalId,
  instant,
  int,
  ofRow,
  one,
  readable,
  root,
  string,
  type ReadsDeclaration,
} from '@unionhall/platform';

const runners = permit({ permission: 'outreach.run', chapter: 'chapter_id' });

const endpoint = readable({
  type: 'WebhookEndpoint',
  description: 'An address that sequences may call.',
  table: 'webhook_endpoint',
  policy: runners,
  fields: {
    id: globalId('id', ofRow),
    name: string('name', ofRow),
    url: string('url', ofRow),
    createdAt: instant('created_at', ofRow),
    rotatedAt: instant('rotated_at', ofRow, { nullable: true }),
    disabledAt: instant('disabled_at', ofRow, { nullable: true, filter: ['isNull'] }),
    chapter: one('Chapter', ofRow, { local: 'chapter_id' }),
  },
  orders: { NEWEST: { by: [{ expression: 'created_at', cast: 'timestamptz', desc: true }], policy: ofRow } },
  defaultOrder: 'NEWEST',
});

const call = readable({
  type: 'WebhookCall',
  description: 'One call of an endpoint about one member.',
  table: 'webhook_call',
  subject: 'member_id',
  policy: runners,
  fields: {
    id: globalId('id', ofRow),
    state: enumOf('WebhookCallState', ['due', 'leased', 'delivered', 'failed'], 'state', ofRow, {
      filter: ['eq', 'in'],
    }),
    step: string('step_key', ofRow, { description: 'The key of the step.' }),
    attempts: int('attempts', ofRow),
    lastStatus: int('last_status', ofRow, {
      nullable: true,
      description: 'What was answered last; null when nothing was.',
    }),
    reason: string('reason', ofRow, { nullable: true, description: 'Why it was not delivered.' }),
    madeAt: instant('made_at', ofRow),
    nextAt: instant('next_at', ofRow),
    decidedAt: instant('decided_at', ofRow, { nullable: true }),
    sequence: one('Sequence', ofRow, { local: 'sequence_id', nullable: true }),
    member: one('Member', ofRow, { local: 'member_id', sameSubject: true, nullable: true }),
  },
  orders: { NEWEST: { by: [{ expression: 'made_at', cast: 'timestamptz', desc: true }], policy: ofRow } },
  defaultOrder: 'NEWEST',
  filters: {
    endpoint: {
      type: 'ID',
      idOf: 'WebhookEndpoint',
      sql: '$t.endpoint_id = $v',
      cast: 'uuid',
      policy: ofRow,
      description: 'Of this endpoint.',
    },
  },
});

/** Endpoints of sequences, and what became of their calls. */
export const webhooksReads: ReadsDeclaration = {
  types: [endpoint, call],
  extensions: [],
  roots: [
    root({
      name: 'webhookEndpoints',
      type: 'WebhookEndpoint',
      shape: 'page',
      description: 'What the sequences of your chapters may call.',
      policy: runners,
    }),
    root({
      name: 'webhookCalls',
      type: 'WebhookCall',
      shape: 'page',
      description: 'Calls of the endpoints of your chapters.',
      policy: runners,
    }),
  ],
};
