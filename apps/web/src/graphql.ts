import { initGraphQLTada, type TadaDocumentNode } from 'gql.tada';
import type { introspection } from './graphql-env';

/** Types an operation from the committed schema. The build puts the operation's name in its place. */
export const graphql = /* @__PURE__ */ initGraphQLTada<{
  introspection: introspection;
  scalars: { ID: string; Instant: string; Date: string; JSON: unknown };
}>();

export type { FragmentOf, ResultOf, VariablesOf } from 'gql.tada';
/** What `graphql` gives, as its types see it. */
export type Operation<Result, Variables> = TadaDocumentNode<Result, Variables>;
