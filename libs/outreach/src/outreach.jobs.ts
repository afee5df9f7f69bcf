import { defineJob, defineSchedule } from '@unionhall/platform';

/** Moves everyone on whose time has come. */
export const ADVANCE = defineJob('outreach.advance', { queue: 'outreach' });
/** Sends what is due. */
export const SEND = defineJob('outreach.send', { queue: 'outreach' });
/** Takes back expired leases; not behind messages whose server is silent. */
export const RECOVER = defineJob('outreach.recover');

defineSchedule(ADVANCE, 3_000);
defineSchedule(SEND, 3_000);
defineSchedule(RECOVER, 5_000);
