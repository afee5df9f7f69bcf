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
import { GATHERING_KINDS } from '../gathering.entity';
import { ACCESSIBILITY } from '../gathering-input';
import { conflictsOf } from './conflicts';
import { FACILITATOR_ROLES, FACILITATOR_STATES } from './facilitators.service';

const planners = permit({ permission: 'gatherings.read', chapter: 'chapter_id' });
const anyPlanner = permit({ permission: 'gatherings.edit' });

const facilitator = readable({
  type: 'Facilitator',
  description: 'Somebody who is asked to lead a gathering, or to help lead it.',
  table: 'gathering_facilitator',
  subject: 'member_id',
  policy: permit({ permission: 'gatherings.read', chapter: 'chapter_id', self: 'member_id' }),
  fields: {
    id: globalId('id', ofRow),
    role: enumOf('FacilitatorRole', FACILITATOR_ROLES, 'role', ofRow),
    state: enumOf('FacilitatorState', FACILITATOR_STATES, 'state', ofRow),
    askedAt: instant('asked_at', ofRow),
    answeredAt: instant('answered_at', ofRow, { nullable: true }),
    member: one('Member', ofRow, { local: 'member_id', sameSubject: true, sameColumns: ['chapter_id'] }),
    gathering: one('Gathering', ofRow, { local: 'gathering_id' }),
  },
  orders: { NEWEST: { by: [{ expression: 'asked_at', cast: 'timestamptz', desc: true }], policy: ofRow } },
  defaultOrder: 'NEWEST',
});

const outline = readable({
  type: 'GatheringOutline',
  description: 'An outline of a common session, from which gatherings are planned.',
  table: 'gathering_outline',
  policy: anyPlanner,
  fields: {
    id: globalId('id', ofRow),
    kind: enumOf('GatheringKind', GATHERING_KINDS, 'kind', ofRow),
    name: string('name', ofRow),
    title: string('title', ofRow),
    description: string('description', ofRow),
    durationMinutes: int('duration_minutes', ofRow),
    capacity: int('capacity', ofRow, { nullable: true }),
    language: string('language', ofRow),
    interpretation: json('to_jsonb($t.interpretation)', ofRow),
    accessibility: json('to_jsonb($t.accessibility)', ofRow),
    retiredAt: instant('retired_at', ofRow, { nullable: true }),
    chapter: one('Chapter', ofRow, { local: 'chapter_id' }),
  },
  orders: { NAME: { by: [{ expression: 'name', cast: 'text' }], policy: ofRow } },
  defaultOrder: 'NAME',
  filters: {
    offered: {
      type: 'Boolean',
      sql: '($t.retired_at IS NULL) = $v',
      cast: 'boolean',
      policy: ofRow,
      description: 'Not retired.',
    },
  },
});

/** Who leads, what conflicts, and what gatherings are planned from. */
export const planningReads: ReadsDeclaration = {
  types: [facilitator, outline],
  extensions: [
    extension({
      extend: 'Gathering',
      fields: {
        facilitators: many('Facilitator', planners, { foreign: 'gathering_id' }),
        interpretation: json('to_jsonb($t.interpretation)', ofRow, {
          description: 'Languages it is interpreted into.',
        }),
        accessibility: json('to_jsonb($t.accessibility)', ofRow, {
          description: `What it offers: ${ACCESSIBILITY.join(', ')}.`,
        }),
        conflicts: json(conflictsOf('$t'), planners, {
          description:
            'What else is planned at its time with the same people, place or meeting: [{ gatheringId, title, startsAt, place, meeting, people }], at most twenty.',
        }),
      },
    }),
    extension({
      extend: 'Member',
      fields: {
        facilitations: many('Facilitator', ofRow, {
          foreign: 'member_id',
          sameSubject: true,
          sameColumns: ['chapter_id'],
        }),
      },
    }),
  ],
  roots: [
    root({
      name: 'gatheringOutlines',
      type: 'GatheringOutline',
      shape: 'page',
      description: 'What gatherings are planned from.',
      policy: anyPlanner,
    }),
  ],
};
