import fc from 'fast-check';

export interface Row {
  readonly id: string;
  readonly owner: number;
  readonly label: string;
  readonly amount: number | null;
  readonly kind: 'small' | 'large';
  readonly parent: string | null;
}
export interface Table {
  readonly type: string;
  /** The index of the table that its rows belong to. */
  readonly parent: number;
  readonly rows: readonly Row[];
}
export type RowRule = 'all' | 'owner';
export type FieldRule = 'all' | 'owner' | 'none';
export interface Model {
  readonly tables: readonly Table[];
  /** How rows of every type, and the field `amount`, may be read. */
  readonly policies: { readonly rows: RowRule; readonly fields: FieldRule };
  /** A row has its parent's owner, and the relations say so. */
  readonly inherits: boolean;
}
export interface Operation {
  readonly text: string;
  readonly variables: Record<string, unknown>;
}

const labelArb = fc.oneof(
  fc.constantFrom('a', 'b', 'aa', '', 'Ä', '\\', '\u001f', '\\s', 'é😀'),
  fc.string({ maxLength: 6 }).filter((text) => !text.includes('\0')),
);
const TYPES = ['A', 'B', 'C', 'D'];
const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

export const modelArb: fc.Arbitrary<Model> = fc
  .tuple(
    fc.array(
      fc.array(
        fc.record({
          owner: fc.integer({ min: 0, max: 1 }),
          label: labelArb,
          amount: fc.option(fc.integer({ min: -3, max: 3 })),
          kind: fc.constantFrom('small' as const, 'large' as const),
          parent: fc.option(fc.nat(), { freq: 5 }),
          seed: fc.integer({ min: 0, max: 0xffff }),
        }),
        { maxLength: 12 },
      ),
      { minLength: 2, maxLength: 4 },
    ),
    fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
    fc.constantFrom<RowRule>('all', 'owner'),
    fc.constantFrom<FieldRule>('all', 'all', 'owner', 'owner', 'none'),
    fc.boolean(),
  )
  .map(([drafts, parents, rows, fields, inherits]) => {
    const ids = drafts.map((draft, table) =>
      draft.map((row, index) => `${hex(row.seed, 8)}-0000-4000-8000-${hex(table, 6)}${hex(index, 6)}`),
    );
    const tables = drafts.map((draft, table): Table => {
      const parent = parents[table]! % drafts.length;
      return {
        type: TYPES[table]!,
        parent,
        rows: draft.map((row, index) => ({
          id: ids[table]![index]!,
          owner: row.owner,
          label: row.label,
          amount: row.amount,
          kind: row.kind,
          parent:
            row.parent === null || ids[parent]!.length === 0
              ? null
              : ids[parent]![row.parent % ids[parent]!.length]!,
        })),
      };
    });
    return { tables: inherits ? withOneOwner(tables) : tables, policies: { rows, fields }, inherits };
  });

/** Gives every row the owner of its family: whoever hangs together by parents, in circles too. */
function withOneOwner(tables: readonly Table[]): Table[] {
  const all = tables.flatMap(({ rows }) => rows);
  const head = new Map(all.map(({ id }) => [id, id]));
  const headOf = (id: string): string => (head.get(id) === id ? id : headOf(head.get(id)!));
  for (const { id, parent } of all) if (parent !== null) head.set(headOf(id), headOf(parent));
  const owners = new Map(all.map(({ id, owner }) => [id, owner]));
  return tables.map((table) => ({
    ...table,
    rows: table.rows.map((row) => ({ ...row, owner: owners.get(headOf(row.id))! })),
  }));
}

/** The names of the connections that a type has: one for each table that belongs to it. */
export const childrenOf = (model: Model, type: string): Table[] =>
  model.tables.filter((table) => model.tables[table.parent]!.type === type);

const PAGE_ARGUMENTS = (type: string): string =>
  `(first: Int, after: String, last: Int, before: String, orderBy: ${type}Order, filter: ${type}Filter)`;

