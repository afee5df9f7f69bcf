import type { Decision, Policy, ReadActor, RowRef } from './declare';

/** One execution of a plan. */
export interface Run {
  readonly actor: ReadActor;
  readonly variables: Readonly<Record<string, unknown>>;
}

const BARE = /^[a-z_][a-z0-9_]*$/;

export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A declared expression over the row of `alias`. */
export function expressionOf(expression: string, alias: string): string {
  if (BARE.test(expression)) return `${alias}.${identifier(expression)}`;
  return `(${expression.replaceAll(/\$t\b/g, alias)})`;
}

/** A JSON object from name and SQL pairs (PostgreSQL takes at most 100 arguments to a function). */
export function jsonObject(pairs: readonly (readonly [string, string])[]): string {
  if (pairs.length <= 50) {
    return `json_build_object(${pairs.map(([name, sql]) => `${literal(name)}, ${sql}`).join(', ')})`;
  }
  const columns = pairs.map(([name, sql]) => `${sql} AS ${identifier(name)}`).join(', ');
  return `(SELECT row_to_json(x) FROM (SELECT ${columns}) x)`;
}

/** Collects the parameters of one statement, and hands out aliases. */
export class StatementBuilder {
  private readonly getters: ((run: Run) => unknown)[] = [];
  private readonly keyed = new Map<string, string>();
  private readonly decisions = new Map<string, Map<Policy, Decision>>();
  private aliases = 0;

  constructor(private readonly actor: ReadActor) {}

  alias(): string {
    return `t${this.aliases++}`;
  }

  param(get: (run: Run) => unknown, cast: string): string {
    this.getters.push(get);
    return `$${this.getters.length}::${cast}`;
  }

  /**
   * What a policy says of the row of `alias`: true, false, or a condition; asked once for each row.
   * `column` writes the row's columns.
   */
  decide(policy: Policy, alias: string, column: (name: string) => string): Decision {
    let ofRow = this.decisions.get(alias);
    if (ofRow === undefined) this.decisions.set(alias, (ofRow = new Map<Policy, Decision>()));
    let decision = ofRow.get(policy);
    if (decision === undefined) {
      const row: RowRef = {
        column,
        param: (value, cast, key) => this.ofActor(value, cast, key),
      };
      const before = this.getters.length;
      decision = policy.decide(this.actor, row);
      // What a policy asked for and then did not use would be a parameter without a type.
      if (typeof decision === 'string') this.forget(before);
      ofRow.set(policy, decision);
    }
    return decision;
  }

  private ofActor(value: (actor: ReadActor) => unknown, cast: string, key: string | undefined): string {
    const get = (run: Run): unknown => value(run.actor);
    if (key === undefined) return this.param(get, cast);
    const full = `${key} ${cast}`;
    const known = this.keyed.get(full);
    if (known !== undefined) return known;
    const made = this.param(get, cast);
    this.keyed.set(full, made);
    return made;
  }

  private forget(from: number): void {
    this.getters.length = from;
    for (const [key, placeholder] of this.keyed)
      if (Number(/^\$(\d+)/.exec(placeholder)![1]) > from) this.keyed.delete(key);
  }

  values(): (run: Run) => unknown[] {
    const { getters } = this;
    return (run) => getters.map((get) => get(run));
  }
}
