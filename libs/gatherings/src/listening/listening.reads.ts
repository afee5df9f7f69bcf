import { permit } from '@unionhall/identity';
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
import { CONSENT_WAYS, NAMINGS, QUOTING, SHARINGS } from './testimony-input';

/** Themes hold no person's data; whoever works with gatherings anywhere finds those of the whole union. */
const working = permit({ permission: 'gatherings.read' });
const coding = permit({ permission: 'listening.code', chapter: 'chapter_id', self: 'member_id' });
const recording = permit({ permission: 'listening.record', chapter: 'chapter_id', self: 'member_id' });
const recordingOfMember = permit({ permission: 'listening.record', chapter: 'chapter_id', self: 'id' });
const THEME_STATES = ['active', 'merged', 'split'];
const CHANGES = ['created', 'renamed', 'merged_into', 'merged_from', 'split_into', 'split_from'];

const theme = readable({
  type: 'Theme',
  description: 'What testimony is about.',
  table: 'theme',
  policy: working,
  fields: {
    id: globalId('id', ofRow),
    name: string('name', ofRow),
    description: string('description', ofRow),
    state: enumOf('ThemeState', THEME_STATES, 'state', ofRow, { filter: ['eq', 'in'] }),
    createdAt: instant('created_at', ofRow),
    current: one('Theme', ofRow, {
      local: 'current_id',
      nullable: true,
      description: 'What it has become by merging; itself while active, null when it was split.',
    }),
    chapter: one('Chapter', ofRow, { local: 'chapter_id' }),
    changes: many('ThemeChange', ofRow, { foreign: 'theme_id' }),
  },
  orders: {
    NAME: { by: [{ expression: 'lower($t.name)', cast: 'text' }], policy: ofRow },
    NEWEST: { by: [{ expression: 'created_at', cast: 'timestamptz', desc: true }], policy: ofRow },
  },
  defaultOrder: 'NAME',
  filters: {
    usableIn: {
      type: 'ID',
      idOf: 'Chapter',
      sql: `EXISTS (SELECT FROM chapter here JOIN chapter c ON here.path LIKE c.path || '%' WHERE here.id = $v AND c.id = $t.chapter_id)`,
      cast: 'uuid',
      policy: ofRow,
      description: 'Of this chapter or one above it: what its testimony is coded with.',
    },
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

const change = readable({
  type: 'ThemeChange',
  description: 'One line of the history of a theme.',
  table: 'theme_change',
  policy: working,
  fields: {
    id: globalId('id', ofRow),
    kind: enumOf('ThemeChangeKind', CHANGES, 'kind', ofRow),
    name: string('name', ofRow, { description: 'What the theme was called after it.' }),
    at: instant('at', ofRow),
    by: string('app.email_of_grantee($t.changed_by)', ofRow, {
      nullable: true,
      description: 'The account of who made it, where you may see it.',
    }),
    other: one('Theme', ofRow, { local: 'other_theme_id', nullable: true }),
    theme: one('Theme', ofRow, { local: 'theme_id' }),
  },
  orders: { NEWEST: { by: [{ expression: 'at', cast: 'timestamptz', desc: true }], policy: ofRow } },
  defaultOrder: 'NEWEST',
});

const testimony = readable({
  type: 'Testimony',
  description: 'What one person said in a listening session, without its words: testimonyPage has those.',
  table: 'testimony',
  subject: 'member_id',
  policy: coding,
  fields: {
    id: globalId('id', ofRow),
    language: string('language', ofRow, { description: 'BCP 47, what was spoken.' }),
    state: enumOf('TestimonyState', ['standing', 'withdrawn'], 'state', ofRow, { filter: ['eq'] }),
    quote: enumOf('TestimonyQuoting', QUOTING, 'quote', ofRow),
    namedAs: enumOf('TestimonyNaming', NAMINGS, 'named_as', ofRow),
    pseudonym: string('pseudonym', ofRow, { nullable: true }),
    sharedWith: enumOf('TestimonySharing', SHARINGS, 'shared_with', ofRow),
    heardAt: instant('heard_at', ofRow),
    takenAt: instant('taken_at', ofRow),
    withdrawnAt: instant('withdrawn_at', ofRow, { nullable: true }),
    codedCount: int('coded_count', ofRow, {
      description: 'How many have submitted their codes: at most two.',
    }),
    settledAt: instant('settled_at', ofRow, { nullable: true }),
    settledHow: enumOf('TestimonySettling', ['agreed', 'together', 'third'], 'settled_how', ofRow, {
      nullable: true,
    }),
    themes: json(
      `(SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('id', 'Theme_' || n.id, 'name', n.name)), '[]') FROM testimony_theme s
        JOIN theme h ON h.id = s.theme_id JOIN theme n ON n.id = h.current_id WHERE s.testimony_id = $t.id)`,
      ofRow,
      { description: 'Its settled codes: [{ id, name }].' },
    ),
    consents: many('TestimonyConsent', recording, { foreign: 'testimony_id' }),
    gathering: one('Gathering', ofRow, { local: 'gathering_id' }),
    member: one('Member', recording, {
      local: 'member_id',
      nullable: true,
      sameSubject: true,
      description: 'Null when nobody is known.',
    }),
  },
  orders: { NEWEST: { by: [{ expression: 'taken_at', cast: 'timestamptz', desc: true }], policy: ofRow } },
  defaultOrder: 'NEWEST',
});

const consent = readable({
  type: 'TestimonyConsent',
  description: 'What a speaker allowed, once; the newest holds.',
  table: 'testimony_consent',
  policy: {
    label: 'of its testimony',
    decide: (actor, row) => {
      const held = recording.decide(actor, {
        column: (name) => `held.${name}`,
        param: (value, cast, key) => row.param(value, cast, key),
      });
      if (typeof held === 'string') return held;
      return {
        sql: `EXISTS (SELECT FROM testimony held WHERE held.id = ${row.column('testimony_id')} AND ${held.sql})`,
      };
    },
  },
  fields: {
    id: globalId('id', ofRow),
    quote: enumOf('TestimonyQuoting', QUOTING, 'quote', ofRow),
    namedAs: enumOf('TestimonyNaming', NAMINGS, 'named_as', ofRow),
    pseudonym: string('pseudonym', ofRow, { nullable: true }),
    sharedWith: enumOf('TestimonySharing', SHARINGS, 'shared_with', ofRow),
    wordingVersion: string('wording_version', ofRow),
    how: enumOf('TestimonyConsentWay', CONSENT_WAYS, 'how', ofRow),
    at: instant('at', ofRow),
  },
  orders: { NEWEST: { by: [{ expression: 'at', cast: 'timestamptz', desc: true }], policy: ofRow } },
  defaultOrder: 'NEWEST',
});

/** What can be read of themes and, without its words, of testimony. */
export const listeningReads: ReadsDeclaration = {
  types: [theme, change, testimony, consent],
  extensions: [
    extension({
      extend: 'Gathering',
      fields: { testimonies: many('Testimony', ofRow, { foreign: 'gathering_id' }) },
    }),
    extension({
      extend: 'Member',
      fields: {
        testimonies: many('Testimony', recordingOfMember, { foreign: 'member_id', sameSubject: true }),
      },
    }),
  ],
  roots: [
    root({
      name: 'theme',
      type: 'Theme',
      shape: 'one',
      description: 'One theme.',
      policy: working,
      by: { id: { column: 'id', type: 'ID', cast: 'uuid' } },
    }),
    root({
      name: 'themes',
      type: 'Theme',
      shape: 'page',
      description: 'Themes, those merged and split too.',
      policy: working,
    }),
  ],
};
