import type { DbActor } from '../db/db-actor';

/** Whoever reads. `shape` names everything about the actor that changes the text of a plan (never a value). */
export interface ReadActor extends DbActor {
  readonly shape: string;
}

/** The row a policy is asked about, while a statement is being compiled. */
export interface RowRef {
  /** The qualified, quoted name of a column of the row. */
  column(name: string): string;
  /**
   * Adds a parameter whose value is taken from the actor at each run; gives its placeholder, cast.
   * Parameters with one `key` are one: they must have the same value for every actor of this shape.
   */
  param(value: (actor: ReadActor) => unknown, cast: string, key?: string): string;
}

/** `all`: every row; `none`: refused; otherwise a boolean SQL expression over the row. */
export type Decision = 'all' | 'none' | { readonly sql: string };

/**
 * Who may read. `decide` must give the same text for actors of the same `shape`.
 * `label` is what the committed permission table prints.
 */
export interface Policy {
  readonly label: string;
  decide(actor: ReadActor, row: RowRef): Decision;
}

/** The policy of the row itself: whoever may read the row may read this. */
export const ofRow: Policy = {
  label: 'row',
  decide: () => 'all',
};

export type ScalarType = 'ID' | 'String' | 'Int' | 'Float' | 'Boolean' | 'Instant' | 'Date' | 'JSON';
export type FilterOp = 'eq' | 'in' | 'gte' | 'lt' | 'prefix' | 'isNull';

/**
 * SQL over the row: a bare column name, or an expression in which `$t` stands for the row's alias.
 */
export type Expression = string;

export interface FieldOptions {
  readonly nullable?: boolean;
  readonly description?: string;
  /** Filters offered on the field. What may not be read may not be filtered by: the field's policy holds. */
  readonly filter?: readonly FilterOp[];
}

export interface FieldDeclaration extends FieldOptions {
  readonly kind: 'field';
  readonly type: ScalarType;
  readonly expression: Expression;
  readonly policy: Policy;
  /** Values of an enum; the GraphQL enum is named `enumName`. SQL holds them in lower case. */
  readonly enumName?: string;
  readonly enumValues?: readonly string[];
  /** For ids of another type: the type the global id names (defaults to the declaring type). */
  readonly idOf?: string;
}

const field =
  (type: ScalarType) =>
  (expression: Expression, policy: Policy, options: FieldOptions = {}): FieldDeclaration => ({
    kind: 'field',
    type,
    expression,
    policy,
    ...options,
  });

export const string = field('String');
export const int = field('Int');
export const float = field('Float');
export const boolean = field('Boolean');
/** An instant, given as ISO 8601 in UTC. */
export const instant = field('Instant');
/** A calendar date without a zone. */
export const date = field('Date');
export const json = field('JSON');

/** A Relay global id `<Type>_<uuid>`. */
export const globalId = (
  expression: Expression,
  policy: Policy,
  options: FieldOptions & { idOf?: string } = {},
): FieldDeclaration => ({
  kind: 'field',
  type: 'ID',
  expression,
  policy,
  ...options,
});

export const enumOf = (
  enumName: string,
  enumValues: readonly string[],
  expression: Expression,
  policy: Policy,
  options: FieldOptions = {},
): FieldDeclaration => ({
  kind: 'field',
  type: 'String',
  expression,
  policy,
  enumName,
  enumValues,
  ...options,
});

interface RelationBase {
  readonly type: string;
  readonly policy: Policy;
  readonly description?: string;
  /**
   * Columns that a foreign key keeps equal in both rows, beside `local` and `foreign`. What the related
   * row's policy says of them is asked of our row: once, and not at all where it is known to hold.
   */
  readonly sameColumns?: readonly string[];
}

/** At most one row of `type` where its `foreign` column equals our `local` column. */
export interface OneDeclaration extends RelationBase {
  readonly kind: 'one';
  readonly local: string;
  readonly foreign: string;
  readonly nullable: boolean;
  /** The related row is about the same person as this one (one ledger entry is enough). */
  readonly sameSubject?: boolean;
}

