import type { FieldNode, SelectionSetNode } from 'graphql';
import type { CatalogType } from './catalog';
import { cursorSql } from './cursor';
import { filterConditions } from './filters';
import { beyond, orderBy, pageOf, type Page } from './keyset';
import { compileRow } from './rows';
import { allOf, peopleOfList, rowConditions, spend, type Compilation, type Piece, type Scope } from './scope';
import { argument, collectFields, setsOf } from './selection';
import { identifier, jsonObject, literal } from './sql';

export interface ConnectionRequest {
  readonly type: CatalogType;
  readonly node: FieldNode;
  readonly sets: readonly SelectionSetNode[];
  readonly path: string;
  /** How often the connection stands in the answer. */
  readonly times: number;
  readonly recordsSubject: boolean;
  readonly from?: Scope['from'];
  /** Which rows belong to it, policies of the rows apart. */
  readonly conditions: (scope: Scope) => readonly (string | undefined)[];
}

/**
 * A SELECT of one row: the JSON of a Relay connection. The page is cut before anything is nested into
 * its rows; one row more than asked for tells whether there are more.
 */
export function compileConnection(c: Compilation, request: ConnectionRequest): Piece {
  const { type, node, path } = request;
  const scope: Scope = {
    type,
    alias: c.builder.alias(),
    path,
    times: request.times,
    from: request.from,
  };
  const page = pageOf(c, scope, node);
  const filter = argument(node, 'filter', c.variables);
  const all = allOf([
    ...request.conditions(scope),
    ...rowConditions(c, scope),
    ...filterConditions(c, scope, filter),
  ]);
  const source = `FROM ${type.table} ${scope.alias} WHERE ${all}`;
  const fields = [...collectFields(request.sets, [`${type.name}Connection`], c.fragments, c.variables)];
  const asked = new Set(fields.map(([, nodes]) => nodes[0]!.name.value));
  const countsFound =
    asked.has('totalCount') && (asked.has('nodes') || asked.has('edges')) && page.within === '';
  // Without a filter an index gives both the count and the page for less than the keys of every row.
  const found = countsFound && filter !== undefined && filter.now !== null ? c.builder.alias() : undefined;
  const parts = new Parts(c, scope, page, source, request.recordsSubject, found);
  return parts.select(jsonObject(fields.map(([name, nodes]) => [name, parts.part(nodes)])));
}

class Parts {
  private readonly joins: string[] = [];
  private readonly subjects: string[] = [];
  private rows = false;
  private more = false;

  constructor(
    private readonly c: Compilation,
    private readonly scope: Scope,
    private readonly page: Page,
    private readonly source: string,
    private readonly recordsSubject: boolean,
    /** Names the keys of every row that was found, when they are both counted and paged: found once. */
    private readonly found: string | undefined,
  ) {}

  part(nodes: readonly FieldNode[]): string {
    const name = nodes[0]!.name.value;
    const { type } = this.scope;
    if (name === '__typename') return `${literal(`${type.name}Connection`)}::text`;
    if (name === 'totalCount')
      return this.found === undefined
        ? `(SELECT count(*) ${this.source})`
        : `(SELECT count(*) FROM ${this.found})`;
    if (name === 'pageInfo') return this.pageInfo(setsOf(nodes));
    if (name === 'nodes') return this.aggregate(this.row(setsOf(nodes), `${this.scope.path}.nodes`));
    return this.aggregate(this.edge(setsOf(nodes)));
  }

  /** The finished SELECT around the connection's object. */
  select(json: string): Piece {
    if (!this.rows) return { json: `SELECT ${json}`, joins: [], subjects: [] };
    const { alias, type } = this.scope;
    const { subject } = type.declaration;
    const { page } = this;
    const own = this.recordsSubject && subject !== undefined ? `${alias}.${identifier(subject)}` : undefined;
    const limit = this.more ? page.size + 1 : page.size;
    const order = orderBy(page.keyset(alias), page.backward);
    const cut =
      this.found === undefined
        ? `SELECT ${alias}.* ${this.source}${page.within} ORDER BY ${order} LIMIT ${limit}`
        : `SELECT ${alias}.* FROM (${this.foundPage(this.found, limit)}) f JOIN ${type.table} ${alias} ON ${alias}.${identifier(type.key)} = f.k ORDER BY ${order}`;
    const numbered = `SELECT ${alias}.*, row_number() OVER () AS "#" FROM (${cut}) ${alias}`;
    const rows = page.backward
      ? `SELECT ${alias}.* FROM (${numbered}) ${alias} ORDER BY "#" DESC`
      : this.more
        ? numbered
        : cut;
    const settled = json.replaceAll(MARK, this.only());
    const people =
      own === undefined && this.subjects.length === 0
        ? undefined
        : peopleOfList(own, this.subjects, this.only());
    const columns = people === undefined ? settled : `${settled}, ${people}`;
    return {
      json: `${this.keysFound()}SELECT ${columns} FROM ${[`(${rows}) ${alias}`, ...this.joins].join(' ')}`,
      joins: [],
      subjects: people === undefined ? [] : [people],
      distinct: this.subjects.length === 0 && subject === type.key,
    };
  }

