import { Injectable } from '@nestjs/common';

/**
 * The time that decides is the database's: `app.now()` and `app.clock()` give it, moved by this
 * offset. Only tests and demonstrations move it; `Database` binds the offset at every BEGIN.
 */
@Injectable()
export class Clock {
  /** Milliseconds added to the database's clock. */
  offsetMs = 0;

  /** Moves the clock on by so many milliseconds. */
  advance(ms: number): void {
    this.offsetMs += ms;
  }

  /** This process's idea of the time, for log lines and delays alone; never for a decision that is stored. */
  now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }
}
