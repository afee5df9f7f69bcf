import { defineJob, defineSchedule } from '@unionhall/platform';

/** Forgets what has run out: attempts, links and sessions. */
export const SWEEP_SIGN_INS = defineJob('identity.sweep-sign-ins');
defineSchedule(SWEEP_SIGN_INS, 3_600_000);
