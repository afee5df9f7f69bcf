import { rmSync } from 'node:fs';
import type { Started } from './global-setup';

export default async function globalTeardown(): Promise<void> {
  const started = (globalThis as { unionhall?: Started }).unionhall;
  await started?.redis?.stop();
  await started?.postgres?.stop();
  if (started?.dataDir !== undefined) rmSync(started.dataDir, { recursive: true, force: true });
}