  private keysFound(): string {
    if (this.found === undefined) return '';
    const { alias, type } = this.scope;
    const values = this.page.keyset(alias).map(({ sql }, index) => `${sql} AS o${index}`);
    const keys = [`${alias}.${identifier(type.key)} AS k`, ...values].join(', ');
    return `WITH ${this.found} AS MATERIALIZED (SELECT ${keys} ${this.source}) `;
  }

  private foundPage(found: string, limit: number): string {
    const keyset = this.page
      .keyset(this.scope.alias)
      .map((part, index) => ({ ...part, sql: `${found}.o${index}` }));
    return `SELECT ${found}.k FROM ${found} ORDER BY ${orderBy(keyset, this.page.backward)} LIMIT ${limit}`;
  }

  private row(sets: readonly SelectionSetNode[], path: string): string {
    const piece = compileRow(this.c, { ...this.scope, path, times: this.scope.times * this.page.size }, sets);
    this.joins.push(...piece.joins);
    this.subjects.push(...piece.subjects);
    return piece.json;
  }

  private edge(sets: readonly SelectionSetNode[]): string {
    const pairs: [string, string][] = [];
    const { type, path } = this.scope;
    for (const [name, nodes] of collectFields(
      sets,
      [`${type.name}Edge`],
      this.c.fragments,
      this.c.variables,
    )) {
      const field = nodes[0]!.name.value;
      if (field === '__typename') pairs.push([name, `${literal(`${type.name}Edge`)}::text`]);
      else if (field === 'cursor') pairs.push([name, this.cursor()]);
      else pairs.push([name, this.row(setsOf(nodes), `${path}.edges.node`)]);
    }
    return jsonObject(pairs);
  }

  private pageInfo(sets: readonly SelectionSetNode[]): string {
    const pairs: [string, string][] = [];
    for (const [name, nodes] of collectFields(sets, ['PageInfo'], this.c.fragments, this.c.variables)) {
      pairs.push([name, this.pageFact(nodes[0]!.name.value)]);
    }
    return jsonObject(pairs);
  }

  private pageFact(name: string): string {
    const { page } = this;
    if (name === '__typename') return `'PageInfo'::text`;
    this.rows = true;
    if (name === 'startCursor') return this.cursorAt('1');
    if (name === 'endCursor') return this.cursorAt(`count(*)${MARK}`);
    const forward = name === 'hasNextPage';
    const bound = forward ? page.before : page.after;
    const outside =
      bound === undefined
        ? undefined
        : `EXISTS (SELECT ${this.source} AND NOT ${beyond(page.keyset(this.scope.alias), bound, !forward)})`;
    const facts = outside === undefined ? [] : [outside];
    if (forward !== page.backward) {
      this.more = true;
      facts.unshift(`count(*) > ${page.size}`);
    }
    return facts.length === 0 ? 'false' : `(${facts.join(' OR ')})`;
  }

  private cursor(): string {
    return cursorSql(this.page.name, this.page.keyset(this.scope.alias));
  }

  /** The cursor of one row of the page, made once from its values. */
  private cursorAt(index: string): string {
    const keyset = this.page.keyset(this.scope.alias).map((part) => ({
      ...part,
      sql: `(array_agg(${part.sql})${MARK})[${index}]`,
    }));
    return cursorSql(this.page.name, keyset);
  }

  private aggregate(json: string): string {
    spend(this.c, this.scope.times * this.page.size);
    this.rows = true;
    return `coalesce(json_agg(${json})${MARK}, '[]'::json)`;
  }

  private only(): string {
    return this.more ? ` FILTER (WHERE "#" <= ${this.page.size})` : '';
  }
}

/** Stands where the extra row must be left out, until it is known whether there is one. */
const MARK = '/*page*/';
