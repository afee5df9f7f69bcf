import { anyone, permit } from '@unionhall/identity';
import {
  boolean,
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
import { SHOWN_AS } from './certificates.service';
import { RUNGS } from './ladder';
import { QUALIFICATIONS } from './qualifications.service';

const planners = permit({ permission: 'gatherings.edit', chapter: 'chapter_id' });
const anyPlanner = permit({ permission: 'gatherings.edit' });
const theirs = permit({ permission: 'gatherings.read', chapter: 'chapter_id', self: 'member_id' });
/** What is taught is public; a draft belongs to whoever plans there. */
const taught: Policy = {
  label: 'anyone once opened, gatherings.edit in chapter_id before',
  decide(actor, row) {
    const own = planners.decide(actor, row);
    if (own === 'all') return 'all';
    const open = `${row.column('state')} <> 'draft'`;
    return { sql: own === 'none' ? open : `(${open} OR ${own.sql})` };
  },
};
const ofTaught: Policy = {
  label: 'anyone once the course is opened, gatherings.edit before',
  decide(actor, row) {
    if (anyPlanner.decide(actor, row) === 'all') return 'all';
    return {
      sql: `EXISTS (SELECT FROM course c WHERE c.id = ${row.column('course_id')} AND c.state <> 'draft')`,
    };
  },
};
/** Courses that come first, as [{ id, title }]. */
const REQUIRES = `(SELECT coalesce(jsonb_agg(jsonb_build_object('id', 'Course_' || c.id, 'title', c.title) ORDER BY c.title), '[]')
  FROM course_prerequisite p JOIN course c ON c.id = p.requires_id WHERE p.course_id = $t.id AND c.state <> 'draft')`;
const MODULES_TAUGHT = `(SELECT coalesce(jsonb_agg(jsonb_build_object('id', 'CourseModule_' || m.id, 'title', m.title,
    'courseId', 'Course_' || c.id, 'course', c.title) ORDER BY c.title, m.ordinal), '[]')
  FROM gathering_module t JOIN course_module m ON m.id = t.module_id JOIN course c ON c.id = m.course_id WHERE t.gathering_id = $t.id)`;

const course = readable({
  type: 'Course',
  description: 'A course: modules that trainings teach, and a certificate at its end.',
  table: 'course',
  policy: taught,
  fields: {
    id: globalId('id', ofRow),
    title: string('title', ofRow),
    description: string('description', ofRow),
    language: string('language', ofRow),
    state: enumOf('CourseState', ['draft', 'open', 'retired'], 'state', ofRow),
    certificateMonths: int('certificate_months', ofRow, {
      nullable: true,
      description: 'How long a certificate holds; null: for ever.',
    }),
    optionalNeeded: int('optional_needed', ofRow, {
      description: 'How many of the modules that are not required one needs besides.',
    }),
    preparesFor: enumOf('QualificationKind', QUALIFICATIONS, 'prepares_for', ofRow, { nullable: true }),
    requires: json(REQUIRES, ofRow, { description: 'Courses that come first: [{ id, title }].' }),
    chapter: one('Chapter', ofRow, { local: 'chapter_id' }),
    modules: many('CourseModule', ofRow, { foreign: 'course_id' }),
  },
  orders: { TITLE: { by: [{ expression: 'title', cast: 'text' }], policy: ofRow } },
  defaultOrder: 'TITLE',
  filters: {
    state: {
      type: 'String',
      enumName: 'CourseState',
      enumValues: ['draft', 'open', 'retired'],
      sql: '$t.state = $v',
      cast: 'text',
      policy: ofRow,
    },
  },
});

const courseModule = readable({
  type: 'CourseModule',
  description: 'A part of a course.',
  table: 'course_module',
  policy: ofTaught,
  fields: {
    id: globalId('id', ofRow),
    ordinal: int('ordinal', ofRow),
    title: string('title', ofRow),
    minimumMinutes: int('minimum_minutes', ofRow, { nullable: true }),
    required: boolean('required', ofRow),
    course: one('Course', ofRow, { local: 'course_id' }),
  },
  orders: { ORDINAL: { by: [{ expression: 'ordinal', cast: 'int' }], policy: ofRow } },
  defaultOrder: 'ORDINAL',
});

const certificate = readable({
  type: 'Certificate',
  description: 'That a member completed a course.',
  table: 'certificate',
  subject: 'member_id',
  policy: theirs,
  fields: {
    id: globalId('id', ofRow),
    code: string('code', ofRow, { description: 'By which anyone can check it.' }),
    shownAs: enumOf('CertificateShownAs', SHOWN_AS, 'shown_as', ofRow),
    issuedAt: instant('issued_at', ofRow),
    expiresAt: instant('expires_at', ofRow, { nullable: true }),
    revokedAt: instant('revoked_at', ofRow, { nullable: true }),
    revokedFor: string('revoked_for', ofRow, { nullable: true }),
    course: one('Course', ofRow, { local: 'course_id' }),
    member: one('Member', ofRow, { local: 'member_id', sameSubject: true, sameColumns: ['chapter_id'] }),
  },
  orders: { NEWEST: { by: [{ expression: 'issued_at', cast: 'timestamptz', desc: true }], policy: ofRow } },
  defaultOrder: 'NEWEST',
});

const qualification = readable({
  type: 'Qualification',
  description: 'That a member may lead sessions, or train others.',
  table: 'qualification',
  subject: 'member_id',
  policy: theirs,
  fields: {
    id: globalId('id', ofRow),
    kind: enumOf('QualificationKind', QUALIFICATIONS, 'kind', ofRow),
    grantedAt: instant('granted_at', ofRow),
    revokedAt: instant('revoked_at', ofRow, { nullable: true }),
    member: one('Member', ofRow, { local: 'member_id', sameSubject: true, sameColumns: ['chapter_id'] }),
  },
  orders: { NEWEST: { by: [{ expression: 'granted_at', cast: 'timestamptz', desc: true }], policy: ofRow } },
  defaultOrder: 'NEWEST',
});

const led = (when: string): string =>
  `(SELECT count(*)::int FROM gathering_facilitator f JOIN gathering g ON g.id = f.gathering_id
    WHERE f.member_id = $t.member_id AND f.state <> 'declined' AND g.state = 'scheduled' AND ${when})`;

const place = readable({
  type: 'LadderPlace',
  description: 'Where a member who has begun to climb stands, and what they are ready for.',
  table: 'ladder_place',
  key: 'member_id',
  subject: 'member_id',
  policy: theirs,
  fields: {
    rung: enumOf('LadderRung', RUNGS, 'rung', ofRow),
    readyFor: enumOf('LadderRung', RUNGS, 'ready_for', ofRow, { nullable: true }),
    since: instant('since', ofRow),
    cameTo: int(
      `(SELECT count(*)::int FROM attendance a WHERE a.member_id = $t.member_id AND a.status = 'attended')`,
      ofRow,
      { description: 'How many gatherings they came to.' },
    ),
    hasLed: int(led('g.ends_at <= app.now()'), ofRow, { description: 'How many gatherings they have led.' }),
    leadsNext: int(led('g.ends_at > app.now()'), ofRow, {
      description: 'How many gatherings ahead they lead, or are asked to.',
    }),
    member: one('Member', ofRow, { local: 'member_id', sameSubject: true, sameColumns: ['chapter_id'] }),
  },
  orders: { LONGEST: { by: [{ expression: 'since', cast: 'timestamptz' }], policy: ofRow } },
  defaultOrder: 'LONGEST',
  filters: {
    within: {
      type: 'ID',
      idOf: 'Chapter',
      sql: `$t.chapter_id IN (SELECT d.id FROM chapter a JOIN chapter d ON d.path LIKE a.path || '%' WHERE a.id = $v)`,
      cast: 'uuid',
      policy: ofRow,
      description: 'Of this chapter or one below it.',
    },
    readyFor: {
      type: 'String',
      enumName: 'LadderRung',
      enumValues: RUNGS,
      sql: '$t.ready_for = $v',
      cast: 'text',
      policy: ofRow,
    },
    cameAtLeast: {
      type: 'Int',
      sql: `(SELECT count(*) FROM attendance a WHERE a.member_id = $t.member_id AND a.status = 'attended') >= $v`,
      cast: 'int',
      policy: ofRow,
      description: 'Who came to so many gatherings.',
    },
    rung: {
      type: 'String',
      enumName: 'LadderRung',
      enumValues: RUNGS,
      sql: '$t.rung = $v',
      cast: 'text',
      policy: ofRow,
    },
  },
});

const mine = { foreign: 'member_id', sameSubject: true, sameColumns: ['chapter_id'] };

/** Courses, certificates, qualifications, and the ladder. */
export const trainingsReads: ReadsDeclaration = {
  types: [course, courseModule, certificate, qualification, place],
  extensions: [
    extension({
      extend: 'Gathering',
      fields: {
        teaches: json(MODULES_TAUGHT, ofRow, {
          description: 'Modules that a training teaches: [{ id, title, courseId, course }].',
        }),
      },
    }),
    extension({
      extend: 'Member',
      fields: {
        certificates: many('Certificate', ofRow, mine),
        qualifications: many('Qualification', ofRow, mine),
      },
    }),
  ],
  roots: [
    root({ name: 'courses', type: 'Course', shape: 'page', description: 'What is taught.', policy: anyone }),
    root({
      name: 'course',
      type: 'Course',
      shape: 'one',
      description: 'One course.',
      policy: anyone,
      by: { id: { column: 'id', type: 'ID', cast: 'uuid' } },
    }),
    root({
      name: 'ladderPlaces',
      type: 'LadderPlace',
      shape: 'page',
      description: 'Who has begun to climb, those first who have stood longest where they are.',
      policy: permit({ permission: 'gatherings.read' }),
    }),
  ],
};
