// Bugs that were thought of when the engine was written, each as edits of the compiled server,
// and what the judge must call it. An edit whose text
// is not found exactly once is an error: the engine has changed, and the bug must be planted anew.
const SEND = 'libs/outreach/src/send.service.js';
const LEASES = 'libs/outreach/src/leases.js';
const ADVANCE = 'libs/outreach/src/advance.service.js';
const LEDGER = 'migrations/1767225670000-outreach.js';
const MAILER = 'libs/platform/src/mail/mailer.js';

export const PLANTED = [
  {
    name: 'no unique key of step and member: a move that is repeated writes the delivery again',
    by: ['duplicated'],
    edits: [
      [LEDGER, 'UNIQUE (step_id, member_id),', ''],
      [
        ADVANCE,
        'await em.query(`INSERT INTO delivery',
        "await this.db.tx((0, identity_1.systemActor)('outreach'), (own) => own.query(`INSERT INTO delivery",
      ],
      [
        ADVANCE,
        'ON CONFLICT (step_id, member_id) DO NOTHING`, [ids, group.step_id, config.only]);',
        '`, [ids, group.step_id, config.only]));',
      ],
    ],
  },
  {
    name: 'no unique key of step and address: two members with one mailbox',
    by: ['duplicated'],
    edits: [
      [LEDGER, 'UNIQUE (step_id, address_hash),', ''],
      [SEND, 'owner.get(key) ?? attempt.row.id', 'attempt.row.id'],
    ],
  },
  {
    name: 'accepted is written before the server has answered',
    by: ['lost'],
    edits: [
      [
        SEND,
        'const outcome = await this.mailer.send(',
        "const outcome = { state: 'accepted', id: '' };\n        const sent = () => this.mailer.send(",
      ],
      [
        SEND,
        "record(em, row, outcome, retry), 'outreach.record');",
        "record(em, row, outcome, retry), 'outreach.record');\n        await sent();",
      ],
    ],
  },
  {
    name: 'an opt-out is acknowledged before its commit',
    by: ['after opt-out'],
    edits: [
      [
        'libs/outreach/src/unsubscribe-links.js',
        "return this.consents.stopEverything(actor, memberId, 'unsubscribe link');",
        "return void setTimeout(() => this.consents.stopEverything(actor, memberId, 'unsubscribe link').catch(() => undefined), 100);",
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
      [SEND, "d.state = 'leased' AND (d.id, d.fence) IN (SELECT * FROM", 'd.id IN (SELECT c.id FROM'],
      [
        SEND,
        'unnest($1::uuid[], $2::int[]))\n     ORDER BY d.id',
        'unnest($1::uuid[], $2::int[]) AS c (id, fence))\n     ORDER BY d.id',
      ],
      [SEND, "AND fence = $2 AND state = 'attempting'", 'AND $2::int IS NOT NULL'],
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
        "const held = this.leases.keep(claimed, since);\n            const early = await this.db.tx((0, identity_1.systemActor)('outreach'), (em) => this.gate.contacts(em, claimed.map((one) => one.member_id), 'events', 'email'));\n            this.early = { contacts: new Map([...(this.early?.contacts ?? []), ...early.contacts]), refusals: new Map([...(this.early?.refusals ?? []), ...early.refusals]) };",
      ],
      [
        SEND,
        "await this.gate.contacts(em, mine.map((row) => row.member_id), purpose, 'email');",
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
        'w.position = e.position - 1 AND e.due_at > app.now() AND e.id <> (SELECT x.id FROM enrollment x WHERE x.sequence_id = s.id ORDER BY x.id DESC LIMIT 1)`;',
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
        'libs/outreach/src/sequences.service.js',
        'key: idempotencyKey,',
        'key: `${idempotencyKey} ${Math.random()}`,',
      ],
    ],
  },
];
