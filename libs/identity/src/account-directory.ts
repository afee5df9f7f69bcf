import type { EntityManager } from 'typeorm';

/** What identity needs to know about members, who live to its right: members implements it. */
export interface AccountDirectory {
  /** The one member reachable at this address (lower case), who may sign in; undefined when none or several. */
  findMemberByEmail(em: EntityManager, emailKey: string): Promise<{ readonly memberId: string } | undefined>;
  /** The language a member reads (BCP 47); undefined when there is no such member. */
  languageOfMember(em: EntityManager, memberId: string): Promise<string | undefined>;
}

/** Injection token of the AccountDirectory. */
export const ACCOUNT_DIRECTORY = Symbol('account directory');
