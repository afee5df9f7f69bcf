import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { LaunchRefusal } from '../refusal';
import { LogFile } from './log-file';

/** What an app tells its launcher over IPC. */
export type AppMessage =
  | { readonly type: 'ready'; readonly address?: string }
  | { readonly type: 'fatal'; readonly message: string };

export interface AppProcessOptions {
  readonly name: string;
  readonly script: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
  readonly say: (line: string) => void;
  /** How long a first start may take. */
  readonly readyWithinMs?: number;
}

const LONGEST_DELAY_MS = 30_000;
const STEADY_AFTER_MS = 60_000;

/** One app of the union in a process of its own, started again when it dies. */
export class AppProcess {
  private child: ChildProcess | undefined;
  private readonly log: LogFile;
  private stopping = false;
  private failures = 0;
  private readyAt: number | undefined;
  private again: NodeJS.Timeout | undefined;

  constructor(private readonly options: AppProcessOptions) {
    this.log = new LogFile(options.logFile);
  }

  /** Process id while it runs. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /**
   * Starts the app and waits until it is ready; from then on it is kept running.
   * @throws LaunchRefusal with the reason the app gave, or its last words.
   */
  start(): Promise<{ address?: string }> {
    return new Promise((resolve, reject) => {
      const limit = this.options.readyWithinMs ?? 60_000;
      const late = setTimeout(() => reject(this.refusal(`is not ready after ${limit / 1000} s`)), limit);
      const settle = (outcome: () => void): void => {
        clearTimeout(late);
        outcome();
      };
      const child = this.spawn();
      let ready = false;
      child.on('message', (message: AppMessage) => {
        if (message.type === 'fatal') return settle(() => reject(new LaunchRefusal(message.message)));
        if (message.type === 'ready' && !ready) {
          ready = true;
          this.readyAt = Date.now();
          child.once('exit', (code, signal) =>
            this.restartLater(this.refusal(`ended with ${signal ?? `code ${code}`}`).message),
          );
          settle(() => resolve(message.address === undefined ? {} : { address: message.address }));
        }
      });
      child.once('exit', (code, signal) => {
        if (!ready)
          settle(() => reject(this.refusal(`ended with ${signal ?? `code ${code}`} before it was ready`)));
      });
    });
  }

  /** Asks the app to finish, and ends it after `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    this.stopping = true;
    clearTimeout(this.again);
    const child = this.child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return this.log.close();
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await ended;
    clearTimeout(late);
    this.log.close();
  }

  kill(): void {
    this.stopping = true;
    clearTimeout(this.again);
    this.child?.kill('SIGKILL');
  }

  private spawn(): ChildProcess {
    const { script, cwd, env } = this.options;
    const log = this.log.open();
    // Of its own session: the launcher decides when a Ctrl-C reaches it.
    this.child = fork(script, [], {
      cwd,
      env,
      execArgv: ['--require', join(__dirname, 'child-guard.js')],
      stdio: ['ignore', log, log, 'ipc'],
      detached: true,
    });
    this.log.handedOver(log);
    return this.child;
  }

  private restartLater(reason: string): void {
    if (this.stopping) return;
    if (this.readyAt !== undefined && Date.now() - this.readyAt > STEADY_AFTER_MS) this.failures = 0;
    this.readyAt = undefined;
    const delay = Math.min(LONGEST_DELAY_MS, 500 * 2 ** this.failures);
    this.failures += 1;
    this.options.say(`${reason}; it starts again in ${delay / 1000} s`);
    this.again = setTimeout(() => {
      this.start().then(
        () => this.options.say(`The ${this.options.name} runs again`),
        (error: Error) => {
          this.child?.kill('SIGKILL');
          this.restartLater(error.message);
        },
      );
    }, delay);
  }

  private refusal(what: string): LaunchRefusal {
    const words = this.log.lastWords();
    return new LaunchRefusal(
      `The ${this.options.name} ${what}${words === '' ? '' : `: ${words}`} (log: ${this.options.logFile})`,
    );
  }
}
