import { EventEmitter, once } from 'node:events';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { systemActor, type Actor } from '@unionhall/identity';
import { Database } from '@unionhall/platform';
import { sequenceNotFound } from './outreach.errors';

const SHORTEST_PAUSE_MS = 1_000;
/** A look is paid for by a pause so many times as long: however large the sequence, looking is a small part of the work. */
const PAUSES = 20;

/** Everything about a sequence that its progress shows, as a short text that changes with it. */
const LOOK = `
  SELECT jsonb_build_array(s.state, s.held_reason, s.entries_open, s.version,
    (SELECT jsonb_agg(e) FROM (SELECT version, position, state, count(*), min(due_at) FROM enrollment WHERE sequence_id = s.id GROUP BY 1, 2, 3 ORDER BY 1, 2, 3) e),
    (SELECT jsonb_agg(d) FROM (SELECT d.step_id, d.state, count(*), max(d.fence) FROM sequence_step st JOIN delivery d ON d.step_id = st.id
       WHERE st.sequence_id = s.id GROUP BY 1, 2 ORDER BY 1, 2) d))::text AS look
  FROM sequence s WHERE s.id = $1`;

/** One sequence that somebody looks at; all who look share its looks. */
class Watch extends EventEmitter {
  look: string | undefined;
  watchers = 0;
  timer: NodeJS.Timeout | undefined;

  constructor(private readonly ask: () => Promise<string>) {
    super();
    this.setMaxListeners(0);
  }

  async again(): Promise<void> {
    const since = performance.now();
    const look = await this.ask().catch(() => this.look);
    if (this.watchers === 0) return;
    if (look !== this.look) {
      this.look = look;
      this.emit('changed');
    }
    const pause = Math.max(SHORTEST_PAUSE_MS, PAUSES * (performance.now() - since));
    this.timer = setTimeout(() => void this.again(), pause);
  }
}

/** Tells when something about a sequence has changed. */
@Injectable()
export class Progress implements OnApplicationShutdown {
  private readonly watches = new Map<string, Watch>();

  constructor(private readonly db: Database) {}

  /**
   * Gives something at once, and then each time that the sequence has changed, no more than once a second;
   * changes that come while the last one is still worked on are one.
   * @throws AppError SEQUENCE.NOT_FOUND, AUTHZ.*.
   */
  async changes(actor: Actor, sequenceId: string, ended: AbortSignal): Promise<AsyncIterable<true>> {
    const statement = { text: 'SELECT chapter_id FROM sequence WHERE id = $1', values: [sequenceId] };
    const [sequence] = (await this.db.read(actor, statement)).rows as { chapter_id: string }[];
    if (sequence === undefined) throw sequenceNotFound();
    actor.require('outreach.run', sequence.chapter_id);
    return this.follow(sequenceId, ended);
  }

  onApplicationShutdown(): void {
    for (const { timer } of this.watches.values()) clearTimeout(timer);
  }

  private async *follow(id: string, ended: AbortSignal): AsyncGenerator<true> {
    const watch = this.enter(id);
    try {
      let seen: string | undefined;
      while (!ended.aborted) {
        yield true;
        if (watch.look === seen) await once(watch, 'changed', { signal: ended });
        seen = watch.look;
      }
    } catch (error) {
      if (!ended.aborted) throw error;
    } finally {
      this.leave(id, watch);
    }
  }

  private enter(id: string): Watch {
    let watch = this.watches.get(id);
    if (watch === undefined) {
      watch = new Watch(() => this.look(id));
      this.watches.set(id, watch);
    }
    if (++watch.watchers === 1) void watch.again();
    return watch;
  }

  private leave(id: string, watch: Watch): void {
    if (--watch.watchers > 0) return;
    clearTimeout(watch.timer);
    this.watches.delete(id);
  }

  private async look(id: string): Promise<string> {
    const { rows } = await this.db.read(systemActor('outreach'), { text: LOOK, values: [id] });
    return (rows[0] as { look: string } | undefined)?.look ?? '';
  }
}
