import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '@unionhall/platform';

/** Whose turn has come waits at most so long for its moment: well within a lease, and longer than until the next sweep. */
const IN_TURN_MS = 4_000;
/** Others pass for so long, and then queue, so that the worker is free for what has no such limit. */
const AT_ONCE_MS = 1_000;

interface Asking {
  readonly id: string;
  /** Whether its turn in the queue has come; others go to the end of the queue while there is one. */
  readonly inTurn: boolean;
}

/** When those who asked may leave: so many milliseconds from now, or not before an instant by the database's clock. */
export interface Turns {
  readonly leave: ReadonlyMap<string, number>;
  readonly later: ReadonlyMap<string, Date>;
}

interface Standing {
  now: Date;
  free_at: Date;
  queue_ends_at: Date;
}

/**
 * As many messages a second as the provider of a channel takes, over all workers: a generic cell rate (ITU-T
 * I.371) without bursts, kept in one row for each channel and moved in the transaction of the attempt barrier.
 */
@Injectable()
export class Pace {
  constructor(private readonly config: Config) {}

  /** Part of the caller's transaction, which other barriers of the channel wait for when there is a limit. */
  async take(em: EntityManager, channel: 'email' | 'sms', asking: readonly Asking[]): Promise<Turns> {
    const leave = new Map<string, number>();
    const later = new Map<string, Date>();
    const perSecond = { email: this.config.mailPerSecond, sms: this.config.smsPerSecond }[channel];
    if (perSecond === 0 || asking.length === 0) {
      for (const { id } of asking) leave.set(id, 0);
      return { leave, later };
    }
    const [row] = (await em.query(
      `INSERT INTO send_pace AS p (channel, free_at, queue_ends_at) VALUES ($1, app.clock(), app.clock())
       ON CONFLICT (channel) DO UPDATE SET free_at = p.free_at RETURNING free_at, queue_ends_at, app.clock() AS now`,
      [channel],
    )) as [Standing];
    const each = 1_000 / perSecond;
    const now = row.now.getTime();
    let free = Math.max(now, row.free_at.getTime());
    let queueEnds = Math.max(now, row.queue_ends_at.getTime());
    const nobodyWaits = queueEnds <= now + AT_ONCE_MS;
    for (const { id, inTurn } of asking) {
      if (free - now <= (inTurn ? IN_TURN_MS : nobodyWaits ? AT_ONCE_MS : -1)) {
        leave.set(id, free - now);
        free += each;
      } else {
        queueEnds = Math.max(queueEnds, free);
        later.set(id, new Date(queueEnds));
        queueEnds += each;
      }
    }
    await em.query(`UPDATE send_pace SET free_at = $2, queue_ends_at = $3 WHERE channel = $1`, [
      channel,
      new Date(free),
      new Date(Math.max(queueEnds, free)),
    ]);
    return { leave, later };
  }
}
