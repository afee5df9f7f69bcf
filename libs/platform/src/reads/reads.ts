import { Kind, type DocumentNode, type FieldNode, type OperationDefinitionNode } from 'graphql';
import type { Database } from '../db/database';
import { Catalog } from './catalog';
import { compileOperation, compileReference, fragmentsOf, REFERENCE, type Plan } from './compile';
import { badCursor } from './cursor';
import type { ReadActor, ReadsDeclaration } from './declare';
import type { ReadLedger } from './ledger';
import { compilePick, type PickedRows } from './pick';
import { variableRoles, variablesKey, type Fragments, type Variables } from './selection';

/** A query made ready once for each text and operation name. */
export interface PreparedRead {
  readonly key: string;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Fragments;
  readonly roles: ReadonlyMap<string, 'value' | 'type' | 'shape'>;
  /** The answer goes through resolvers: it names its rows, and leaves out what they compute. */
  readonly passthrough: boolean;
}

const MOST_PLANS = 2_000;

/** Answers queries over declared types: each compiled once for each shape of actor, then run as one statement. */
export class Reads {
  readonly catalog: Catalog;
  private readonly plans = new Map<string, Plan>();

  /** @throws Error when the declarations do not hold together. */
  constructor(
    declarations: readonly ReadsDeclaration[],
    private readonly database: Pick<Database, 'read'>,
    private readonly ledger: ReadLedger,
    private readonly mostRows = 20_000,
  ) {
    this.catalog = new Catalog(declarations);
  }

  /** `key` must name the document's text. @throws Error when the document has no such operation. */
  prepare(key: string, document: DocumentNode, operationName?: string | null): PreparedRead {
    const operation = document.definitions.find(
      (one): one is OperationDefinitionNode =>
        one.kind === Kind.OPERATION_DEFINITION &&
        (operationName == null || one.name?.value === operationName),
    );
    if (operation === undefined) throw new Error('The document has no such operation.');
    return this.prepareOperation(
      `${operationName ?? ''}\n${key}`,
      operation,
      fragmentsOf(document.definitions),
    );
  }

  prepareOperation(
    key: string,
    operation: OperationDefinitionNode,
    fragments: Fragments,
    passthrough = false,
  ): PreparedRead {
    return {
      key,
      operation,
      fragments,
      roles: variableRoles(operation, fragments),
      passthrough,
    };
  }

  /**
   * The answer's `data` as JSON text.
   * @param variables coerced, defaults filled in.
   * @throws AppError as `compileOperation` does, and READ.BAD_CURSOR.
   */
  async run(prepared: PreparedRead, actor: ReadActor, variables: Variables): Promise<string> {
    const plan = this.plan(prepared, actor, variables);
    const row = await this.send(plan, actor, variables);
    let text = '{';
    for (let index = 0; index < plan.names.length; index++) {
      text += `${index === 0 ? '' : ','}"${plan.names[index]!}":${row[`c${index}`] ?? 'null'}`;
    }
    return `${text}}`;
  }

  /** The plan of a query for an actor of this shape; compiled at most once. */
  plan(prepared: PreparedRead, actor: ReadActor, variables: Variables): Plan {
    const key = `${actor.shape}\n${variablesKey(prepared.roles, variables)}\n${prepared.key}`;
    return this.cached(key, () => compileOperation({ ...this.fixed(), actor, variables, ...prepared }));
  }

  /**
   * What `nodes` select of one row that the server names: the answer of a mutation, under the same
   * policies as a query. Null when the actor may not see the row.
   */
  async reference(
    prepared: PreparedRead,
    type: string,
    nodes: readonly FieldNode[],
    uuid: string,
    actor: ReadActor,
    variables: Variables,
  ): Promise<unknown> {
    const place = `${type}@${nodes.map((node) => node.loc?.start ?? 0).join('.')}`;
    const key = `${place}\n${actor.shape}\n${variablesKey(prepared.roles, variables)}\n${prepared.key}`;
    const plan = this.cached(key, () =>
      compileReference({ ...this.fixed(), actor, variables, ...prepared }, type, nodes),
    );
    const row = await this.send(plan, actor, {
      ...variables,
      [REFERENCE]: uuid,
    });
    return row['c0'] === null || row['c0'] === undefined ? null : (JSON.parse(row['c0']) as unknown);
  }

  /** The rows that a root list shows an actor under a filter: see `compilePick`. */
  pick(root: string, filter: Readonly<Record<string, unknown>>, actor: ReadActor): PickedRows {
    return compilePick(this.catalog, actor, root, filter);
  }

  private async send(
    plan: Plan,
    actor: ReadActor,
    variables: Variables,
  ): Promise<Readonly<Record<string, string | null>>> {
    const values = plan.values({ actor, variables });
    try {
      const { rows } = await this.database.read(actor, {
        text: plan.text,
        values,
      });
      return rows[0] as Record<string, string | null>;
    } catch (error) {
      const state = (error as { code?: unknown }).code;
      if (plan.cursors && typeof state === 'string' && state.startsWith('22')) throw badCursor('after');
      throw error;
    }
  }

  private fixed(): { catalog: Catalog; ledger: ReadLedger; mostRows: number } {
    return {
      catalog: this.catalog,
      ledger: this.ledger,
      mostRows: this.mostRows,
    };
  }

  private cached(key: string, compile: () => Plan): Plan {
    let plan = this.plans.get(key);
    if (plan === undefined) {
      plan = compile();
      if (this.plans.size >= MOST_PLANS) this.plans.delete(this.plans.keys().next().value!);
    } else {
      this.plans.delete(key);
    }
    this.plans.set(key, plan);
    return plan;
  }
}
