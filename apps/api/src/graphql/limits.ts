import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { AppError } from '@unionhall/platform';

/** What one operation may ask for; the same for everyone. */
export interface Limits {
  readonly tokens: number;
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  /** The most rows that an operation could give; the reads engine counts them as it compiles. */
  readonly nodes: number;
}

export const MAIN_LIMITS: Limits = {
  tokens: 2_000,
  depth: 12,
  aliases: 30,
  rootFields: 20,
  nodes: 20_000,
};
export const PARTNER_LIMITS: Limits = {
  tokens: 1_000,
  depth: 8,
  aliases: 10,
  rootFields: 5,
  nodes: 2_000,
};

/** What is counted of a document once, when it is first seen. */
export interface Measured {
  readonly usesIntrospection: boolean;
}

const refuse = (code: string, what: string, limit: number): AppError =>
  new AppError('limited', `LIMIT.${code}`, `This operation has too many ${what}; the limit is ${limit}.`, {
    details: { limit },
  });

/** @throws AppError LIMIT.DEPTH, LIMIT.ALIASES, LIMIT.ROOT_FIELDS. */
export function measure(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  limits: Limits,
): Measured {
  const fragments = fragmentsOf(document);
  let aliases = 0;
  let usesIntrospection = false;
  let visited = 0;
  const open = new Set<string>();
  let roots = 0;
  const walk = (set: SelectionSetNode, depth: number): void => {
    if (depth > limits.depth) throw refuse('DEPTH', 'levels', limits.depth);
    for (const selection of set.selections) {
      if (++visited > limits.tokens * 5) throw refuse('TOKENS', 'fields', limits.tokens);
      if (selection.kind === Kind.FIELD) {
        if (depth === 1) roots += 1;
        if (selection.alias !== undefined && ++aliases > limits.aliases)
          throw refuse('ALIASES', 'aliases', limits.aliases);
        if (selection.name.value === '__schema' || selection.name.value === '__type')
          usesIntrospection = true;
        else if (selection.selectionSet !== undefined) walk(selection.selectionSet, depth + 1);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet, depth);
      else {
        const { value: name } = selection.name;
        const fragment = fragments.get(name);
        if (fragment === undefined || open.has(name)) continue;
        open.add(name);
        walk(fragment.selectionSet, depth);
        open.delete(name);
      }
    }
  };
  walk(operation.selectionSet, 1);
  if (roots > limits.rootFields) throw refuse('ROOT_FIELDS', 'root fields', limits.rootFields);
  return { usesIntrospection };
}

export function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  const found = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) found.set(definition.name.value, definition);
  }
  return found;
}
