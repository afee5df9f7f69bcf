import type { ReadActor } from '@unionhall/platform';
import { forbidden, outOfReach, unauthenticated } from './identity.errors';
import { PERMISSIONS, ROLE_PERMISSIONS, type Permission, type Role } from './permissions';

export type ActorKind = 'system' | 'user' | 'partner' | 'link' | 'anonymous';

/** Where something is allowed: nowhere, everywhere, or in these chapters. */
export type Reach = false | 'all' | readonly string[];

/** A live grant, its chapter subtree spelled out. */
export interface HeldGrant {
  readonly id: string;
  readonly role: Role;
  readonly chapters: 'all' | readonly string[];
  /** Empty: every purpose. */
  readonly purposes: readonly string[];
  readonly expiresAt?: Date;
}

export interface ActorFacts {
  readonly kind: ActorKind;
  readonly purpose: string;
  readonly userId?: string;
  readonly memberId?: string;
  readonly partnerId?: string;
  /** The session or partner key acted under, whose life the database checks at every BEGIN. */
  readonly credentialId?: string;
  /** The version of the rights below, compared by the database at every BEGIN. */
  readonly authzVersion?: number;
  /** When the first of the grants runs out; the database refuses the actor from then on. */
  readonly rightsUntil?: Date;
  readonly grants?: readonly HeldGrant[];
  /** Why this was looked at, in the actor's words; kept in the access ledger. */
  readonly reason?: string;
}

const BIND = 'SELECT app.bind($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)';

/**
 * Whoever acts. Made once per request, immutable. `shape` names what changes the text of a compiled
 * read, `binding` tells PostgreSQL who acts and has it refuse rights that have changed since (SQLSTATE
 * UH001: rights changed, resolve the actor anew; UH002: session or key no longer holds).
 */
export class Actor implements ReadActor {
  readonly kind: ActorKind;
  readonly userId: string | undefined;
  readonly memberId: string | undefined;
  readonly partnerId: string | undefined;
  readonly credentialId: string | undefined;
  readonly purpose: string;
  readonly grants: readonly HeldGrant[];
  readonly shape: string;
  readonly binding: { readonly text: string; readonly values: readonly unknown[] };
  private readonly reach: ReadonlyMap<Permission, Reach>;
  /** The different lists of chapters, as PostgreSQL writes a uuid[]; permissions that reach alike share one. */
  private readonly lists: readonly string[];

  constructor(facts: ActorFacts) {
    this.kind = facts.kind;
    this.userId = facts.userId;
    this.memberId = facts.memberId;
    this.partnerId = facts.partnerId;
    this.credentialId = facts.credentialId;
    this.purpose = facts.purpose;
    this.grants = (facts.grants ?? []).filter(
      (grant) => grant.purposes.length === 0 || grant.purposes.includes(facts.purpose),
    );
    this.reach = new Map(PERMISSIONS.map((permission) => [permission, this.reachOf(permission)]));
    this.lists = [...new Set([...this.reach.values()].filter(isList).map(arrayText))];
    this.shape = this.describe();
    const scope = unite(this.grants.map((grant) => grant.chapters));
    this.binding = {
      text: BIND,
      values: [
        facts.kind,
        facts.userId ?? null,
        facts.memberId ?? null,
        facts.partnerId ?? null,
        facts.purpose,
        facts.kind === 'system' || scope === 'all',
        arrayText(isList(scope) ? scope : []),
        facts.reason ?? '',
        facts.credentialId ?? null,
        facts.authzVersion ?? 0,
        facts.rightsUntil ?? 'infinity',
      ],
    };
  }

  /** Where the actor holds a permission, for their present purpose. */
  can(permission: Permission): Reach {
    return this.reach.get(permission) ?? false;
  }

  /** The chapters of a permission that is held in some, as the text of a uuid[]. */
  reachIds(permission: Permission): string {
    const reach = this.can(permission);
    return isList(reach) ? arrayText(reach) : '{}';
  }

  /** Names the list of chapters of a permission; equal for permissions that reach the same chapters. */
  reachName(permission: Permission): string {
    return `chapters ${this.lists.indexOf(this.reachIds(permission))}`;
  }

  /**
   * @param chapterId the chapter it is needed in; without it, holding the permission anywhere is enough.
   * @throws AppError AUTHZ.UNAUTHENTICATED, AUTHZ.FORBIDDEN (held nowhere), or AUTHZ.NOT_FOUND (held
   *   elsewhere: what is out of reach looks as if it were not there).
   */
  require(permission: Permission, chapterId?: string): void {
    const reach = this.can(permission);
    if (reach === 'all') return;
    if (this.kind === 'anonymous') throw unauthenticated();
    if (reach === false) throw forbidden(permission);
    if (chapterId !== undefined && !reach.includes(chapterId)) throw outOfReach();
  }

  /** As `require`, over the whole union. */
  requireEverywhere(permission: Permission): void {
    if (this.can(permission) === 'all') return;
    throw this.kind === 'anonymous' ? unauthenticated() : forbidden(permission);
  }

  /** @throws AppError AUTHZ.UNAUTHENTICATED or AUTHZ.NOT_FOUND unless the actor is this member (or the system). */
  requireSelf(memberId: string): void {
    if (this.kind === 'system' || this.memberId === memberId) return;
    throw this.kind === 'anonymous' ? unauthenticated() : outOfReach();
  }

  private reachOf(permission: Permission): Reach {
    if (this.kind === 'system') return 'all';
    return unite(
      this.grants
        .filter((grant) => ROLE_PERMISSIONS[grant.role].includes(permission))
        .map((grant) => grant.chapters),
    );
  }

  private describe(): string {
    const held = PERMISSIONS.map((permission) => {
      const reach = this.can(permission);
      return reach === false ? '-' : reach === 'all' ? 'a' : String(this.lists.indexOf(arrayText(reach)));
    }).join('');
    const flags = `${this.memberId === undefined ? '' : 'm'}${this.partnerId === undefined ? '' : 'p'}`;
    return `${this.kind}/${flags}/${held}`;
  }
}

const isList = (reach: Reach): reach is readonly string[] => typeof reach === 'object';
const arrayText = (ids: readonly string[]): string => `{${ids.join(',')}}`;

function unite(parts: readonly ('all' | readonly string[])[]): Reach {
  if (parts.length === 0) return false;
  const ids = new Set<string>();
  for (const part of parts) {
    if (part === 'all') return 'all';
    for (const id of part) ids.add(id);
  }
  return [...ids].sort();
}

/** The union's own background work. */
export const systemActor = (purpose: string): Actor => new Actor({ kind: 'system', purpose });

const anonymous = new Actor({ kind: 'anonymous', purpose: 'organizing' });

/** Someone who has not said who they are. */
export const anonymousActor = (): Actor => anonymous;

/** A member acting through a signed link (RSVP, unsubscribe), without a session: themselves alone. */
export const linkActor = (memberId: string, purpose: string): Actor =>
  new Actor({ kind: 'link', memberId, purpose });
