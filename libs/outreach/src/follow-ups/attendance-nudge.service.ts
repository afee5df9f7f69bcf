import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { systemActor } from '@unionhall/identity';
import { Config, Database, Mailer, Outbox } from '@unionhall/platform';

/** So many hours after its end; and no longer than the follow-ups wait for attendance that nobody takes (two days). */
const AFTER_HOURS = 3;
const WITHIN_HOURS = 48;

/** Gatherings that people meant to come to, and of which nobody has said who came. */
const UNMARKED = `
  UPDATE gathering SET nudged_at = app.now()
   WHERE id IN (SELECT g.id FROM gathering g
                 WHERE g.state = 'scheduled' AND g.nudged_at IS NULL AND g.attended_count = 0 AND g.going_count > 0
                   AND g.ends_at BETWEEN app.now() - interval '${WITHIN_HOURS} hours' AND app.now() - interval '${AFTER_HOURS} hours'
                   AND NOT EXISTS (SELECT FROM attendance a WHERE a.gathering_id = g.id)
                 ORDER BY g.ends_at LIMIT 200 FOR UPDATE SKIP LOCKED)
  RETURNING id`;

/** Who planned it, and who facilitates in its chapter itself. */
const LEADERS = `
  SELECT u.id FROM user_account u JOIN gathering g ON g.id = $1
   WHERE u.email IS NOT NULL
     AND (u.id = g.created_by OR EXISTS (
           SELECT FROM role_grant r WHERE r.user_id = u.id AND r.role = 'facilitator' AND r.chapter_id = g.chapter_id
              AND r.revoked_at IS NULL AND (r.expires_at IS NULL OR r.expires_at > app.now())))
   ORDER BY u.id`;

interface Letter {
  readonly title: string;
  readonly going: number;
  readonly email: string;
}

/** Asks once who came, those who led a gathering: thanks and "we missed you" wait for their answer. */
@Injectable()
export class AttendanceNudge {
  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
    private readonly mailer: Mailer,
    private readonly config: Config,
  ) {}

  /** Called once, while the process starts. */
  listen(): void {
    this.outbox.subscribe({
      name: 'outreach.ask-leader-who-came',
      event: 'gathering.unmarked',
      handle: (em, { payload }) => this.ask(em, String(payload['gatheringId']), String(payload['userId'])),
    });
  }

  /** Looks for gatherings that are over and unmarked. @returns how many people are asked. */
  async sweep(): Promise<number> {
    const asked = await this.db.tx(systemActor('outreach'), async (em) => {
      const [unmarked] = (await em.query(UNMARKED)) as [{ id: string }[], number];
      let people = 0;
      for (const { id } of unmarked)
        for (const user of (await em.query(LEADERS, [id])) as { id: string }[]) {
          await this.outbox.emit(em, {
            type: 'gathering.unmarked',
            payload: { gatheringId: id, userId: user.id },
          });
          people += 1;
        }
      return people;
    });
    if (asked > 0) await this.outbox.nudge();
    return asked;
  }

  /** Nobody is asked for what was marked meanwhile. */
  private async ask(em: EntityManager, gatheringId: string, userId: string): Promise<void> {
    const [letter] = (await em.query(
      `SELECT g.title, g.going_count AS going, u.email FROM gathering g JOIN user_account u ON u.id = $2
        WHERE g.id = $1 AND g.state = 'scheduled' AND u.email IS NOT NULL
          AND NOT EXISTS (SELECT FROM attendance a WHERE a.gathering_id = g.id)`,
      [gatheringId, userId],
    )) as Letter[];
    if (letter === undefined) return;
    const title = letter.title.replaceAll(/[\r\n]+/g, ' ');
    await this.mailer.send({
      to: letter.email,
      subject: `Who came? ${title}`,
      text: `${letter.going} people said they would come to "${title}", and nobody has marked who came. Thanks and "we missed you" wait for that, until two days after its end.\n\nMark who came: ${this.config.baseUrl}/door\n`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  }
}
