import { createHash } from 'node:crypto';
import { Client, type ClientConfig, type QueryConfig } from 'pg';

const names = new Map<string, string>();
const MAX_NAMES = 5_000;

/** A stable prepared-statement name for a text (63 bytes is PostgreSQL's limit on names). */
export function statementName(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = `q_${createHash('sha256').update(text).digest('base64url').slice(0, 32)}`;
    if (names.size >= MAX_NAMES) names.clear();
    names.set(text, name);
  }
  return name;
}

type QueryArguments = [config: unknown, values?: unknown, callback?: unknown];

/**
 * pg's client, naming every parameterised statement so that PostgreSQL plans it once per connection.
 * TypeORM takes it through `extra: { Client: NamedClient }`; a statement that brings its own name, a
 * text without values, and submittables (COPY, cursors) pass through untouched.
 */
export class NamedClient extends Client {
  constructor(config?: ClientConfig) {
    super(config);
    // Whoever waits for an answer is told; without a listener a connection that is lost would end the process too.
    this.on('error', () => undefined);
  }

  override query(...args: unknown[]): never {
    const [config, values, callback] = args as QueryArguments;
    if (typeof config === 'string' && Array.isArray(values) && values.length > 0) {
      const named: QueryConfig = { name: statementName(config), text: config, values };
      return super.query(named as never, callback as never) as never;
    }
    return (super.query as (...all: unknown[]) => never).apply(this, args);
  }
}
