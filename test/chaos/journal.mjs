import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** One line of JSON for each thing that happened, written before anything else is done. */
export const journal =
  (file) =>
  (what, more = {}) =>
    appendFileSync(file, `${JSON.stringify({ at: Date.now(), what, ...more })}\n`);

export const readJournal = (file) =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line))
    : [];
