import { actorOf, anyone, permit, signedIn } from '@unionhall/identity';
import {
  boolean,
  count,
  enumOf,
  extension,
  globalId,
  instant,
  int,
  many,
  ofRow,
  one,
  readable,
  root,
  string,
  type Decision,
  type Policy,
  type ReadsDeclaration,
} from '@unionhall/platform';
import { ADMISSIONS } from './places/hall';

/** Announced gatherings are public; drafts belong to whoever edits them. */
const inChapter = permit({ permission: 'gatherings.read', chapter: 'chapter_id' });
const asked: Policy = {
  label: 'the invited',
  decide(actor, row) {
    const { memberId } = actorOf(actor);
    if (memberId === undefined) return 'none';
    const member = row.param((one) => actorOf(one).memberId, 'uuid', 'member');
    return {
      sql: `EXISTS (SELECT FROM rsvp i WHERE i.gathering_id = ${row.column('id')} AND i.member_id = ${member})`,
    };
  },
};
const sqlOf = (decision: Decision): string =>
  typeof decision === 'string' ? String(decision === 'all') : decision.sql;
const announced: Policy = {
  label: 'anyone once announced (by invitation: the invited), gatherings.read in chapter_id before',
  decide(actor, row) {
    const own = inChapter.decide(actor, row);
    if (own === 'all') return 'all';
    const invited = asked.decide(actor, row);
    const shown = [
      `${row.column('admission')} <> 'invitation'`,
      ...(invited === 'none' ? [] : [sqlOf(invited)]),
    ];
    const open = `(${row.column('state')} <> 'draft' AND (${shown.join(' OR ')}))`;
    return { sql: own === 'none' ? open : `(${open} OR ${own.sql})` };
  },
};
const going = permit({ permission: 'gatherings.read', chapter: 'chapter_id', self: 'member_id', link: true });
const KINDS = ['listening_session', 'training'];
const RSVPS = ['invited', 'going', 'maybe', 'waitlisted', 'declined', 'cancelled'];

const ATTENDANCES = ['attended', 'no_show', 'unknown'];

const gathering = readable({
  type: 'Gathering',
  description: 'A listening session or a training.',
  table: 'gathering',
  policy: announced,
  fields: {
    id: globalId('id', ofRow),
    kind: enumOf('GatheringKind', KINDS, 'kind', ofRow),
    title: string('title', ofRow),
    description: string('description', ofRow),
    startsAt: instant('starts_at', ofRow, { filter: ['gte', 'lt'] }),
    endsAt: instant('ends_at', ofRow),
    timeZone: string('time_zone', ofRow, { description: 'IANA name of the zone it was planned in.' }),
    language: string('language', ofRow, { filter: ['eq', 'in'] }),
    place: string('place', ofRow, { nullable: true }),
    onlineUrl: string('online_url', signedIn, {
      nullable: true,
      description: 'For those who have signed in.',
    }),
    capacity: int('capacity', ofRow, { nullable: true }),
    state: enumOf('GatheringState', ['draft', 'scheduled', 'cancelled'], 'state', ofRow),
    listed: boolean('listed', ofRow, { description: 'Whether it has a page that everyone may open.' }),
    uid: string('uid', ofRow, { description: 'The UID in calendars.' }),
    sequence: int('sequence', ofRow),
    goingCount: int('going_count', ofRow),
    waitlistedCount: int('waitlisted_count', inChapter),
    heldCount: int('held_count', inChapter, { description: 'Places held for offers.' }),
    admission: enumOf('GatheringAdmission', ADMISSIONS, 'admission', ofRow),
    guestsAllowed: int('guests_allowed', ofRow, { description: 'How many each may bring.' }),
    offerHours: int('offer_hours', inChapter, {
      nullable: true,
      description: 'How long a free place is offered to whoever is next; null: they have it at once.',
    }),
    graceHours: int('grace_hours', inChapter),
    absentAfterGrace: boolean('absent_after_grace', inChapter),
    settledAt: instant('settled_at', inChapter, {
      nullable: true,
      description: 'When the unmarked were written down.',
    }),
    attendedCount: int('attended_count', inChapter),
    chapter: one('Chapter', ofRow, { local: 'chapter_id' }),
    rsvps: many('Rsvp', inChapter, { foreign: 'gathering_id' }),
    attendances: many('Attendance', inChapter, { foreign: 'gathering_id' }),
  },
  orders: {
    STARTS_AT: { by: [{ expression: 'starts_at', cast: 'timestamptz' }], policy: ofRow },
    LATEST: { by: [{ expression: 'starts_at', cast: 'timestamptz', desc: true }], policy: ofRow },
  },
  defaultOrder: 'STARTS_AT',
  filters: {
    chapter: { type: 'ID', idOf: 'Chapter', sql: '$t.chapter_id = $v', cast: 'uuid', policy: ofRow },
    within: {
      type: 'ID',
      idOf: 'Chapter',
      sql: `$t.chapter_id IN (SELECT d.id FROM chapter a JOIN chapter d ON d.path LIKE a.path || '%' WHERE a.id = $v)`,
      cast: 'uuid',
      policy: ofRow,
      description: 'Of this chapter or one below it.',
    },
    until: {
      type: 'Instant',
      sql: '$t.ends_at <= $v',
      cast: 'timestamptz',
      policy: ofRow,
      description: 'Over at this instant.',
    },
    kind: {
      type: 'String',
      enumName: 'GatheringKind',
      enumValues: KINDS,
      sql: '$t.kind = $v',
      cast: 'text',
      policy: ofRow,
    },
    from: {
      type: 'Instant',
      sql: '$t.ends_at > $v',
      cast: 'timestamptz',
      policy: ofRow,
      description: 'Not yet over at this instant.',
    },
    to: {
      type: 'Instant',
      sql: '$t.starts_at < $v',
      cast: 'timestamptz',
      policy: ofRow,
      description: 'Begun before this instant.',
    },
  },
});

