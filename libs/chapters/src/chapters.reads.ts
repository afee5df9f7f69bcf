import { anyone } from '@unionhall/identity';
import {
  enumOf,
  globalId,
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
  },
  orders: {
    NAME: { by: [{ expression: 'name', cast: 'text' }], policy: ofRow },
    TREE: { by: [{ expression: 'path', cast: 'text' }], policy: ofRow },
  },
  defaultOrder: 'NAME',
});

/** What can be read of chapters. */
export const chaptersReads: ReadsDeclaration = {
  types: [CHAPTER],
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
