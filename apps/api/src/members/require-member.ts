import { unauthenticated, type Actor } from '@unionhall/identity';

/** The member who asks. @throws AppError AUTHZ.UNAUTHENTICATED when the actor is no member. */
export function requireMember(actor: Actor): string {
  if (actor.memberId === undefined) throw unauthenticated();
  return actor.memberId;
}
