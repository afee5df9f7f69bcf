// PostGraphile 5 as its documentation has it in production: no watching, no explaining, one pool, prepared statements.
import http from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';

const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [
    makePgService({
      connectionString: process.env.DATABASE_URL,
      schemas: ['peer'],
      poolConfig: { max: Number(process.env.DATABASE_POOL), options: '-c TimeZone=UTC' },
    }),
  ],
  grafast: { explain: false },
  grafserv: { watch: false, graphiql: false, graphqlPath: '/graphql' },
});
const served = instance.createServ(grafserv);
const server = http.createServer();
await served.addTo(server);
server.listen(0, '127.0.0.1', () => process.send({ type: 'ready', port: server.address().port }));
process.on('disconnect', () => process.exit());