const rsvp = readable({
  type: 'Rsvp',
  description: 'What a member answered about coming to a gathering.',
  table: 'rsvp',
  subject: 'member_id',
  policy: going,
  fields: {
    id: globalId('id', ofRow),
    status: enumOf('RsvpStatus', RSVPS, 'status', ofRow),
    source: string('source', ofRow),
    at: instant('at', ofRow),
    guests: int('guests', ofRow),
    requestedAt: instant('requested_at', ofRow, {
      nullable: true,
      description: 'They asked to be let in, and nobody has decided.',
    }),
    offerExpiresAt: instant('offer_expires_at', ofRow, {
      nullable: true,
      description: 'Until when a place is held for them; saying GOING takes it.',
    }),
    refusal: string('refusal', ofRow, { nullable: true, description: 'Why they were not let in.' }),
    came: enumOf(
      'AttendanceStatus',
      ATTENDANCES,
      '(SELECT a.status FROM attendance a WHERE a.gathering_id = $t.gathering_id AND a.member_id = $t.member_id)',
      ofRow,
      { nullable: true, description: 'What is known of whether they came.' },
    ),
    member: one('Member', ofRow, { local: 'member_id', sameSubject: true, sameColumns: ['chapter_id'] }),
    gathering: one('Gathering', ofRow, { local: 'gathering_id' }),
  },
  orders: { NEWEST: { by: [{ expression: 'at', cast: 'timestamptz', desc: true }], policy: ofRow } },
  defaultOrder: 'NEWEST',
  filters: {
    from: {
      type: 'Instant',
      sql: 'EXISTS (SELECT FROM gathering g WHERE g.id = $t.gathering_id AND g.ends_at > $v)',
      cast: 'timestamptz',
      policy: ofRow,
      description: 'To gatherings that are not over at this instant.',
    },
    requested: {
      type: 'Boolean',
      sql: '($t.requested_at IS NOT NULL) = $v',
      cast: 'boolean',
      policy: ofRow,
      description: 'Who asked to be let in.',
    },
    status: {
      type: 'String',
      list: true,
      enumName: 'RsvpStatus',
      enumValues: RSVPS,
      sql: '$t.status = ANY($v)',
      cast: 'text[]',
      policy: ofRow,
    },
  },
});

const attendance = readable({
  type: 'Attendance',
  description: 'Whether a member came to a gathering.',
  table: 'attendance',
  subject: 'member_id',
  policy: permit({ permission: 'gatherings.read', chapter: 'chapter_id', self: 'member_id' }),
  fields: {
    id: globalId('id', ofRow),
    status: enumOf('AttendanceStatus', ATTENDANCES, 'status', ofRow),
    minutes: int('minutes', ofRow, { nullable: true }),
    source: string('source', ofRow),
    at: instant('at', ofRow),
    member: one('Member', ofRow, { local: 'member_id', sameSubject: true, sameColumns: ['chapter_id'] }),
    gathering: one('Gathering', ofRow, { local: 'gathering_id' }),
  },
  orders: { NEWEST: { by: [{ expression: 'at', cast: 'timestamptz', desc: true }], policy: ofRow } },
  defaultOrder: 'NEWEST',
});

/** What can be read of gatherings, answers and attendance, and what they add to a member. */
export const gatheringsReads: ReadsDeclaration = {
  types: [gathering, rsvp, attendance],
  extensions: [
    extension({
      extend: 'Member',
      fields: {
        rsvps: many('Rsvp', ofRow, { foreign: 'member_id', sameSubject: true, sameColumns: ['chapter_id'] }),
        attendances: many('Attendance', ofRow, {
          foreign: 'member_id',
          sameSubject: true,
          sameColumns: ['chapter_id'],
        }),
        attendanceCount: count('Attendance', ofRow, {
          foreign: 'member_id',
          sameColumns: ['chapter_id'],
          where: "$t.status = 'attended'",
          description: 'How many gatherings the member came to.',
        }),
      },
    }),
    extension({
      extend: 'Chapter',
      fields: { gatherings: many('Gathering', ofRow, { foreign: 'chapter_id' }) },
    }),
  ],
  roots: [
    root({
      name: 'gathering',
      type: 'Gathering',
      shape: 'one',
      description: 'One gathering.',
      policy: anyone,
      by: { id: { column: 'id', type: 'ID', cast: 'uuid' } },
    }),
    root({
      name: 'gatherings',
      type: 'Gathering',
      shape: 'page',
      description: 'The agenda.',
      policy: anyone,
    }),
  ],
};
