import { AppError } from '../errors/app-error';

/** A started app: how to stop it, and where it listens. */
export interface Running {
  readonly address?: string;
  close(): Promise<void>;
}

/**
 * Runs one app as a process: says over IPC (when there is a launcher) that it is ready, closes on
 * SIGTERM, SIGINT and when its launcher is gone. A start that fails is one line on standard error and
 * exit code 1.
 */
export function runProcess(name: string, start: () => Promise<Running>): void {
  let running: Running | undefined;
  let closing = false;
  const tell = (message: object): void => void process.send?.(message, () => undefined);
  const fatal = (error: unknown): void => {
    const message =
      error instanceof AppError
        ? error.message
        : `${(error as Error).message ?? String(error)}`.split('\n')[0]!;
    tell({ type: 'fatal', message });
    process.stderr.write(`unionhall ${name}: ${message}\n`);
    if (process.env['DEBUG']) process.stderr.write(`${(error as Error).stack ?? ''}\n`);
    process.exitCode = 1;
    setTimeout(() => process.exit(1), 50);
  };
  const close = (): void => {
    if (closing) return;
    closing = true;
    const hard = setTimeout(() => process.exit(1), 15_000);
    hard.unref();
    Promise.resolve(running?.close()).then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', close);
  process.on('SIGINT', close);
  process.on('disconnect', close);
  start().then((started) => {
    running = started;
    if (closing) return void started.close().finally(() => process.exit(0));
    tell({ type: 'ready', address: started.address });
  }, fatal);
}
