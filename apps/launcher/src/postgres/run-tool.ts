import { spawn } from 'node:child_process';
import { LaunchRefusal } from '../refusal';
import type { ServerAccount } from './account';

/** The few variables PostgreSQL's programs need; the launcher's own environment holds secrets. */
export const SERVER_ENV: NodeJS.ProcessEnv = {
  PATH: '/usr/bin:/bin:/usr/sbin:/sbin',
  LC_ALL: 'C',
  TZ: 'UTC',
};

/**
 * How a program names the directory it was started in. Under another account (Linux) the path above it
 * may be closed, while the working directory stays open to whoever was put there.
 */
export function ownDirectory(directory: string, account: ServerAccount | undefined): string {
  return account !== undefined && process.platform === 'linux' ? '/proc/self/cwd' : directory;
}

/**
 * Runs one of PostgreSQL's programs in `directory` to its end.
 * @throws LaunchRefusal with its last words when it fails.
 */
export async function runTool(
  file: string,
  args: readonly string[],
  directory: string,
  account: ServerAccount | undefined,
  input = '',
): Promise<void> {
  const child = spawn(file, args, {
    cwd: directory,
    env: SERVER_ENV,
    ...account?.ids,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const complaint = lastComplaint(said);
  if (code !== 0 || (input !== '' && complaint !== undefined)) {
    throw new LaunchRefusal(
      `PostgreSQL's ${file.split('/').pop()} failed: ${complaint ?? `exit code ${code}`}`,
    );
  }
}

/** The last error line in what PostgreSQL wrote, without its time and process id. */
export function lastComplaint(text: string): string | undefined {
  const lines = text.split('\n').filter((line) => /\b(ERROR|FATAL|PANIC|error|fatal):/.test(line));
  return lines.at(-1)?.replace(/^.*?\b(ERROR|FATAL|PANIC|error|fatal):\s*/, '');
}
