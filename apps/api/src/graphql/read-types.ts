import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import {
  Args,
  Field,
  Float,
  ID,
  InputType,
  Int,
  InterfaceType,
  ObjectType,
  Query,
  registerEnumType,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import {
  filterable,
  withholdable,
  type Catalog,
  type CatalogType,
  type FieldDeclaration,
  type FilterDeclaration,
  type ReadField,
  type RootDeclaration,
  type ScalarType,
} from '@unionhall/platform';
import { readFilter, readType, type SchemaName } from './read-classes';
import { readEnum } from './read-enums';
import { DateScalar, InstantScalar, JsonScalar } from './scalars';

const SCALARS: Readonly<Record<ScalarType, unknown>> = {
  ID,
  String,
  Int,
  Float,
  Boolean,
  Instant: InstantScalar,
  Date: DateScalar,
  JSON: JsonScalar,
};

type TypeThunk = () => Type;

/**
 * The GraphQL side of a catalog: classes for Nest's schema builder, made from the declarations, so
 * that a field is one line in its lib and nothing here. They describe; what answers is the plan.
 */
export class ReadTypes {
  /** Resolver classes that declare root fields and connections. */
  readonly resolvers: Type[] = [];
  private readonly objects = new Map<string, Type>();
  private readonly made = new Map<string, Type>();
  private readonly orders = new Map<string, object>();
  private readonly node = named('Node');
  private readonly pageInfo = named('PageInfo');

  constructor(
    private readonly schema: SchemaName,
    private readonly catalog: Catalog,
  ) {
    InterfaceType('Node', { description: 'Whatever has an id.' })(this.node);
    property(this.node, 'id', () => ID);
    ObjectType('PageInfo')(this.pageInfo);
    property(this.pageInfo, 'hasNextPage', () => Boolean);
    property(this.pageInfo, 'hasPreviousPage', () => Boolean);
    property(this.pageInfo, 'startCursor', () => String, true);
    property(this.pageInfo, 'endCursor', () => String, true);
    for (const name of catalog.types.keys()) this.objects.set(name, readType(name, schema));
    // Nest takes stock of the classes before it asks for any type: all of them must exist by then.
    for (const type of catalog.types.values()) {
      this.describe(type);
      this.connection(type.name);
      this.order(type);
      if (hasFilters(type)) this.filter(type);
    }
    this.describeRoots();
  }

  /** The class of a readable type. @throws Error when this schema has no such type. */
  object(name: string): Type {
    const found = this.objects.get(name);
    if (found === undefined) throw new Error(`This schema has no readable type ${name}.`);
    return found;
  }

  /** Every class, reachable from a root field or not. */
  all(): Type[] {
    return [...this.objects.values()];
  }

  private describe(type: CatalogType): void {
    const object = this.object(type.name);
    const id = type.fields.get('id');
    const isNode = id?.kind === 'field' && id.type === 'ID';
    ObjectType(type.name, {
      description: type.declaration.description,
      ...(isNode ? { implements: () => [this.node] } : {}),
    })(object);
    const connections = named(`${type.name}Connections`);
    for (const [name, member] of type.fields) this.field(object, connections, type, name, member);
    Resolver(() => object)(connections);
    this.resolvers.push(connections);
  }

  private field(object: Type, connections: Type, type: CatalogType, name: string, member: ReadField): void {
    const { description } = member;
    const nullable = withholdable(this.catalog, type, member);
    if (member.kind === 'field') {
      Field((() => this.scalar(member)) as never, { description, nullable })(prototypeOf(object), name);
    } else if (member.kind === 'one') {
      Field(() => this.object(member.type), { description, nullable })(prototypeOf(object), name);
    } else if (member.kind === 'count') {
      Field(() => Int, { description })(prototypeOf(object), name);
    } else {
      const descriptor = method(connections, name);
      const connection: TypeThunk = () => this.connection(member.type);
      ResolveField(name, connection, { description })(prototypeOf(connections), name, descriptor);
      this.pageArguments(this.catalog.type(member.type), connections, name);
    }
  }

  private describeRoots(): void {
    const roots = named('DeclaredReads');
    for (const root of this.catalog.roots.values()) {
      const descriptor = method(roots, root.name);
      const page = root.shape === 'page';
      Query(() => (page ? this.connection(root.type) : this.object(root.type)), {
        name: root.name,
        description: root.description,
        nullable: !page,
      })(prototypeOf(roots), root.name, descriptor);
      this.rootArguments(root, roots);
    }
    const descriptor = method(roots, 'node');
    Query(() => this.node, {
      name: 'node',
      nullable: true,
      description: 'Whatever has this id.',
    })(prototypeOf(roots), 'node', descriptor);
    Args('id', { type: () => ID })(prototypeOf(roots), 'node', 0);
    Resolver()(roots);
    this.resolvers.push(roots);
  }

  private rootArguments(root: RootDeclaration, roots: Type): void {
    if (root.shape === 'page') {
      this.pageArguments(this.catalog.type(root.type), roots, root.name);
      return;
    }
    Object.entries(root.by ?? {}).forEach(([name, { type }], index) => {
      Args(name, { type: () => (type === 'ID' ? ID : String) })(prototypeOf(roots), root.name, index);
    });
  }

  private pageArguments(type: CatalogType, owner: Type, name: string): void {
    const add = (argument: string, index: number, of: () => unknown): void =>
      Args(argument, { type: of as never, nullable: true })(prototypeOf(owner), name, index);
    add('first', 0, () => Int);
    add('after', 1, () => String);
    add('last', 2, () => Int);
    add('before', 3, () => String);
    add('orderBy', 4, () => this.order(type));
    if (hasFilters(type)) add('filter', 5, () => this.filter(type));
  }

  private connection(name: string): Type {
    const edge = this.edge(name);
    return this.once(`${name}Connection`, named(`${name}Connection`), (connection) => {
      ObjectType(`${name}Connection`)(connection);
      property(connection, 'edges', () => [edge]);
      property(connection, 'nodes', () => [this.object(name)]);
      property(connection, 'pageInfo', () => this.pageInfo);
      property(connection, 'totalCount', () => Int);
    });
  }

  private edge(name: string): Type {
    return this.once(`${name}Edge`, named(`${name}Edge`), (edge) => {
      ObjectType(`${name}Edge`)(edge);
      property(edge, 'cursor', () => String);
      property(edge, 'node', () => this.object(name));
    });
  }

  private order(type: CatalogType): object {
    const name = `${type.name}Order`;
    let order = this.orders.get(name);
    if (order === undefined) {
      order = Object.fromEntries(Object.keys(type.declaration.orders).map((one) => [one, one]));
      registerEnumType(order, { name });
      this.orders.set(name, order);
    }
    return order;
  }

  private filter(type: CatalogType): Type {
    const name = `${type.name}Filter`;
    const made = readFilter(type.name, this.schema);
    return this.once(name, made, (input) => {
      InputType(name, { description: 'All that are given must hold.' })(input);
      for (const [field, member] of type.fields) {
        if (!filterable(member)) continue;
        const operators = this.operators(member);
        property(input, field, () => operators, true);
      }
      for (const [field, filter] of type.filters) {
        const value = (): unknown => (filter.list === true ? [this.scalar(filter)] : this.scalar(filter));
        property(input, field, value, true, filter.description);
      }
    });
  }

  private operators(member: FieldDeclaration): Type {
    const operators = [...(member.filter ?? [])].sort();
    const words = operators.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
    const name = `${member.enumName ?? member.type}${words}Filter`;
    return this.once(name, named(name), (input) => {
      InputType(name)(input);
      for (const operator of operators) {
        const scalar = (): unknown => (operator === 'isNull' ? Boolean : this.scalar(member));
        property(input, operator, () => (operator === 'in' ? [scalar()] : scalar()), true);
      }
    });
  }

  private scalar({ type, enumName, enumValues }: FieldDeclaration | FilterDeclaration): unknown {
    return enumName === undefined ? SCALARS[type] : readEnum(enumName, enumValues);
  }

  private once(name: string, made: Type, describe: (made: Type) => void): Type {
    const known = this.made.get(name);
    if (known !== undefined) return known;
    this.made.set(name, made);
    describe(made);
    return made;
  }
}

const hasFilters = (type: CatalogType): boolean =>
  type.filters.size > 0 || [...type.fields.values()].some((member) => filterable(member));

const named = (name: string): Type => ({ [name]: class {} })[name]!;

const prototypeOf = (type: Type): object => type.prototype as object;

function property(
  target: Type,
  name: string,
  type: () => unknown,
  nullable = false,
  description?: string,
): void {
  Field(type as never, { nullable, description })(prototypeOf(target), name);
}

/** A method that only carries metadata: a declared read is compiled, never resolved. */
function method(target: Type, name: string): TypedPropertyDescriptor<() => never> {
  const value = (): never => {
    throw new Error(`${target.name}.${name} is a declared read and was not compiled.`);
  };
  Object.defineProperty(target.prototype, name, {
    value,
    configurable: true,
    writable: true,
  });
  // Nest reads the reflected parameter types even where each argument states its own.
  Reflect.defineMetadata('design:paramtypes', Array<unknown>(6).fill(Object), prototypeOf(target), name);
  return Object.getOwnPropertyDescriptor(target.prototype, name) as TypedPropertyDescriptor<() => never>;
}
