import type { Decision, Policy, ReadActor, RowRef } from '@unionhall/platform';
import { Actor } from './actor';
import type { Permission } from './permissions';

export interface PermitRule {
  readonly permission?: Permission;
  /** The row's chapter column. With it the permission admits rows of chapters in reach; without it, holding it anywhere admits. */
  readonly chapter?: string;
  /** The permission must be held over the whole union. */
  readonly everywhere?: boolean;
  /** The row's member column: the member themselves is admitted. */
  readonly self?: string;
  /** `self` also admits a member who came by a signed link. */
  readonly link?: boolean;
  /** What a partner may see: boolean SQL over the row (`row.param` gives it the partner's id). */
  readonly partner?: (row: RowRef) => string;
}

/**
 * The policy of rows and fields: admits by permission in the row's chapter, or the member themselves,
 * or a partner by the given condition; whichever applies, joined by OR. The system sees everything.
 */
export function permit(rule: PermitRule): Policy {
  return { label: labelOf(rule), decide: (actor, row) => decide(rule, actorOf(actor), row) };
}

/** Open to the public. */
export const anyone: Policy = { label: 'anyone', decide: () => 'all' };

/** Any signed-in user. */
export const signedIn: Policy = {
  label: 'signed in',
  decide: (actor) => (['user', 'system'].includes(actorOf(actor).kind) ? 'all' : 'none'),
};

/** Any partner holding a live key. */
export const anyPartner: Policy = {
  label: 'any partner',
  decide: (actor) => (['partner', 'system'].includes(actorOf(actor).kind) ? 'all' : 'none'),
};

function decide(rule: PermitRule, actor: Actor, row: RowRef): Decision {
  if (actor.kind === 'system') return 'all';
  const terms: string[] = [];
  if (rule.permission !== undefined) {
    const { permission } = rule;
    const reach = actor.can(permission);
    if (reach === 'all') return 'all';
    if (reach !== false && rule.everywhere !== true) {
      if (rule.chapter === undefined) return 'all';
      const chapters = row.param(
        (one) => actorOf(one).reachIds(permission),
        'uuid[]',
        actor.reachName(permission),
      );
      // In a subselect the list does not sway the planner: it would plan every run anew for a better guess.
      terms.push(`${row.column(rule.chapter)} = ANY ((SELECT ${chapters})::uuid[])`);
    }
  }
  const isSelf = actor.kind === 'user' || (actor.kind === 'link' && rule.link === true);
  if (rule.self !== undefined && actor.memberId !== undefined && isSelf) {
    terms.push(`${row.column(rule.self)} = ${row.param((one) => actorOf(one).memberId, 'uuid', 'member')}`);
  }
  if (rule.partner !== undefined && actor.kind === 'partner') terms.push(`(${rule.partner(row)})`);
  return terms.length === 0 ? 'none' : { sql: terms.length === 1 ? terms[0]! : `(${terms.join(' OR ')})` };
}

function labelOf(rule: PermitRule): string {
  const parts: string[] = [];
  if (rule.permission !== undefined) {
    const where =
      rule.everywhere === true ? ' everywhere' : rule.chapter === undefined ? '' : ` in ${rule.chapter}`;
    parts.push(`${rule.permission}${where}`);
  }
  if (rule.self !== undefined) parts.push(rule.link === true ? 'self (also by link)' : 'self');
  if (rule.partner !== undefined) parts.push('partner by agreement and consent');
  return parts.length === 0 ? 'nobody' : parts.join(' or ');
}

/** @throws TypeError when a read is attempted by something that is not an Actor. */
export function actorOf(actor: ReadActor): Actor {
  if (actor instanceof Actor) return actor;
  throw new TypeError('A read needs an Actor of @unionhall/identity.');
}
