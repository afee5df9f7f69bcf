// Bugs that were thought of when the engine was written, each as edits of the compiled server,
// and what the judge must call it. An edit whose text
// is not found exactly once is an error: the engine has changed, and the bug must be planted anew.
const SEND = 'libs/outreach/src/sending/send.service.js';
const BARRIER = 'libs/outreach/src/sending/barrier.js';
const OUTCOMES = 'libs/outreach/src/sending/outcomes.js';
const LEASES = 'libs/outreach/src/sending/leases.js';
const ADVANCE = 'libs/outreach/src/sequences/advance.service.js';
const MOVES = 'libs/outreach/src/sequences/moves.js';
const LEDGER = 'migrations/1767225810000-sequence-versions.js';
const MAILER = 'libs/platform/src/mail/mailer.js';

export const PLANTED = [
  {
    name: 'no unique key of step and member: a move that is repeated writes the delivery again',
    by: ['duplicated'],
    // It shows only where a move is cut off between the two commits that it then has.
    at: ['outreach.advance.committing', 'outreach.advance.committed'],
    edits: [
      [
        LEDGER,
        'ALTER COLUMN purpose SET NOT NULL,\n        ADD CONSTRAINT delivery_once UNIQUE (sequence_id, step_key, member_id, occasion);',
        'ALTER COLUMN purpose SET NOT NULL;',
      ],
      [
        MOVES,
        'await em.query(`INSERT INTO delivery (',
        "await this.actions.tags.db.tx((0, require('../../../identity/src/index.js').systemActor)('outreach'), (own) => own.query(`INSERT INTO delivery (",
      ],
      [
        MOVES,
        'ON CONFLICT (sequence_id, step_key, member_id, occasion) DO NOTHING`, sql.values);',
        '`, sql.values));',
      ],
    ],
  },
  {
    name: 'no unique key of step and address: two members with one mailbox',
    by: ['duplicated'],
    edits: [
      [LEDGER, 'CREATE UNIQUE INDEX delivery_once_for_address', 'CREATE INDEX delivery_once_for_address'],
      [BARRIER, 'owner.get(key) ?? attempt.id', 'attempt.id'],
    ],
  },
  {
    name: 'accepted is written before the server has answered',
    by: ['lost'],
    edits: [
      [
        SEND,
        'await this.outcomes.record(attempt, await attempt.transport.send(attempt.message, mayBegin));',
        "await this.outcomes.record(attempt, { state: 'accepted', id: '' });\n            await attempt.transport.send(attempt.message, mayBegin);",
      ],
    ],
  },
  {
    name: 'an opt-out is acknowledged before its commit',
    by: ['after opt-out'],
    edits: [
      [
        'libs/outreach/src/unsubscribe-links.js',
        'return this.consents.stopEverything(actor, memberId, SOURCE);',
        'return void setTimeout(() => this.consents.stopEverything(actor, memberId, SOURCE).catch(() => undefined), 100);',
      ],
    ],
  },
  {
    name: 'what is uncertain is tried again',
    by: ['duplicated'],
    edits: [[SEND, "state = CASE state WHEN 'leased' THEN 'due' ELSE 'uncertain' END", "state = 'due'"]],
  },
  {
    name: 'what was handed over is tried again',
    by: ['duplicated'],
    edits: [[MAILER, 'return handOver.begun', 'return false']],
  },
  {
    name: 'a refusal for good is tried again',
    by: ['duplicated'],
    edits: [[MAILER, 'permanent: error.responseCode >= 500', 'permanent: false']],
  },
  {
    name: 'the fence is ignored',
    by: ['duplicated', 'after opt-out'],
    edits: [
      [BARRIER, "d.state = 'leased' AND (d.id, d.fence) IN (SELECT * FROM", 'd.id IN (SELECT c.id FROM'],
      [
        BARRIER,
        'unnest($1::uuid[], $2::int[]))\n     ORDER BY d.id',
        'unnest($1::uuid[], $2::int[]) AS c (id, fence))\n     ORDER BY d.id',
      ],
      [OUTCOMES, "AND r.fence = d.fence WHERE d.state = 'attempting'", ''],
      [SEND, 'performance.now() < latest', 'true'],
      [LEASES, 'performance.now() < until && mine.has(id)', 'true'],
    ],
  },
  {
    name: 'leases end by the clock of the process',
    by: ['unexplained'],
    edits: [[SEND, 'lease_until < app.clock()', 'lease_until < to_timestamp(${Date.now() / 1000})']],
  },
  {
    name: 'messages are due by the clock of the process',
    by: ['unexpected'],
    edits: [[ADVANCE, 'e.due_at <= app.now()', 'e.due_at <= to_timestamp(${Date.now() / 1000})']],
  },
  {
    name: 'a lease is never renewed',
    by: ['unexplained'],
    edits: [[LEASES, 'lease / SIGNS', '2_147_483_647']],
  },
  {
    name: 'the opt-out gate stands before the attempt barrier',
    by: ['after opt-out'],
    edits: [
      [SEND, 'RETURNING id, fence`', 'RETURNING id, fence, member_id`'],
      [
        SEND,
        'const held = this.leases.keep(claimed, since);',
        "const held = this.leases.keep(claimed, since);\n            const { barrier } = this;\n            const early = await this.db.tx((0, identity_1.systemActor)('outreach'), (em) => barrier.gate.contacts(em, claimed.map((one) => one.member_id), 'events', 'email'));\n            barrier.early = { contacts: new Map([...(barrier.early?.contacts ?? []), ...early.contacts]), refusals: new Map([...(barrier.early?.refusals ?? []), ...early.refusals]) };",
      ],
      [
        BARRIER,
        'await this.gate.contacts(em, members, purpose, (0, step_1.channelOf)(config));',
        'this.early;',
      ],
    ],
  },
  {
    name: 'a new time of the gathering forgets one of those who wait',
    by: ['lost'],
    edits: [
      [
        'libs/outreach/src/outreach.module.js',
        'w.position = e.position - 1 AND e.due_at > app.now()`;',
        'w.position = e.position - 1 AND e.due_at > app.now() AND e.id <> (SELECT x.id FROM enrollment x WHERE x.sequence_id = e.sequence_id ORDER BY x.id OFFSET 2 LIMIT 1)`;',
      ],
    ],
  },
  {
    name: 'the queue is the truth: no sweep finds what is due',
    by: ['lost'],
    edits: [
      ['libs/outreach/src/outreach.jobs.js', '(0, platform_1.defineSchedule)(exports.ADVANCE, 3_000);', ''],
      ['libs/outreach/src/outreach.jobs.js', '(0, platform_1.defineSchedule)(exports.SEND, 3_000);', ''],
    ],
  },
  {
    name: 'every attempt has a Message-ID of its own',
    by: ['duplicated'],
    edits: [['libs/outreach/src/letters.js', '`<${facts.id}@', '`<${facts.id}.${Date.now()}@']],
  },
  {
    name: 'the idempotency key is ignored',
    by: ['duplicated'],
    edits: [
      [
        'libs/outreach/src/sequences/sequences.service.js',
        "operation: 'outreach.start-training',\n            key: idempotencyKey,",
        "operation: 'outreach.start-training',\n            key: `${idempotencyKey} ${Math.random()}`,",
      ],
    ],
  },
];
