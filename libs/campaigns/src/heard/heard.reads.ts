import { permit } from '@unionhall/identity';
import {
  enumOf,
  extension,
  globalId,
  instant,
  int,
  many,
  ofRow,
  one,
  readable,
  string,
  type Policy,
  type ReadsDeclaration,
} from '@unionhall/platform';

/** Whoever may read a demand may read what stands behind it. */
const ofAnnounced = (demand: (row: string) => string): Policy => ({
  label: 'anyone once the campaign is announced',
  decide: (_actor, row) => ({
    sql: `EXISTS (SELECT FROM campaign c JOIN demand d ON d.campaign_id = c.id WHERE c.state <> 'draft' AND d.id = ${demand(row.column('id'))})`,
  }),
});
const working = permit({ permission: 'gatherings.read' });
/** The theme as it stands now; one that was split keeps its own name. */
const NOW = (column: string): string =>
  `(SELECT n.${column} FROM theme h JOIN theme n ON n.id = coalesce(h.current_id, h.id) WHERE h.id = $t.theme_id)`;
/** Two links to themes that have become one are one: the first. */
const FIRST = `NOT EXISTS (SELECT FROM demand_theme o JOIN theme a ON a.id = o.theme_id JOIN theme b ON b.id = $t.theme_id
  WHERE o.demand_id = $t.demand_id AND o.id < $t.id AND a.current_id = b.current_id)`;

const demandTheme = readable({
  type: 'DemandTheme',
  description: 'A theme behind a demand.',
  table: 'demand_theme',
  policy: ofAnnounced((id) => `(SELECT l.demand_id FROM demand_theme l WHERE l.id = ${id})`),
  fields: {
    id: globalId('id', ofRow),
    name: string(NOW('name'), ofRow),
    description: string(NOW('description'), ofRow),
    state: enumOf('ThemeState', ['active', 'merged', 'split'], NOW('state'), ofRow, {
      description: 'Split: link those that it was split into.',
    }),
    linkedAt: instant('linked_at', ofRow),
    theme: one('Theme', working, { local: 'theme_id', nullable: true }),
  },
  orders: { LINKED: { by: [{ expression: 'linked_at', cast: 'timestamptz' }], policy: ofRow } },
  defaultOrder: 'LINKED',
});

const version = readable({
  type: 'HeardVersion',
  description:
    'What was published about the themes behind a demand, as it was then; its quotes are demandQuotes.',
  table: 'heard_version',
  policy: ofAnnounced((id) => `(SELECT v.demand_id FROM heard_version v WHERE v.id = ${id})`),
  fields: {
    id: globalId('id', ofRow),
    number: int('number', ofRow),
    publishedAt: instant('published_at', ofRow),
    demand: one('Demand', ofRow, { local: 'demand_id' }),
    themes: many('HeardTheme', ofRow, { foreign: 'version_id' }),
  },
  orders: { NEWEST: { by: [{ expression: 'number', cast: 'int', desc: true }], policy: ofRow } },
  defaultOrder: 'NEWEST',
});

const heardTheme = readable({
  type: 'HeardTheme',
  description: 'A theme in a published version.',
  table: 'heard_theme',
  policy: ofAnnounced(
    (id) =>
      `(SELECT v.demand_id FROM heard_theme t JOIN heard_version v ON v.id = t.version_id WHERE t.id = ${id})`,
  ),
  fields: {
    id: globalId('id', ofRow),
    name: string('name', ofRow, { description: 'As it was called then.' }),
    persons: int('persons', ofRow, {
      nullable: true,
      description: 'How many had spoken of it; null when that were fewer than twenty.',
    }),
  },
  orders: { NAME: { by: [{ expression: 'lower($t.name)', cast: 'text' }], policy: ofRow } },
  defaultOrder: 'NAME',
});

/** What can be read of the themes behind demands. */
export const heardReads: ReadsDeclaration = {
  types: [demandTheme, version, heardTheme],
  extensions: [
    extension({
      extend: 'Demand',
      fields: {
        themes: many('DemandTheme', ofRow, {
          foreign: 'demand_id',
          where: FIRST,
          description: 'What members spoke about that led to it.',
        }),
        heard: many('HeardVersion', ofRow, { foreign: 'demand_id' }),
      },
    }),
  ],
};
