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

const importers = permit({ permission: 'members.import', chapter: 'chapter_id' });
const STATES = ['previewed', 'committing', 'committed', 'undoing', 'undone', 'failed', 'closed'];
const OUTCOMES = ['new', 'updated', 'unchanged', 'rejected'];

/** Previews that wait for a decision, and work that a worker is at or could not finish. */
const OPEN = `$t.state IN ('previewed', 'committing', 'undoing', 'failed')`;

const run = readable({
  type: 'ImportRun',
  description: 'One file of people: what it would change, or what it changed.',
  table: 'import_run',
  policy: importers,
  fields: {
    id: globalId('id', ofRow),
    state: enumOf('ImportState', STATES, 'state', ofRow),
    encoding: string('encoding', ofRow),
    rowCount: int('row_count', ofRow),
    newCount: int('new_count', ofRow),
    updatedCount: int('updated_count', ofRow),
    unchangedCount: int('unchanged_count', ofRow),
    rejectedCount: int('rejected_count', ofRow),
    keptCount: int('kept_count', ofRow, {
      description: 'Records that an undo left: they changed since, or something hangs on them.',
    }),
    doneCount: int('done_count', ofRow, { description: 'How many rows of `rowCount` the work has passed.' }),
    problem: string('problem', ofRow, { nullable: true, description: 'Why the work failed: a stable code.' }),
    customColumns: json('to_json($t.custom_columns)', ofRow, {
      description: 'Columns that are kept as custom fields.',
    }),
    createdAt: instant('created_at', ofRow),
    chapter: one('Chapter', ofRow, { local: 'chapter_id', nullable: true }),
    rows: many('ImportRow', ofRow, { foreign: 'import_id' }),
  },
  orders: { NEWEST: { by: [{ expression: 'created_at', cast: 'timestamptz', desc: true }], policy: ofRow } },
  defaultOrder: 'NEWEST',
  filters: {
    open: {
      type: 'Boolean',
      sql: `(${OPEN}) = $v`,
      cast: 'boolean',
      policy: ofRow,
      description: 'Waits for a decision, is being worked on, or failed.',
    },
  },
});

const row = readable({
  type: 'ImportRow',
  description: 'One row of an imported file.',
  table: 'import_row',
  subject: 'member_id',
  policy: importers,
  fields: {
    id: globalId('id', ofRow),
    line: int('line', ofRow),
    outcome: enumOf('ImportOutcome', OUTCOMES, 'outcome', ofRow, { filter: ['eq', 'in'] }),
    problemColumn: string('problem_column', ofRow, { nullable: true }),
    problem: string('problem', ofRow, { nullable: true, description: 'A stable code.' }),
    givenName: string('given_name', ofRow, { nullable: true }),
    familyName: string('family_name', ofRow, { nullable: true }),
    email: string('email', ofRow, { nullable: true }),
    phone: string('phone', ofRow, { nullable: true }),
    tags: json('to_json($t.tags)', ofRow),
    changed: json('to_json($t.changed)', ofRow, { description: 'What of the member would change.' }),
    member: one('Member', ofRow, { local: 'member_id', nullable: true }),
    run: one('ImportRun', ofRow, { local: 'import_id', nullable: true }),
  },
  orders: { LINE: { by: [{ expression: 'line', cast: 'int' }], policy: ofRow } },
  defaultOrder: 'LINE',
});

/** Imports and their rows. */
export const importsReads: ReadsDeclaration = {
  types: [run, row],
  extensions: [
    extension({
      extend: 'Member',
      fields: {
        importRows: many('ImportRow', importers, {
          foreign: 'member_id',
          sameSubject: true,
          description: 'What files have said of them.',
        }),
      },
    }),
  ],
  roots: [
    root({
      name: 'importRun',
      type: 'ImportRun',
      shape: 'one',
      description: 'One import.',
      policy: importers,
      by: { id: { column: 'id', type: 'ID', cast: 'uuid' } },
    }),
    root({
      name: 'importRuns',
      type: 'ImportRun',
      shape: 'page',
      description: 'The imports of your chapters.',
      policy: importers,
    }),
  ],
};
