import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** A log file that is set aside (`.1`, `.2`) when it is full, so logs never fill the disk. */
export class RotatingLog {
  private fd: number | undefined;
  private size = 0;

  constructor(
    readonly file: string,
    private readonly limit = 20 * 1024 * 1024,
  ) {}

  write(chunk: Buffer): void {
    if (this.fd === undefined) this.open();
    if (this.size + chunk.length > this.limit) this.rotate();
    writeSync(this.fd as number, chunk);
    this.size += chunk.length;
  }

  close(): void {
    if (this.fd !== undefined) closeSync(this.fd);
    this.fd = undefined;
  }

  private open(): void {
    mkdirSync(dirname(this.file), { recursive: true, mode: 0o700 });
    this.fd = openSync(this.file, 'a', 0o600);
    this.size = statSync(this.file).size;
  }

  private rotate(): void {
    this.close();
    for (const [from, to] of [[`${this.file}.1`, `${this.file}.2`], [this.file, `${this.file}.1`]] as const) {
      try {
        renameSync(from, to);
      } catch {
        // Nothing to set aside yet.
      }
    }
    this.open();
  }
}
