import { defineJob, defineSchedule } from '@unionhall/platform';

/** Forgets old changes of many tags. */
export const EXPIRE_TAG_RUNS = defineJob('members.expire-tag-runs');

defineSchedule(EXPIRE_TAG_RUNS, 60 * 60_000);
