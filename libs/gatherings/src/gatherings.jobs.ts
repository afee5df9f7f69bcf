import { defineJob, defineSchedule } from '@unionhall/platform';

/** Ends offers that have run out, and gives their places on. */
export const END_OFFERS = defineJob('gatherings.end-offers');
defineSchedule(END_OFFERS, 30_000);

/** Looks after those whose certificate has run out. */
export const SWEEP_CERTIFICATES = defineJob('gatherings.sweep-certificates');
defineSchedule(SWEEP_CERTIFICATES, 3_600_000);

/** Writes down of whom nobody said whether they came. */
export const SETTLE_ATTENDANCE = defineJob('gatherings.settle-attendance');
defineSchedule(SETTLE_ATTENDANCE, 300_000);
