// The product's own API with a wall taken down, to see what it costs. No setting of the product does this.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { UNGUARDED } from './database.mjs';
import { dist } from './settings.mjs';

const require = createRequire(import.meta.url);
require('reflect-metadata');
const off = process.env.BENCH_OFF.split(',');

if (off.includes('rls')) {
  const connections = require(join(dist, 'libs/platform/src/db/data-source.js'));
  const { dataSourceOptions, APP_ROLE } = connections;
  connections.dataSourceOptions = (...given) => {
    const options = dataSourceOptions(...given);
    const role = options.extra.options.replace(`role=${APP_ROLE}`, `role=${UNGUARDED}`);
    if (role === options.extra.options) throw new Error('The role of the connections is set elsewhere now.');
    return { ...options, extra: { ...options.extra, options: role } };
  };
}
if (off.includes('ledger')) {
  const { apiSchema } = require(join(dist, 'apps/api/src/schemas.js'));
  for (const { types = [] } of apiSchema.reads) for (const type of types) delete type.subject;
}

const { readConfig, runProcess } = require(join(dist, 'libs/platform/src/index.js'));
const { startApi } = require(join(dist, 'apps/api/src/create-api.js'));
runProcess('api', async () => {
  const { app, address } = await startApi({ config: readConfig() });
  return { address, close: () => app.close() };
});