export function sdlOf(model: Model): string {
  const types = model.tables.map((table) => {
    const { type } = table;
    const children = childrenOf(model, type).map(
      (child) =>
        `  kids${child.type}${PAGE_ARGUMENTS(child.type)}: ${child.type}Connection!\n  count${child.type}: Int!`,
    );
    return `type ${type} implements Node {
  id: ID!\n  label: String!\n  amount: Int\n  kind: Kind!\n  parent: ${model.tables[table.parent]!.type}\n${children.join('\n')}
}
type ${type}Connection { edges: [${type}Edge!]! nodes: [${type}!]! pageInfo: PageInfo! totalCount: Int! }
type ${type}Edge { cursor: String! node: ${type}! }
enum ${type}Order { LABEL AMOUNT MIXED }
input ${type}Filter { label: TextFilter amount: IntFilter kind: KindFilter id: IdFilter longer: Int }`;
  });
  const roots = model.tables.map(
    ({ type }) => `  all${type}${PAGE_ARGUMENTS(type)}: ${type}Connection!\n  one${type}(id: ID!): ${type}`,
  );
  return `interface Node { id: ID! }
enum Kind { SMALL LARGE }
input TextFilter { eq: String in: [String!] prefix: String }
input IntFilter { gte: Int lt: Int isNull: Boolean }
input KindFilter { eq: Kind in: [Kind!] }
input IdFilter { eq: ID in: [ID!] }
type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
type Query {\n  node(id: ID!): Node\n${roots.join('\n')}\n}
${types.join('\n')}`;
}

/** A random operation, made from a stream of random numbers: aliases, fragments, directives, variables. */
export function operationArb(model: Model): fc.Arbitrary<Operation> {
  return fc
    .array(fc.nat({ max: 0xffff }), { minLength: 60, maxLength: 160 })
    .map((numbers) => new Writer(model, numbers).operation());
}

class Writer {
  private at = 0;
  private readonly variables: Record<string, unknown> = {};
  private readonly declared: string[] = [];
  private readonly fragments: string[] = [];
  private aliases = 0;

  constructor(
    private readonly model: Model,
    private readonly numbers: readonly number[],
  ) {}

  operation(): Operation {
    const roots = Array.from({ length: 1 + this.pick(2) }, () => this.root());
    if (this.chance(4)) roots.push('__typename');
    const declared = this.declared.length === 0 ? '' : `(${this.declared.join(', ')})`;
    return {
      text: `query Q${declared} {\n${roots.join('\n')}\n}\n${this.fragments.join('\n')}`,
      variables: this.variables,
    };
  }

  private pick(below: number): number {
    const number = this.numbers[this.at++ % this.numbers.length]!;
    return (number + Math.floor(this.at / this.numbers.length)) % below;
  }

  private chance(oneIn: number): boolean {
    return this.pick(oneIn) === 0;
  }

  private value(type: string, value: unknown, text: string): string {
    if (!this.chance(2)) return text;
    const name = `v${this.declared.length}`;
    this.declared.push(`$${name}: ${type}`);
    this.variables[name] = value;
    return `$${name}`;
  }

  private name(field: string): string {
    return this.chance(3) ? `x${this.aliases++}: ${field}` : `y${this.aliases++}: ${field}`;
  }

  private directive(): string {
    if (!this.chance(6)) return '';
    const shown = this.chance(2);
    return ` @${this.chance(2) ? 'include' : 'skip'}(if: ${this.value('Boolean!', shown, String(shown))})`;
  }

  private root(): string {
    const table = this.model.tables[this.pick(this.model.tables.length)]!;
    if (this.chance(4)) {
      const row = table.rows[this.pick(Math.max(1, table.rows.length))];
      const id = `${table.type}_${row?.id ?? '00000000-0000-4000-8000-000000000000'}`;
      const argument = this.value('ID!', id, JSON.stringify(id));
      return this.chance(2)
        ? `${this.name('node')}(id: ${argument}) { __typename id ... on ${table.type} ${this.object(table.type, 2)} }`
        : `${this.name(`one${table.type}`)}(id: ${argument}) ${this.object(table.type, 2)}`;
    }
    return this.connection(`all${table.type}`, table.type, 3);
  }

