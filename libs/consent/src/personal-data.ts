import type { EntityManager } from 'typeorm';
import type { Config } from '@unionhall/platform';

/**
 * What a domain does with one person's rows: give them out, erase them, or hand them to another
 * record of the same person. Runs as the system, inside the caller's transaction.
 */
export interface PersonalDataHandler {
  /** The tables it answers for; a test finds a table with a person in it that nobody answers for. */
  readonly tables: readonly string[];
  /** `config` has the secret that some of it is sealed with. */
  export(em: EntityManager, memberId: string, config: Config): Promise<Record<string, unknown>>;
  erase(em: EntityManager, memberId: string): Promise<void>;
  merge(em: EntityManager, keepId: string, dropId: string): Promise<void>;
  /** Takes away the record that all the others hang on, when they have done their part. */
  remove?(em: EntityManager, memberId: string): Promise<void>;
}

const handlers: PersonalDataHandler[] = [];

/** Registers a domain's handler, once, when its module is loaded. @throws Error when a table has two. */
export function registerPersonalData(handler: PersonalDataHandler): void {
  if (handlers.includes(handler)) return;
  for (const table of handler.tables) {
    if (handlers.some((one) => one.tables.includes(table)))
      throw new Error(`${table} has two personal-data handlers.`);
  }
  handlers.push(handler);
}

/** Every handler, in the order of registration: from the left of the ladder to the right. */
export const personalDataHandlers = (): readonly PersonalDataHandler[] => handlers;
