/**
 * Whoever a transaction runs for. `binding` is the statement that is sent with every BEGIN: it sets
 * the settings that row-level security reads, and refuses an actor whose rights have changed since.
 */
export interface DbActor {
  readonly binding: { readonly text: string; readonly values: readonly unknown[] };
}
