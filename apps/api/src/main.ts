import 'reflect-metadata';
import { readConfig, runProcess } from '@unionhall/platform';
import { startApi } from './create-api';

runProcess('api', async () => {
  const { app, address } = await startApi({ config: readConfig() });
  return { address, close: () => app.close() };
});
