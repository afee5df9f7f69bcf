import { writeFileSync } from 'node:fs';
import { configPage } from '@unionhall/platform';

/** Writes the operator's page of variables: `node dist/apps/launcher/src/config-page.js docs/configuration.md`. */
const [file] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write('usage: config-page.js FILE\n');
  process.exitCode = 1;
} else {
  writeFileSync(file, configPage());
}
