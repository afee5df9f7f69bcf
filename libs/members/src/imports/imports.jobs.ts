import { defineJob, defineSchedule } from '@unionhall/platform';

/** Commits or undoes an import that was asked for. */
export const WORK_IMPORT = defineJob<{ importId: string }>('members.import-work');
/** Finds imports whose work was interrupted. */
export const SWEEP_IMPORTS = defineJob('members.import-sweep');
/** Forgets the rows of old imports. */
export const EXPIRE_IMPORTS = defineJob('members.import-expire');

defineSchedule(SWEEP_IMPORTS, 5_000);
defineSchedule(EXPIRE_IMPORTS, 60 * 60_000);
