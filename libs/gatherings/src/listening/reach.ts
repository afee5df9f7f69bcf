import type { Actor, Permission } from '@unionhall/identity';

/** Whether the actor holds a permission in a chapter. */
export function reaches(actor: Actor, permission: Permission, chapterId: string): boolean {
  const reach = actor.can(permission);
  return reach === 'all' || (reach !== false && reach.includes(chapterId));
}
