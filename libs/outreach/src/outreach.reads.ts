import { permit } from '@unionhall/identity';
import {
  count,
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

const runners = permit({ permission: 'outreach.run', chapter: 'chapter_id' });
const ownOrRunners = permit({ permission: 'outreach.run', chapter: 'chapter_id', self: 'member_id' });
const DELIVERY_STATES = ['due', 'leased', 'attempting', 'accepted', 'rejected', 'suppressed', 'uncertain'];

const sequence = readable({
  type: 'Sequence',
  description: 'Messages, waits and branches that a segment is led through.',
  table: 'sequence',
  policy: runners,
  fields: {
    id: globalId('id', ofRow),
    title: string('title', ofRow),
    purpose: string('purpose', ofRow),
    state: enumOf('SequenceState', ['active', 'held', 'ended'], 'state', ofRow),
    segment: json('segment', ofRow),
    startedAt: instant('started_at', ofRow),
    chapter: one('Chapter', ofRow, { local: 'chapter_id' }),
    gathering: one('Gathering', ofRow, { local: 'gathering_id', nullable: true }),
    steps: many('SequenceStep', ofRow, { foreign: 'sequence_id' }),
    deliveries: many('Delivery', ofRow, { foreign: 'sequence_id' }),
    enrolledCount: count('Enrollment', ofRow, { foreign: 'sequence_id' }),
    activeCount: count('Enrollment', ofRow, { foreign: 'sequence_id', where: `$t.state = 'active'` }),
  },
  orders: { NEWEST: { by: [{ expression: 'started_at', cast: 'timestamptz', desc: true }], policy: ofRow } },
  defaultOrder: 'NEWEST',
  filters: {
    within: {
      type: 'ID',
      idOf: 'Chapter',
      sql: `$t.chapter_id IN (SELECT d.id FROM chapter a JOIN chapter d ON d.path LIKE a.path || '%' WHERE a.id = $v)`,
      cast: 'uuid',
      policy: ofRow,
      description: 'Started for this chapter or one below it.',
    },
  },
});

/** Those who stand at the step: they have come to it, and wait until it is due. */
const AT_STEP = `FROM enrollment e WHERE e.sequence_id = $t.sequence_id AND e.version = $t.version AND e.position = $t.position AND e.state = 'active'`;
const OUTCOMES = `(SELECT coalesce(jsonb_agg(o ORDER BY o.state, o.total DESC, o.reason), '[]') FROM (
  SELECT upper(d.state) AS state, d.reason, count(*)::int AS total FROM delivery d WHERE d.step_id = $t.id GROUP BY d.state, d.reason) o)`;

const byState = (state: string, condition = `$t.state = '${state}'`) =>
  count('Delivery', ofRow, { foreign: 'step_id', where: condition });

const step = readable({
  type: 'SequenceStep',
  description: 'One step of a sequence, with what became of its messages.',
  table: 'sequence_step',
  policy: runners,
  fields: {
    id: globalId('id', ofRow),
    position: int('position', ofRow),
    kind: enumOf('StepKind', ['message', 'wait', 'branch', 'exit'], 'kind', ofRow),
    name: string(`$t.config->>'name'`, ofRow, { nullable: true }),
    config: json('config', ofRow),
    waiting: int(`(SELECT count(*)::int ${AT_STEP})`, ofRow, {
      description: 'People who have come to this step and wait until it is due.',
    }),
    nextDueAt: instant(`(SELECT min(e.due_at) ${AT_STEP})`, ofRow, {
      nullable: true,
      description: 'When the first of them goes on.',
    }),
    outcomes: json(OUTCOMES, ofRow, {
      description: 'What became of its messages: [{ state, reason, total }].',
    }),
    waitingToSend: byState('due', `$t.state IN ('due', 'leased', 'attempting')`),
    accepted: byState('accepted'),
    rejected: byState('rejected'),
    suppressed: byState('suppressed'),
    uncertain: byState('uncertain'),
  },
  orders: { POSITION: { by: [{ expression: 'position', cast: 'int' }], policy: ofRow } },
  defaultOrder: 'POSITION',
});

const enrollment = readable({
  type: 'Enrollment',
  description: 'A member inside a sequence.',
  table: 'enrollment',
  subject: 'member_id',
  policy: ownOrRunners,
  fields: {
    id: globalId('id', ofRow),
    state: enumOf('EnrollmentState', ['active', 'done', 'exited'], 'state', ofRow),
    exitReason: string('exit_reason', ofRow, { nullable: true }),
    position: int('position', ofRow),
    dueAt: instant('due_at', ofRow),
    member: one('Member', ofRow, { local: 'member_id', sameSubject: true, nullable: true }),
  },
  orders: { ENROLLED: { by: [{ expression: 'enrolled_at', cast: 'timestamptz' }], policy: ofRow } },
  defaultOrder: 'ENROLLED',
});

const delivery = readable({
  type: 'Delivery',
  description: 'The ledger row of one message to one person.',
  table: 'delivery',
  subject: 'member_id',
  policy: ownOrRunners,
  fields: {
    id: globalId('id', ofRow),
    state: enumOf('DeliveryState', DELIVERY_STATES, 'state', ofRow, { filter: ['eq', 'in'] }),
    reason: string('reason', ofRow, { nullable: true, description: 'Why it was not sent, or is uncertain.' }),
    dueAt: instant('due_at', ofRow),
    decidedAt: instant('decided_at', ofRow, { nullable: true }),
    member: one('Member', ofRow, { local: 'member_id', sameSubject: true, nullable: true }),
    step: one('SequenceStep', runners, { local: 'step_id', nullable: true }),
  },
  orders: { DUE: { by: [{ expression: 'due_at', cast: 'timestamptz' }], policy: ofRow } },
  defaultOrder: 'DUE',
  filters: {
    step: { type: 'ID', idOf: 'SequenceStep', sql: '$t.step_id = $v', cast: 'uuid', policy: runners },
  },
});

/** Sequences with their progress, and what was sent to a member. */
export const outreachReads: ReadsDeclaration = {
  types: [sequence, step, enrollment, delivery],
  extensions: [
    extension({
      extend: 'Member',
      fields: { deliveries: many('Delivery', ofRow, { foreign: 'member_id', sameSubject: true }) },
    }),
    extension({
      extend: 'Gathering',
      fields: { sequences: many('Sequence', runners, { foreign: 'gathering_id' }) },
    }),
  ],
  roots: [
    root({
      name: 'sequence',
      type: 'Sequence',
      shape: 'one',
      description: 'One sequence.',
      policy: runners,
      by: { id: { column: 'id', type: 'ID', cast: 'uuid' } },
    }),
    root({
      name: 'sequences',
      type: 'Sequence',
      shape: 'page',
      description: 'The sequences of your chapters.',
      policy: runners,
    }),
  ],
};
