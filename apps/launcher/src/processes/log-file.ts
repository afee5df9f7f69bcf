import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { dirname } from 'node:path';

const LIMIT = 20 * 1024 * 1024;
const CHECK_MS = 60_000;

/**
 * The log of one app. The app writes to the file itself: a pipe would break with the launcher, and
 * pino never ends while it cannot write its last lines. What is full is set aside as `.1`.
 */
export class LogFile {
  private check: NodeJS.Timeout | undefined;
  private start = 0;

  constructor(
    readonly file: string,
    private readonly limit = LIMIT,
  ) {}

  /** Opens the file for a new process; the caller closes what it gets with `handedOver`. */
  open(): number {
    mkdirSync(dirname(this.file), { recursive: true, mode: 0o700 });
    if (this.size() > this.limit) renameSync(this.file, `${this.file}.1`);
    this.start = this.size();
    this.check ??= setInterval(() => this.setAsideWhenFull(), CHECK_MS).unref();
    return openSync(this.file, 'a', 0o600);
  }

  handedOver(fd: number): void {
    closeSync(fd);
  }

  /** What the last process has written that is no log line of its own: a stack, a warning. */
  lastWords(): string {
    if (!existsSync(this.file)) return '';
    const lines = readFileSync(this.file).subarray(this.start).toString('utf8').trim().split('\n');
    const said = lines.filter((line) => !line.startsWith('{')).join('\n');
    return /^\s*(?:Uncaught )?(\w*Error: .+)$/m.exec(said)?.[1] ?? said.split('\n').at(-1) ?? '';
  }

  close(): void {
    clearInterval(this.check);
    this.check = undefined;
  }

  /** Copied and emptied in place, because the app holds the file open (for appending). */
  setAsideWhenFull(): void {
    if (this.size() <= this.limit) return;
    copyFileSync(this.file, `${this.file}.1`);
    truncateSync(this.file);
    this.start = 0;
  }

  private size(): number {
    return existsSync(this.file) ? statSync(this.file).size : 0;
  }
}
