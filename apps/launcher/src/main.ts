import { resolve } from 'node:path';
import { readLaunchSettings } from './launch-settings';
import { LaunchRefusal, oneLine } from './refusal';
import { welcome } from './sign-ins';
import { Union } from './union';

/** Signals closer together than this are one key press: npm passes on what the terminal already sent. */
const ONE_PRESS_MS = 700;
const PARENT_CHECK_MS = 1000;

/**
 * Opens the union and keeps it open until a signal closes it. Ends the process: 0 after a clean stop,
 * 1 with one line on standard error otherwise.
 * @param startedAt when the operator asked, in milliseconds of `Date.now()`.
 */
export async function main(startedAt = Date.now()): Promise<void> {
  let union: Union | undefined;
  const refuse = async (reason: string): Promise<never> => {
    process.stderr.write(`unionhall: ${reason}\n`);
    await union?.close().catch(() => undefined);
    process.exit(1);
  };
  const since = (): string => ((Date.now() - startedAt) / 1000).toFixed(1);
  const say = (line: string): void => void process.stdout.write(`[${since().padStart(5)} s] ${line}\n`);
  try {
    const settings = readLaunchSettings(process.env, process.cwd());
    union = new Union(settings, resolve(__dirname, '..', '..', '..'), say, (reason) => void refuse(reason));
    const closing = closeOnSignals(union);
    const { address, signIns } = await union.open().catch(async (error: unknown) => {
      if (closing.asked) return new Promise<never>(() => undefined);
      throw error;
    });
    process.stdout.write(`${welcome(address, signIns, since(), settings.smtpUrl === undefined)}\n`);
  } catch (error) {
    if (!(error instanceof LaunchRefusal) && process.env['DEBUG'])
      process.stderr.write(`${(error as Error).stack}\n`);
    await refuse(oneLine(error));
  }
}

function closeOnSignals(union: Union): { asked: boolean } {
  const state = { asked: false };
  let askedAt = 0;
  const close = (why: string): void => {
    if (state.asked) {
      if (Date.now() - askedAt < ONE_PRESS_MS) return;
      process.stdout.write('Stopping at once.\n');
      void union.force().finally(() => process.exit(1));
      return;
    }
    state.asked = true;
    askedAt = Date.now();
    process.stdout.write(`\n${why}: closing (again to stop at once)\n`);
    union.close().then(
      () => {
        process.stdout.write('Closed.\n');
        process.exit(0);
      },
      (error: unknown) => {
        process.stderr.write(`unionhall: ${oneLine(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', () => close('Interrupted'));
  process.on('SIGTERM', () => close('Asked to stop'));
  process.on('SIGHUP', () => close('Terminal closed'));
  // A killed `npm start` leaves its child running; its end shows as a new parent.
  const parent = process.ppid;
  if (process.env['npm_lifecycle_event'] === 'start') {
    setInterval(() => {
      if (process.ppid !== parent && !state.asked) close('npm is gone');
    }, PARENT_CHECK_MS).unref();
  }
  // Output into a pipe whose reader is gone must not stop the union.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  return state;
}

if (require.main === module) void main();
