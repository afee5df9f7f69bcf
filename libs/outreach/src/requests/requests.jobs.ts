import { defineJob, defineSchedule } from '@unionhall/platform';

/** Forgets what was asked for on public pages, seven days after. */
export const SWEEP_REQUESTS = defineJob('outreach.sweep-requests');
defineSchedule(SWEEP_REQUESTS, 3_600_000);
