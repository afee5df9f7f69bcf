import { defineJob, defineSchedule } from '@unionhall/platform';

/** Moves everyone on whose time has come. */
export const ADVANCE = defineJob('outreach.advance', { queue: 'outreach' });
/** Sends what is due. */
export const SEND = defineJob('outreach.send', { queue: 'outreach' });
/** Takes back expired leases; not behind messages whose server is silent. */
export const RECOVER = defineJob('outreach.recover');

/** Lets those in whose time has come, or who are of a segment now. */
export const LET_IN = defineJob('outreach.let-in', { queue: 'outreach' });

/** Holds sequences that do harm. */
export const WATCH = defineJob('outreach.watch');

/** Asks those who led a gathering who came to it. */
export const ASK_WHO_CAME = defineJob('outreach.ask-who-came');

/** Makes the calls of sequences that are due; not behind messages. */
export const CALL = defineJob('outreach.call');

defineSchedule(CALL, 3_000);
defineSchedule(ADVANCE, 3_000);
defineSchedule(SEND, 3_000);
defineSchedule(LET_IN, 60_000);
defineSchedule(WATCH, 30_000);
defineSchedule(RECOVER, 5_000);
defineSchedule(ASK_WHO_CAME, 600_000);