/** Rows of `type` where `foreign` equals our `local`; a Relay connection, keyset-paginated. */
export interface ManyDeclaration extends RelationBase {
  readonly kind: 'many';
  readonly local: string;
  readonly foreign: string;
  readonly sameSubject?: boolean;
  readonly where?: Expression;
}

/** The number of rows of `type` where `foreign` equals our `local`. */
export interface CountDeclaration extends RelationBase {
  readonly kind: 'count';
  readonly local: string;
  readonly foreign: string;
  /** An extra condition over the counted row, `$t` being its alias. */
  readonly where?: Expression;
}

export type Member = FieldDeclaration | OneDeclaration | ManyDeclaration | CountDeclaration;

export const one = (
  type: string,
  policy: Policy,
  o: {
    local: string;
    foreign?: string;
    nullable?: boolean;
    sameSubject?: boolean;
    sameColumns?: readonly string[];
    description?: string;
  },
): OneDeclaration => ({
  foreign: 'id',
  nullable: false,
  ...o,
  kind: 'one',
  type,
  policy,
});

export const many = (
  type: string,
  policy: Policy,
  o: {
    foreign: string;
    local?: string;
    sameSubject?: boolean;
    sameColumns?: readonly string[];
    where?: Expression;
    description?: string;
  },
): ManyDeclaration => ({ local: 'id', ...o, kind: 'many', type, policy });

export const count = (
  type: string,
  policy: Policy,
  o: {
    foreign: string;
    local?: string;
    sameColumns?: readonly string[];
    where?: Expression;
    description?: string;
  },
): CountDeclaration => ({ local: 'id', ...o, kind: 'count', type, policy });

export interface OrderDeclaration {
  /** Not-null expressions, most significant first; the key is appended as the tie-break. */
  readonly by: readonly {
    readonly expression: Expression;
    readonly cast: string;
    readonly desc?: boolean;
  }[];
  readonly policy: Policy;
}

export interface FilterDeclaration {
  readonly type: ScalarType;
  readonly list?: boolean;
  readonly enumName?: string;
  readonly enumValues?: readonly string[];
  /** For ID filters: the type whose global id is taken. */
  readonly idOf?: string;
  /** Boolean SQL over the row `$t`; `$v` stands for the cast parameter. */
  readonly sql: Expression;
  readonly cast: string;
  readonly policy: Policy;
  readonly description?: string;
}

export interface ReadableDeclaration {
  /** The GraphQL type's name. */
  readonly type: string;
  readonly description: string;
  readonly table: string;
  readonly key?: string;
  /** The column that says whose data the row is; reads by others go to the access ledger. */
  readonly subject?: string;
  /** Who may see the row at all. */
  readonly policy: Policy;
  readonly fields: Readonly<Record<string, Member>>;
  readonly orders: Readonly<Record<string, OrderDeclaration>>;
  readonly defaultOrder: string;
  readonly filters?: Readonly<Record<string, FilterDeclaration>>;
}

/** Fields that a higher domain adds to a type of a lower one. */
export interface ExtensionDeclaration {
  readonly extend: string;
  readonly fields: Readonly<Record<string, Member>>;
  readonly filters?: Readonly<Record<string, FilterDeclaration>>;
}

/** A root field: one row, or a connection of rows, of a readable type. */
export interface RootDeclaration {
  readonly name: string;
  readonly type: string;
  readonly shape: 'one' | 'page';
  readonly description: string;
  readonly policy: Policy;
  /** For `one`: arguments that pick the row, argument name → column. A page takes first/after/last/before/orderBy/filter. */
  readonly by?: Readonly<Record<string, { column: string; type: 'ID' | 'String'; cast: string }>>;
  /** A fixed condition, `$t` being the row. */
  readonly where?: Expression;
}

export const readable = (declaration: ReadableDeclaration): ReadableDeclaration => declaration;
export const extension = (declaration: ExtensionDeclaration): ExtensionDeclaration => declaration;
export const root = (declaration: RootDeclaration): RootDeclaration => declaration;

/** What one lib lets be read: its types, its additions to lower types, its root fields. */
export interface ReadsDeclaration {
  readonly types?: readonly ReadableDeclaration[];
  readonly extensions?: readonly ExtensionDeclaration[];
  readonly roots?: readonly RootDeclaration[];
}
