import type { DbActor } from './db-actor';

/**
 * The actor of the platform's own background work (outbox, mailbox). It sees every row; what domains
 * do in the background runs as their own system actor, with a purpose.
 */
export const BACKGROUND: DbActor = {
  binding: {
    text: "SELECT set_config('unionhall.kind', 'system', true), set_config('unionhall.sees_all', 'on', true), set_config('unionhall.purpose', $1, true)",
    values: ['background'],
  },
};
