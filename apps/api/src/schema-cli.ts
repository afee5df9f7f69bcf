import 'reflect-metadata';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { configPage } from '@unionhall/platform';
import { describeSchema } from './graphql/print-schema';
import { apiSchema, partnersSchema } from './schemas';

/** Every committed file that the code itself writes: the schemas, the permission table, the page of variables. */
async function pages(): Promise<ReadonlyMap<string, string>> {
  const main = await describeSchema(apiSchema);
  const partners = await describeSchema(partnersSchema);
  const table = `# Who may read and do what\n\nWritten by \`npm run docs:write\` from the declarations; a change shows in review.\n\n${main.table}\n${partners.table}`;
  return new Map([
    ['apps/api/schema.graphql', main.sdl],
    ['apps/api/partners.graphql', partners.sdl],
    ['docs/permissions.md', table],
    ['docs/configuration.md', configPage()],
  ]);
}

async function main(): Promise<void> {
  const check = process.argv.includes('--check');
  let drifted = 0;
  for (const [file, text] of await pages()) {
    if (!check) writeFileSync(file, text);
    else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
      process.stderr.write(
        `${file} does not say what the code says: run npm run docs:write and look at the difference.\n`,
      );
      drifted += 1;
    }
  }
  process.exitCode = drifted === 0 ? 0 : 1;
}

void main();
