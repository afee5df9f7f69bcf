import { defineJob, defineSchedule } from '@unionhall/platform';

/** Takes the pledge tables that are due. */
export const TAKE_PLEDGE_TABLES = defineJob('partners.take-pledge-tables');
defineSchedule(TAKE_PLEDGE_TABLES, 600_000);
