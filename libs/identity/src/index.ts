export { Actor, systemActor, anonymousActor, linkActor } from './actor';
export type { ActorFacts, ActorKind, HeldGrant, Reach } from './actor';
export { PERMISSIONS, ROLES, ROLE_PERMISSIONS, PURPOSES, isRole, isPurpose } from './permissions';
export type { Permission, Purpose, Role } from './permissions';
export { permit, anyone, signedIn, anyPartner, actorOf } from './policies';
export type { PermitRule } from './policies';
export * from './identity.errors';
