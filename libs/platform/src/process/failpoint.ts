import type { Config } from '../config/config';

const SIGNALS = { kill: 'SIGKILL', stop: 'SIGSTOP' } as const;

interface Armed {
  readonly point: string;
  readonly signal: 'SIGKILL' | 'SIGSTOP';
  left: number;
}

let armed: Armed | undefined;

/** Takes `FAILPOINT`, once, while the process starts. Without it every failpoint is one comparison. */
export function armFailpoint({ failpoint: setting }: Pick<Config, 'failpoint'>): void {
  if (setting === undefined) return;
  const [point, time, action] = setting.split('@') as [string, string, keyof typeof SIGNALS];
  armed = { point, left: Number(time), signal: SIGNALS[action] };
}

/** A place where a test may end or stop this process, on either side of something that must not be half done. */
export function failpoint(point: string): void {
  if (armed === undefined || armed.point !== point || --armed.left > 0) return;
  const { signal } = armed;
  armed = undefined;
  process.kill(process.pid, signal);
}
