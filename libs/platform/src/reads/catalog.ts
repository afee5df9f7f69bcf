import {
  ofRow,
  type FieldDeclaration,
  type FilterDeclaration,
  type Member,
  type Policy,
  type ReadableDeclaration,
  type ReadsDeclaration,
  type RootDeclaration,
} from './declare';
import { identifier } from './sql';

/** A readable type with the fields and filters that higher domains added to it. */
export interface CatalogType {
  readonly name: string;
  readonly declaration: ReadableDeclaration;
  /** The quoted table. */
  readonly table: string;
  readonly key: string;
  readonly fields: ReadonlyMap<string, Member>;
  readonly filters: ReadonlyMap<string, FilterDeclaration>;
}

const NAME = /^[A-Za-z][A-Za-z0-9_]*$/;

/**
 * Everything that can be read through one schema, checked when it is built.
 * @throws Error for a declaration that does not hold together: the process must not start with it.
 */
export class Catalog {
  readonly types = new Map<string, CatalogType>();
  readonly roots = new Map<string, RootDeclaration>();

  constructor(declarations: readonly ReadsDeclaration[]) {
    for (const declaration of declarations) for (const type of declaration.types ?? []) this.addType(type);
    for (const { extensions = [] } of declarations) {
      for (const { extend, fields, filters } of extensions) {
        const type = this.type(extend);
        for (const [name, member] of Object.entries(fields)) put(type.fields, name, member, extend);
        for (const [name, filter] of Object.entries(filters ?? {})) put(type.filters, name, filter, extend);
      }
    }
    for (const { roots = [] } of declarations)
      for (const root of roots) put(this.roots, root.name, root, 'Query');
    this.check();
  }

  /** @throws Error when no such type is declared. */
  type(name: string): CatalogType {
    const type = this.types.get(name);
    if (type === undefined) throw new Error(`Reads: no type ${name} is declared.`);
    return type;
  }

  private addType(declaration: ReadableDeclaration): void {
    if (this.types.has(declaration.type)) throw new Error(`Reads: ${declaration.type} is declared twice.`);
    this.types.set(declaration.type, {
      name: declaration.type,
      declaration,
      table: declaration.table.split('.').map(identifier).join('.'),
      key: declaration.key ?? 'id',
      fields: new Map(Object.entries(declaration.fields)),
      filters: new Map(Object.entries(declaration.filters ?? {})),
    });
  }

  private check(): void {
    const enums = new Map<string, string>();
    for (const type of this.types.values()) {
      mustBeName(type.name);
      if (type.declaration.policy === undefined) throw new Error(`Reads: ${type.name} has no policy.`);
      if (!(type.declaration.defaultOrder in type.declaration.orders)) {
        throw new Error(`Reads: ${type.name} has no order ${type.declaration.defaultOrder}.`);
      }
      for (const [name, member] of type.fields) {
        mustBeName(name);
        if (member.policy === undefined) throw new Error(`Reads: ${type.name}.${name} has no policy.`);
        if (member.kind !== 'field') this.type(member.type);
        else if (member.enumName !== undefined) sameEnum(enums, member.enumName, member.enumValues);
      }
      for (const [name, filter] of type.filters) {
        mustBeName(name);
        if (filter.policy === undefined)
          throw new Error(`Reads: the filter ${type.name}.${name} has no policy.`);
        if (filter.enumName !== undefined) sameEnum(enums, filter.enumName, filter.enumValues);
        if (filterable(type.fields.get(name))) {
          throw new Error(`Reads: ${type.name}.${name} is a filter twice.`);
        }
      }
      for (const [name, order] of Object.entries(type.declaration.orders)) {
        mustBeName(name);
        if (order.policy === undefined)
          throw new Error(`Reads: the order ${type.name}.${name} has no policy.`);
      }
    }
    for (const root of this.roots.values()) {
      mustBeName(root.name);
      this.type(root.type);
      if (root.policy === undefined) throw new Error(`Reads: Query.${root.name} has no policy.`);
    }
  }
}

/** Whether a field offers filters. */
export const filterable = (member: Member | undefined): member is FieldDeclaration =>
  member?.kind === 'field' && (member.filter?.length ?? 0) > 0;

/**
 * Whether a member may be missing from a row that one may read: declared so, or its policy says less
 * than the row's.
 */
export function withholdable(catalog: Catalog, type: CatalogType, member: Member): boolean {
  if ((member.kind === 'field' || member.kind === 'one') && member.nullable === true) return true;
  if (!isOpen(member.policy) && member.policy !== type.declaration.policy) return true;
  return member.kind === 'one' && !isOpen(catalog.type(member.type).declaration.policy);
}

/** Says nothing beyond the row's own policy. */
const isOpen = (policy: Policy): boolean => policy === ofRow || policy.label === 'anyone';

function put<T>(into: ReadonlyMap<string, T>, name: string, value: T, owner: string): void {
  if (into.has(name)) throw new Error(`Reads: ${owner}.${name} is declared twice.`);
  (into as Map<string, T>).set(name, value);
}

function mustBeName(name: string): void {
  if (!NAME.test(name)) throw new Error(`Reads: ${name} is not a name that GraphQL takes.`);
}

function sameEnum(seen: Map<string, string>, name: string, values: readonly string[] | undefined): void {
  const text = (values ?? []).join(' ');
  if (text === '') throw new Error(`Reads: the enum ${name} has no values.`);
  if (seen.has(name) && seen.get(name) !== text)
    throw new Error(`Reads: the enum ${name} is declared in two ways.`);
  seen.set(name, text);
}
