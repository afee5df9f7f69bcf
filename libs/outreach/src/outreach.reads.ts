import { permit } from '@unionhall/identity';
import {
  boolean,
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

const VERSIONS = `(SELECT coalesce(jsonb_agg(jsonb_build_object(
    'version', v.version, 'savedAt', v.saved_at, 'publishedAt', v.published_at, 'people', v.people,
    'inside', (SELECT count(*) FROM enrollment e WHERE e.sequence_id = v.sequence_id AND e.version = v.version AND e.state = 'active')) ORDER BY v.version DESC), '[]')
  FROM sequence_version v WHERE v.sequence_id = $t.id)`;
const DRAFT = `(SELECT v.settings || jsonb_build_object('version', v.version, 'revision', v.revision)
  FROM sequence_version v WHERE v.sequence_id = $t.id AND v.published_at IS NULL)`;

const sequence = readable({
  type: 'Sequence',
  description: 'Messages, waits and branches that a segment is led through.',
  table: 'sequence',
  policy: runners,
  fields: {
    id: globalId('id', ofRow),
    title: string('title', ofRow),
    purpose: string('purpose', ofRow),
    state: enumOf(
      'SequenceState',
      ['draft', 'waiting_for_approval', 'active', 'held', 'ended'],
      'state',
      ofRow,
    ),
    segment: json('segment', ofRow),
    startedAt: instant('started_at', ofRow),
    chapter: one('Chapter', ofRow, { local: 'chapter_id' }),
    gathering: one('Gathering', ofRow, { local: 'gathering_id', nullable: true }),
    trigger: json('trigger', ofRow, { description: 'What lets people in: { on: "hand" | "joined" | … }.' }),
    reentry: enumOf('Reentry', ['once', 'each_gathering', 'again'], 'reentry', ofRow),
    goal: json('goal', ofRow, {
      nullable: true,
      description: 'Whoever it is true of has reached the goal, and leaves.',
    }),
    entriesOpen: boolean('entries_open', ofRow),
    heldReason: string('held_reason', ofRow, { nullable: true, description: 'Who or what held it.' }),
    audience: int('audience', ofRow, { nullable: true, description: 'How many were meant when it began.' }),
    version: int('version', ofRow, { description: 'What is published; 0 for nothing yet.' }),
    versions: json(VERSIONS, ofRow, {
      description: 'Newest first: [{ version, savedAt, publishedAt, people, inside }].',
    }),
    draft: json(DRAFT, ofRow, {
      nullable: true,
      description:
        'What is not published yet: { version, revision, title, segment, trigger, reentry, goal }.',
    }),
    steps: many('SequenceStep', ofRow, {
      foreign: 'sequence_id',
      where: `$t.version = (SELECT s.version FROM sequence s WHERE s.id = $t.sequence_id)`,
      description: 'Of the version that is published.',
    }),
    draftSteps: many('SequenceStep', ofRow, {
      foreign: 'sequence_id',
      where: `$t.version = (SELECT v.version FROM sequence_version v WHERE v.sequence_id = $t.sequence_id AND v.published_at IS NULL)`,
    }),
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
const AT_STEP = `FROM enrollment e JOIN sequence_step x ON x.sequence_id = e.sequence_id AND x.version = e.version AND x.position = e.position AND x.key = $t.key
  WHERE e.sequence_id = $t.sequence_id AND e.state = 'active'`;
/** What became of the step in every version. */
const OF_STEP = `FROM delivery d WHERE d.sequence_id = $t.sequence_id AND d.step_key = $t.key`;
const OUTCOMES = `(SELECT coalesce(jsonb_agg(o ORDER BY o.state, o.total DESC, o.reason), '[]') FROM (
  SELECT upper(d.state) AS state, d.reason, count(*)::int AS total ${OF_STEP} GROUP BY d.state, d.reason) o)`;

const byState = (...states: readonly string[]) =>
  int(
    `(SELECT count(*)::int ${OF_STEP} AND d.state IN (${states.map((one) => `'${one}'`).join(', ')}))`,
    ofRow,
  );

const step = readable({
  type: 'SequenceStep',
  description: 'One step of a sequence, with what became of its messages.',
  table: 'sequence_step',
  policy: runners,
  fields: {
    id: globalId('id', ofRow),
    position: int('position', ofRow),
    key: string('key', ofRow, { description: 'Names the step in every version.' }),
    version: int('version', ofRow),
    kind: enumOf('StepKind', ['message', 'wait', 'branch', 'split', 'action', 'exit'], 'kind', ofRow),
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
    waitingToSend: byState('due', 'leased', 'attempting'),
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
    step: {
      type: 'ID',
      idOf: 'SequenceStep',
      sql: '(SELECT st.sequence_id = $t.sequence_id AND st.key = $t.step_key FROM sequence_step st WHERE st.id = $v)',
      cast: 'uuid',
      policy: runners,
      description: 'Of this step, in every version.',
    },
  },
});

const task = readable({
  type: 'Task',
  description: 'What a sequence asks an organizer to do about a member.',
  table: 'task',
  subject: 'member_id',
  policy: runners,
  fields: {
    id: globalId('id', ofRow),
    title: string('title', ofRow),
    madeAt: instant('made_at', ofRow),
    doneAt: instant('done_at', ofRow, { nullable: true }),
    member: one('Member', ofRow, { local: 'member_id', sameSubject: true, nullable: true }),
    sequence: one('Sequence', ofRow, { local: 'sequence_id', nullable: true }),
  },
  orders: { OLDEST: { by: [{ expression: 'made_at', cast: 'timestamptz' }], policy: ofRow } },
  defaultOrder: 'OLDEST',
  filters: {
    open: {
      type: 'Boolean',
      sql: '($t.done_at IS NULL) = $v',
      cast: 'boolean',
      policy: ofRow,
      description: 'Whether it is still to do.',
    },
  },
});

/** Sequences with their progress, and what was sent to a member. */
export const outreachReads: ReadsDeclaration = {
  types: [sequence, step, enrollment, delivery, task],
  extensions: [
    extension({
      extend: 'Member',
      fields: { deliveries: many('Delivery', ofRow, { foreign: 'member_id', sameSubject: true }) },
    }),
    extension({
      extend: 'LadderPlace',
      fields: {},
      filters: {
        neverAsked: {
          type: 'Boolean',
          sql: `(NOT EXISTS (SELECT FROM commitment c WHERE c.member_id = $t.member_id)
            AND NOT EXISTS (SELECT FROM commitment_request q WHERE q.member_id = $t.member_id)
            AND NOT EXISTS (SELECT FROM gathering_facilitator f WHERE f.member_id = $t.member_id)) = $v`,
          cast: 'boolean',
          policy: ofRow,
          description: 'Who was never asked for more: not to pledge, not to lead, and did neither.',
        },
      },
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
      where: '$t.tries IS NULL',
    }),
    root({
      name: 'tasks',
      type: 'Task',
      shape: 'page',
      description: 'What is to do in your chapters.',
      policy: runners,
    }),
  ],
};
