import { anyone, permit } from '@unionhall/identity';
import {
  count,
  enumOf,
  extension,
  globalId,
  int,
  many,
  ofRow,
  one,
  readable,
  root,
  string,
  type ReadsDeclaration,
} from '@unionhall/platform';
import { CHAPTER_KINDS } from './chapter.entity';

const CHAPTER = readable({
  type: 'Chapter',
  description: 'A node of the chapter tree. That a chapter exists is public; who is in it is not.',
  table: 'chapter',
  policy: anyone,
  fields: {
    id: globalId('id', ofRow),
    name: string('name', ofRow, { filter: ['prefix'] }),
    kind: enumOf('ChapterKind', CHAPTER_KINDS, 'kind', ofRow, { filter: ['eq', 'in'] }),
    slug: string('slug', ofRow, { filter: ['eq'] }),
    timeZone: string('time_zone', ofRow, { description: 'IANA time zone.' }),
    language: string('language', ofRow, { description: 'BCP 47 language tag.' }),
    parent: one('Chapter', ofRow, { local: 'parent_id', nullable: true }),
    children: many('Chapter', ofRow, { foreign: 'parent_id' }),
    childCount: count('Chapter', ofRow, { foreign: 'parent_id', description: 'Chapters right below.' }),
    depth: int(`length($t.path) - length(replace($t.path, '/', '')) - 2`, ofRow, {
      description: 'How many chapters stand above it.',
    }),
    grants: many('RoleGrant', permit({ permission: 'grants.manage', chapter: 'id' }), {
      foreign: 'chapter_id',
      description: 'Roles over this chapter and all below it.',
    }),
  },
  orders: {
    NAME: { by: [{ expression: 'name', cast: 'text' }], policy: ofRow },
    TREE: { by: [{ expression: 'path', cast: 'text' }], policy: ofRow },
  },
  defaultOrder: 'NAME',
  filters: {
    parent: {
      type: 'ID',
      sql: '$t.parent_id = $v',
      cast: 'uuid',
      policy: ofRow,
      description: 'Right below this chapter.',
    },
    isRoot: {
      type: 'Boolean',
      sql: '($t.parent_id IS NULL) = $v',
      cast: 'boolean',
      policy: ofRow,
      description: 'Whether nothing stands above it.',
    },
  },
});

/** What can be read of chapters. */
export const chaptersReads: ReadsDeclaration = {
  types: [CHAPTER],
  extensions: [
    extension({
      extend: 'RoleGrant',
      fields: { chapter: one('Chapter', ofRow, { local: 'chapter_id', nullable: true }) },
    }),
  ],
  roots: [
    root({ name: 'chapters', type: 'Chapter', shape: 'page', description: 'Every chapter.', policy: anyone }),
    root({
      name: 'chapter',
      type: 'Chapter',
      shape: 'one',
      description: 'A chapter by its short name.',
      policy: anyone,
      by: { slug: { column: 'slug', type: 'String', cast: 'text' } },
    }),
  ],
};
