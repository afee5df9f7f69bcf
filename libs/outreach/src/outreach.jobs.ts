import { defineJob, defineSchedule } from '@unionhall/platform';

/** Moves everyone on whose time has come. */
export const ADVANCE = defineJob('outreach.advance', { queue: 'outreach' });
/** Sends what is due. */
export const SEND = defineJob('outreach.send', { queue: 'outreach' });
/** Takes back expired leases. */
export const RECOVER = defineJob('outreach.recover', { queue: 'outreach' });

defineSchedule(ADVANCE, 3_000);
defineSchedule(SEND, 3_000);
defineSchedule(RECOVER, 15_000);