  private connection(field: string, type: string, depth: number): string {
    const parts: string[] = [];
    if (this.chance(2)) parts.push(`${this.name('nodes')} ${this.object(type, depth - 1)}`);
    if (this.chance(2)) parts.push(`edges { cursor node ${this.object(type, depth - 1)} }`);
    if (this.chance(2))
      parts.push(`${this.name('pageInfo')} { hasNextPage hasPreviousPage startCursor endCursor }`);
    if (this.chance(2)) parts.push('totalCount');
    if (parts.length === 0) parts.push('nodes { id }');
    return `${this.name(field)}${this.pageArguments(type)}${this.directive()} { ${parts.join(' ')} }`;
  }

  private pageArguments(type: string): string {
    const given: string[] = [];
    const size = this.pick(5);
    if (!this.chance(3))
      given.push(`${this.chance(3) ? 'last' : 'first'}: ${this.value('Int', size, String(size))}`);
    if (this.chance(2)) {
      const order = ['LABEL', 'AMOUNT', 'MIXED'][this.pick(3)]!;
      given.push(`orderBy: ${this.value(`${type}Order`, order, order)}`);
    }
    if (this.chance(2)) given.push(`filter: ${this.filter(type)}`);
    return given.length === 0 ? '' : `(${given.join(', ')})`;
  }

  private filter(type: string): string {
    const labels = this.model.tables.flatMap((table) => table.rows.map((row) => row.label)).concat('a');
    const label = labels[this.pick(labels.length)]!;
    const amount = this.pick(7) - 3;
    const longer = this.pick(3);
    switch (this.pick(7)) {
      case 0:
        return `{ label: { eq: ${this.value('String', label, JSON.stringify(label))} } }`;
      case 1:
        return `{ label: { in: ${this.value('[String!]', [label, 'b'], JSON.stringify([label, 'b']))} } }`;
      case 2:
        return `{ label: { prefix: ${JSON.stringify([...label][0] ?? '')} }, longer: ${this.value('Int', longer, String(longer))} }`;
      case 3:
        return `{ amount: { gte: ${this.value('Int', amount, String(amount))}, lt: ${amount + 3} } }`;
      case 4:
        return this.value(`${type}Filter`, { kind: { in: ['SMALL'] }, longer }, '{ kind: { eq: LARGE } }');
      case 5:
        return `{ amount: { isNull: ${this.value('Boolean', true, 'false')} } }`;
      default:
        return '{ kind: { in: [] } }';
    }
  }

  private object(type: string, depth: number): string {
    const table = this.model.tables.find((one) => one.type === type)!;
    const fields = ['id'];
    for (const field of ['label', 'kind', '__typename'])
      if (this.chance(2)) fields.push(this.name(field) + this.directive());
    if (this.chance(4)) fields.push(this.name('amount') + this.directive());
    for (const child of childrenOf(this.model, type))
      if (this.chance(3)) fields.push(this.name(`count${child.type}`));
    if (depth > 0) {
      if (this.chance(2))
        fields.push(
          `${this.name('parent')}${this.directive()} ${this.object(this.model.tables[table.parent]!.type, depth - 1)}`,
        );
      for (const child of childrenOf(this.model, type)) {
        if (this.chance(2)) fields.push(this.connection(`kids${child.type}`, child.type, depth - 1));
      }
    }
    const body = `{ ${fields.join(' ')} }`;
    if (this.chance(5)) {
      const name = `F${this.fragments.length}`;
      this.fragments.push(`fragment ${name} on ${type} ${body}`);
      return `{ id ...${name}${this.directive()} }`;
    }
    return this.chance(6) ? `{ ... on ${type}${this.directive()} ${body} ... { id } }` : body;
  }
}
