import { permit } from '@unionhall/identity';
import {
  boolean,
  enumOf,
  globalId,
  instant,
  int,
  many,
  ofRow,
  one,
  readable,
  root,
  string,
  type ReadsDeclaration,
} from '@unionhall/platform';
import { TEXT_STATES } from './templates.service';

const runners = permit({ permission: 'outreach.run', chapter: 'chapter_id' });

/** Whether a text is the one that stands now. @param text alias of its row. */
const newest = (text: string): string =>
  `${text}.revision = (SELECT max(r.revision) FROM template_text r WHERE r.template_id = ${text}.template_id AND r.language = ${text}.language)`;

const template = readable({
  type: 'Template',
  description: 'Words of a message that many sequences may use, in several languages.',
  table: 'template',
  policy: runners,
  fields: {
    id: globalId('id', ofRow),
    name: string('name', ofRow),
    channel: enumOf('TemplateChannel', ['email', 'sms'], 'channel', ofRow, { filter: ['eq'] }),
    purpose: string('purpose', ofRow, { nullable: true, description: 'What a preview says it is for.' }),
    createdAt: instant('created_at', ofRow),
    archivedAt: instant('archived_at', ofRow, {
      nullable: true,
      description: 'Since when nothing new may use it.',
    }),
    chapter: one('Chapter', ofRow, { local: 'chapter_id' }),
    texts: many('TemplateText', ofRow, {
      foreign: 'template_id',
      where: newest('$t'),
      description: 'As they stand now, one for each language.',
    }),
    revisions: many('TemplateText', ofRow, {
      foreign: 'template_id',
      description: 'All texts that were ever saved.',
    }),
  },
  orders: { NEWEST: { by: [{ expression: 'created_at', cast: 'timestamptz', desc: true }], policy: ofRow } },
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
    archived: {
      type: 'Boolean',
      sql: '($t.archived_at IS NOT NULL) = $v',
      cast: 'boolean',
      policy: ofRow,
      description: 'Whether it has been put away.',
    },
    waiting: {
      type: 'Boolean',
      sql: `EXISTS (SELECT FROM template_text x WHERE x.template_id = $t.id AND x.state = 'waiting' AND ${newest('x')}) = $v`,
      cast: 'boolean',
      policy: ofRow,
      description: 'Whether a text of it waits for a second person.',
    },
  },
});

const text = readable({
  type: 'TemplateText',
  description: 'A revision of the words of a template in one language, with what a second person said of it.',
  table: 'template_text',
  policy: runners,
  fields: {
    id: globalId('id', ofRow),
    language: string('language', ofRow, { description: 'BCP 47.', filter: ['eq'] }),
    revision: int('revision', ofRow),
    subject: string('subject', ofRow, { description: 'Empty for a text message.' }),
    body: string('body', ofRow),
    state: enumOf('TemplateTextState', TEXT_STATES, 'state', ofRow),
    savedAt: instant('saved_at', ofRow),
    mine: boolean('coalesce($t.saved_by = app.user_id(), false)', ofRow, {
      description: 'Whether you saved it; then somebody else reviews it.',
    }),
    reviewedAt: instant('reviewed_at', ofRow, { nullable: true }),
    note: string('note', ofRow, { nullable: true, description: 'What the second person said.' }),
  },
  orders: {
    LANGUAGE: {
      by: [
        { expression: 'language', cast: 'text' },
        { expression: 'revision', cast: 'int', desc: true },
      ],
      policy: ofRow,
    },
  },
  defaultOrder: 'LANGUAGE',
});

/** Templates and their texts. */
export const templatesReads: ReadsDeclaration = {
  types: [template, text],
  roots: [
    root({
      name: 'template',
      type: 'Template',
      shape: 'one',
      description: 'One template.',
      policy: runners,
      by: { id: { column: 'id', type: 'ID', cast: 'uuid' } },
    }),
    root({
      name: 'templates',
      type: 'Template',
      shape: 'page',
      description: 'The templates of your chapters.',
      policy: runners,
    }),
  ],
};
