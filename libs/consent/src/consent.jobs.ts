import { defineJob, defineSchedule } from '@unionhall/platform';

/** Spreads new entries of the access ledger over the members they name. */
export const INDEX_LEDGER = defineJob('consent.index-ledger');
defineSchedule(INDEX_LEDGER, 30_000);
