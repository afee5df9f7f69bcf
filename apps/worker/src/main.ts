import 'reflect-metadata';
import { readConfig, runProcess } from '@unionhall/platform';
import { startWorker } from './create-worker';

runProcess('worker', async () => {
  const app = await startWorker({ config: readConfig() });
  return { close: () => app.close() };
});
