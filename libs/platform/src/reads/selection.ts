import {
  Kind,
  valueFromASTUntyped,
  visit,
  type ArgumentNode,
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import type { Run } from './sql';

export type Variables = Readonly<Record<string, unknown>>;
export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** A value an operation gives: what it is now (for its structure alone) and how to take it in each run. */
export interface Input {
  readonly now: unknown;
  readonly get: (run: Run) => unknown;
}

/** The fields selected, by response name, fragments opened and directives decided. */
export function collectFields(
  sets: readonly SelectionSetNode[],
  typeNames: readonly string[],
  fragments: Fragments,
  variables: Variables,
): Map<string, FieldNode[]> {
  const found = new Map<string, FieldNode[]>();
  const walk = (set: SelectionSetNode): void => {
    for (const node of set.selections) {
      if (!included(node.directives, variables)) continue;
      if (node.kind === Kind.FIELD) {
        const name = node.alias?.value ?? node.name.value;
        const same = found.get(name);
        if (same === undefined) found.set(name, [node]);
        else same.push(node);
        continue;
      }
      const part = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value)!;
      const condition = part.typeCondition?.name.value;
      if (condition === undefined || typeNames.includes(condition)) walk(part.selectionSet);
    }
  };
  sets.forEach(walk);
  return found;
}

export const setsOf = (nodes: readonly FieldNode[]): SelectionSetNode[] =>
  nodes.flatMap((node) => (node.selectionSet === undefined ? [] : [node.selectionSet]));

/** The argument of a field; undefined when it is absent, or an absent variable. */
export function argument(node: FieldNode, name: string, variables: Variables): Input | undefined {
  const given = node.arguments?.find((one: ArgumentNode) => one.name.value === name)?.value;
  return given === undefined ? undefined : inputOf(given, variables);
}

function inputOf(node: ValueNode, variables: Variables): Input | undefined {
  const now: unknown = valueFromASTUntyped(node, variables);
  if (now === undefined) return undefined;
  if (!hasVariable(node)) return { now, get: () => now };
  return {
    now,
    get: (run) => valueFromASTUntyped(node, run.variables) as unknown,
  };
}

/** The entries of an input object. */
export function entriesOf(input: Input): [string, Input][] {
  const of = (value: unknown): Record<string, unknown> => value as Record<string, unknown>;
  return Object.keys(of(input.now))
    .filter((name) => of(input.now)[name] !== undefined)
    .map((name) => [name, { now: of(input.now)[name], get: (run) => of(input.get(run))[name] }]);
}

function hasVariable(node: ValueNode): boolean {
  let found = false;
  visit(node, { Variable: () => void (found = true) });
  return found;
}

function included(directives: readonly DirectiveNode[] | undefined, variables: Variables): boolean {
  for (const directive of directives ?? []) {
    const name = directive.name.value;
    if (name !== 'skip' && name !== 'include') continue;
    const condition = directive.arguments?.find((one) => one.name.value === 'if')?.value;
    const value = condition === undefined ? false : valueFromASTUntyped(condition, variables);
    if ((value === true) === (name === 'skip')) return false;
  }
  return true;
}

/** Which variables change the text of a plan, and how: by their value, or by their structure. */
export function variableRoles(
  operation: OperationDefinitionNode,
  fragments: Fragments,
): ReadonlyMap<string, 'value' | 'type' | 'shape'> {
  const roles = new Map<string, 'value' | 'type' | 'shape'>();
  for (const { variable } of operation.variableDefinitions ?? []) roles.set(variable.name.value, 'shape');
  const note = (value: ValueNode | undefined, role: 'value' | 'type'): void => {
    if (value?.kind === Kind.VARIABLE && roles.get(value.name.value) !== 'value')
      roles.set(value.name.value, role);
  };
  const visitor = {
    Directive: (node: DirectiveNode) => node.arguments?.forEach((one) => note(one.value, 'value')),
    Argument: (node: ArgumentNode) => {
      const name = node.name.value;
      if (name === 'first' || name === 'last' || name === 'orderBy') note(node.value, 'value');
      if (name === 'id') note(node.value, 'type');
    },
  };
  visit(operation, visitor);
  for (const fragment of fragments.values()) visit(fragment, visitor);
  return roles;
}

/** The part of a plan's key that its variables decide. */
export function variablesKey(
  roles: ReadonlyMap<string, 'value' | 'type' | 'shape'>,
  variables: Variables,
): string {
  let key = '';
  for (const [name, role] of roles) {
    const value = variables[name];
    if (value === undefined) key += 'u,';
    else if (role === 'value') key += `${JSON.stringify(value)},`;
    else if (role === 'type') key += `${String(value).split('_', 1)[0]!.slice(0, 64)},`;
    else key += `${shapeOf(value)},`;
  }
  return key;
}

function shapeOf(value: unknown): string {
  if (value === null) return 'n';
  if (Array.isArray(value)) return value.includes(null) ? 'A' : 'a';
  if (typeof value !== 'object') return 's';
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return `{${entries.map(([name, part]) => `${name}:${shapeOf(part)}`).join(',')}}`;
}
