import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = 'secret';

/**
 * The installation's secret: the environment's, or one made at the first start and kept (0600) in
 * the data directory. Links that were sent and opt-outs hang on it.
 */
export function installationSecret(dataDir: string, env: NodeJS.ProcessEnv): string {
  const given = env['UNIONHALL_SECRET'];
  if (given !== undefined && given !== '') return given;
  const file = join(dataDir, FILE);
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const secret = randomBytes(32).toString('base64url');
  // `wx`: two first starts at once must not keep two secrets.
  try {
    writeFileSync(file, `${secret}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
}
