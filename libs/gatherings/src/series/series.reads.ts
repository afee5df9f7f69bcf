import { permit } from '@unionhall/identity';
import {
  boolean,
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
  type ReadsDeclaration,
} from '@unionhall/platform';

const planners = permit({ permission: 'gatherings.read', chapter: 'chapter_id' });
const LOCAL = `'YYYY-MM-DD"T"HH24:MI'`;

const series = readable({
  type: 'GatheringSeries',
  description: 'Gatherings that repeat by a rule. Each date is a gathering of its own.',
  table: 'gathering_series',
  policy: planners,
  fields: {
    id: globalId('id', ofRow),
    kind: enumOf('GatheringKind', ['listening_session', 'training'], 'kind', ofRow),
    rule: string('rule', ofRow, { description: 'RRULE of RFC 5545.' }),
    startsAtLocal: string(`to_char($t.starts_local, ${LOCAL})`, ofRow, {
      description: 'Local time of the first date.',
    }),
    durationMinutes: int('duration_minutes', ofRow),
    timeZone: string('time_zone', ofRow),
    createdAt: instant('created_at', ofRow),
    chapter: one('Chapter', ofRow, { local: 'chapter_id' }),
    follows: one('GatheringSeries', ofRow, { local: 'follows', nullable: true }),
    copiedFrom: one('GatheringSeries', ofRow, { local: 'copied_from', nullable: true }),
    gatherings: many('Gathering', ofRow, { foreign: 'series_id' }),
  },
  orders: { NEWEST: { by: [{ expression: 'created_at', cast: 'timestamptz', desc: true }], policy: ofRow } },
  defaultOrder: 'NEWEST',
});

/** What can be read of series, and what they add to a gathering. */
export const seriesReads: ReadsDeclaration = {
  types: [series],
  extensions: [
    extension({
      extend: 'Gathering',
      fields: {
        series: one('GatheringSeries', planners, { local: 'series_id', nullable: true }),
        moved: boolean('moved', ofRow, {
          description: 'Whether it stands at another time than its series gave it.',
        }),
      },
    }),
  ],
  roots: [
    root({
      name: 'gatheringSeries',
      type: 'GatheringSeries',
      shape: 'one',
      description: 'One series.',
      policy: planners,
      by: { id: { column: 'id', type: 'ID', cast: 'uuid' } },
    }),
  ],
};
