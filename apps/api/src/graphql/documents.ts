import {
  getNamedType,
  getOperationAST,
  GraphQLError,
  Kind,
  parse,
  print,
  separateOperations,
  TypeInfo,
  OperationTypeNode,
  validate,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { AppError, type Catalog, type Fragments, type PreparedRead, type Reads } from '@unionhall/platform';
import { fragmentsOf, measure, type Limits } from './limits';

/** An operation that passed every check that does not depend on who asks. */
export interface Checked {
  readonly operation: OperationDefinitionNode;
  /** The text of this operation alone, with its fragments. */
  readonly text: string;
  readonly usesIntrospection: boolean;
  /** Every root field is declared, and nothing below is computed: one statement is the whole answer. */
  readonly compiled: boolean;
  /** The declared root fields; undefined when there is none. */
  readonly roots: PreparedRead | undefined;
  /** The whole operation, for what is read after a mutation. */
  readonly prepared: PreparedRead;
}

/** The errors of a request that was refused before it ran. */
export class RequestRefused extends Error {
  constructor(readonly errors: readonly GraphQLError[]) {
    super('refused');
  }
}

const MOST_DOCUMENTS = 1_000;

/** Parses, validates, measures and sorts out each operation once. */
export class Documents {
  private readonly known = new Map<string, Checked>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly reads: Reads,
    private readonly limits: Limits,
  ) {}

  /** @throws RequestRefused (syntax, validation), AppError LIMIT.*, GRAPHQL.NO_OPERATION. */
  check(text: string, operationName: string | null | undefined): Checked {
    const key = `${operationName ?? ''}\n${text}`;
    let checked = this.known.get(key);
    if (checked === undefined) {
      checked = this.checkNew(text, operationName, key);
      if (this.known.size >= MOST_DOCUMENTS) this.known.delete(this.known.keys().next().value!);
      this.known.set(key, checked);
    }
    return checked;
  }

  private checkNew(text: string, operationName: string | null | undefined, key: string): Checked {
    const document = this.parse(text);
    const operation = getOperationAST(document, operationName);
    if (operation === null || operation === undefined) {
      throw new AppError('invalid', 'GRAPHQL.NO_OPERATION', 'Name the operation to run.', {
        field: 'operationName',
      });
    }
    const follows = operation.operation === OperationTypeNode.SUBSCRIPTION;
    if (follows && !this.schema.getSubscriptionType())
      throw new AppError('invalid', 'GRAPHQL.NO_SUBSCRIPTIONS', 'There are no subscriptions here.');
    const { usesIntrospection } = measure(document, operation, this.limits);
    const errors = validate(this.schema, document, undefined, {
      maxErrors: 10,
    });
    if (errors.length > 0) throw new RequestRefused(errors);
    const several = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION).length > 1;
    const only = several ? separateOperations(document)[operation.name!.value]! : document;
    const fragments = fragmentsOf(only);
    const { catalog } = this.reads;
    if (follows) return this.followed(only, operation, key, usesIntrospection);
    const query = operation.operation === OperationTypeNode.QUERY;
    const compiled = query && !usesIntrospection && this.isDeclared(only, catalog);
    const prepared = this.reads.prepareOperation(key, operation, fragments, !compiled);
    const roots = query ? declaredRoots(operation.selectionSet, fragments, catalog) : undefined;
    return {
      operation,
      text: several ? print(only) : text,
      usesIntrospection,
      compiled,
      prepared,
      roots:
        roots === undefined
          ? undefined
          : compiled
            ? prepared
            : this.reads.prepareOperation(
                `roots\n${key}`,
                { ...operation, selectionSet: roots },
                fragments,
                true,
              ),
    };
  }

  /** A subscription is answered by the query of the same words, each time that something has changed. */
  private followed(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    key: string,
    usesIntrospection: boolean,
  ): Checked {
    const query = visit(document, {
      OperationDefinition: (node) => ({ ...node, operation: OperationTypeNode.QUERY }),
    });
    if (!this.isDeclared(query, this.reads.catalog))
      throw new AppError(
        'invalid',
        'GRAPHQL.NOT_FOLLOWED',
        'A subscription follows fields that are stored; ask for computed ones by a query.',
      );
    const prepared = this.reads.prepareOperation(key, getOperationAST(query)!, fragmentsOf(query), false);
    return { operation, text: print(document), usesIntrospection, compiled: true, prepared, roots: prepared };
  }

  private parse(text: string): DocumentNode {
    try {
      return parse(text, { maxTokens: this.limits.tokens });
    } catch (error) {
      if (error instanceof GraphQLError && / tokens\b/.test(error.message)) {
        const message = `This document has more than ${this.limits.tokens} tokens.`;
        throw new AppError('limited', 'LIMIT.TOKENS', message, {
          details: { limit: this.limits.tokens },
        });
      }
      throw new RequestRefused([error as GraphQLError]);
    }
  }

  private isDeclared(document: DocumentNode, catalog: Catalog): boolean {
    const info = new TypeInfo(this.schema);
    let declared = true;
    const query = this.schema.getQueryType();
    visit(
      document,
      visitWithTypeInfo(info, {
        Field: (node) => {
          const name = node.name.value;
          const parent = info.getParentType();
          if (name === '__typename' || parent === null || parent === undefined) return;
          const type = catalog.types.get(getNamedType(parent).name);
          if (
            parent === query ? !isDeclaredRoot(catalog, name) : type !== undefined && !type.fields.has(name)
          ) {
            declared = false;
          }
        },
      }),
    );
    return declared;
  }
}

const isDeclaredRoot = (catalog: Catalog, name: string): boolean =>
  name === 'node' || catalog.roots.has(name);

/** The part of a query that is declared, its root fragments opened. */
function declaredRoots(
  set: SelectionSetNode,
  fragments: Fragments,
  catalog: Catalog,
): SelectionSetNode | undefined {
  const selections = set.selections.flatMap((node): SelectionNode[] => {
    if (node.kind === Kind.FIELD) return isDeclaredRoot(catalog, node.name.value) ? [node] : [];
    const part = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value)!;
    const inner = declaredRoots(part.selectionSet, fragments, catalog);
    if (inner === undefined) return [];
    return [
      {
        kind: Kind.INLINE_FRAGMENT,
        directives: node.directives,
        selectionSet: inner,
      },
    ];
  });
  return selections.length === 0 ? undefined : { ...set, selections };
}
