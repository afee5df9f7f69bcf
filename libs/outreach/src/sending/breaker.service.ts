import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { systemActor } from '@unionhall/identity';
import { Database, Mailer, Outbox } from '@unionhall/platform';

/** Nothing is concluded from fewer messages. */
const FROM_MESSAGES = 50;
/** Shares of the messages of a day that hold a sequence; the large mailbox providers ask for complaints below 0.3 %. */
const MOST = { bounces: 0.05, complaints: 0.003, optOuts: 0.03 } as const;
/** So many of each at least: one person is not a share. */
const LEAST = { bounces: 5, complaints: 2, optOuts: 5 } as const;

export type HeldReason = keyof typeof MOST;

interface Day {
  readonly id: string;
  readonly title: string;
  /** Or as many as decide the shares. */
  readonly sent: number;
  readonly bounces: number;
  readonly complaints: number;
  readonly optOuts: number;
}

/** An id made at an instant: ids grow with time, so that the newest rows of a table without an index of times are found by their key. */
const idSince = (instant: string): string =>
  `(lpad(to_hex((extract(epoch FROM ${instant}) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid`;

const sharesOf = (what: (name: HeldReason) => string): string =>
  (Object.keys(MOST) as HeldReason[]).map(what).join(', ');

/**
 * What came back of the messages that left in the last day; an opt-out counts for the messages of the day before
 * it. It begins with what came back, which is little, and counts messages only so far that the share is decided.
 */
const LAST_DAY = `
  WITH news AS (
    SELECT d.sequence_id, d.member_id, d.reported = 'bounced' OR d.state = 'rejected' AS bounced, d.reported = 'complained' AS complained, false AS left_us
      FROM delivery d WHERE (d.state = 'rejected' OR d.reported IS NOT NULL) AND d.attempted_at > app.now() - interval '1 day'
    UNION ALL
    SELECT DISTINCT d.sequence_id, d.member_id, false, false, true
      FROM consent_event c JOIN delivery d ON d.member_id = c.member_id AND d.attempted_at < c.at AND d.attempted_at > app.now() - interval '1 day'
       AND d.state IN ('accepted', 'rejected', 'uncertain')
     WHERE c.id > ${idSince(`now() - interval '1 day'`)} AND c.state = 'withdrawn'),
  total AS (
    SELECT sequence_id, count(*) FILTER (WHERE bounced)::int AS bounces, count(*) FILTER (WHERE complained)::int AS complaints,
           count(DISTINCT member_id) FILTER (WHERE left_us)::int AS "optOuts"
      FROM news GROUP BY sequence_id)
  SELECT s.id, s.title, t.bounces, t.complaints, t."optOuts",
         (SELECT count(*)::int FROM (
            SELECT FROM delivery d WHERE d.sequence_id = s.id AND d.attempted_at > app.now() - interval '1 day' AND d.state IN ('accepted', 'rejected', 'uncertain')
             LIMIT 1 + greatest(${FROM_MESSAGES}, ${sharesOf((name) => `ceil(t."${name}" / ${MOST[name]})`)})) decisive) AS sent
    FROM total t JOIN sequence s ON s.id = t.sequence_id AND s.state = 'active'
   WHERE ${(Object.keys(LEAST) as HeldReason[]).map((name) => `t."${name}" >= ${LEAST[name]}`).join(' OR ')}`;

/** A sequence that bounces, is complained of, or drives people away holds itself, and tells its owner. */
@Injectable()
export class BreakerService {
  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
    private readonly mailer: Mailer,
  ) {}

  /** Called once, while the process starts. */
  listen(): void {
    this.outbox.subscribe({
      name: 'outreach.tell-owner-of-held-sequence',
      event: 'sequence.held',
      handle: (em, { payload }) => this.tell(em, String(payload['sequenceId'])),
    });
  }

  /** Looks at every sequence that runs. @returns how many were held. */
  async watch(): Promise<number> {
    const held = await this.db.tx(systemActor('outreach'), async (em) => {
      const days = (await em.query(LAST_DAY)) as Day[];
      const bad = days.flatMap((day) => {
        const reason = day.sent < FROM_MESSAGES ? undefined : worst(day);
        return reason === undefined ? [] : [{ id: day.id, reason }];
      });
      for (const { id, reason } of bad) {
        await em.query(
          `UPDATE sequence SET state = 'held', held_reason = $2 WHERE id = $1 AND state = 'active'`,
          [id, reason],
        );
        await this.outbox.emit(em, { type: 'sequence.held', payload: { sequenceId: id } });
      }
      return bad.length;
    });
    if (held > 0) await this.outbox.nudge();
    return held;
  }

  private async tell(em: EntityManager, id: string): Promise<void> {
    const [row] = (await em.query(
      `SELECT s.title, s.held_reason AS reason, u.email FROM sequence s JOIN user_account u ON u.id = s.created_by
        WHERE s.id = $1 AND s.state = 'held' AND u.email IS NOT NULL`,
      [id],
    )) as { title: string; reason: HeldReason; email: string }[];
    if (row === undefined) return;
    await this.mailer.send({
      to: row.email,
      subject: `Held: ${row.title.replaceAll(/[\r\n]+/g, ' ')}`,
      text: `Unionhall has held the sequence "${row.title}": ${WORDS[row.reason]}. Nothing more is sent until somebody looks at it and resumes it.\n`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  }
}

const WORDS: Readonly<Record<HeldReason, string>> = {
  bounces: 'too many of its messages came back',
  complaints: 'people marked it as unwanted',
  optOuts: 'too many people stopped messages after it',
};

/** What a day is too bad in; the most serious first. */
export function worst(day: Omit<Day, 'id' | 'title'>): HeldReason | undefined {
  return (['complaints', 'bounces', 'optOuts'] as const).find(
    (what) => day[what] >= LEAST[what] && day[what] / day.sent > MOST[what],
  );
}
