import { Injectable } from '@nestjs/common';
import { systemActor } from '@unionhall/identity';
import { Config, Database, encodeId } from '@unionhall/platform';
import { WebhookClient, type WebhookAnswer } from './webhook-client';
import { WebhookSecrets } from './webhook-secrets';

/** So many leave at once; each ends within one time limit, and so within its lease. */
const AT_ONCE = 20;
const MOST_ATTEMPTS = 8;
/** What a lease outlasts the time limit by, in seconds. */
const SPARE = 20;

interface Call {
  readonly id: string;
  readonly fence: number;
  readonly attempts: number;
  readonly endpoint_id: string;
  readonly url: string;
  readonly secret_turn: number;
  /** The secret was made anew less than a day ago. */
  readonly both: boolean;
  readonly sequence_id: string;
  readonly step_key: string;
  readonly member_id: string;
  readonly chapter_id: string;
  readonly gathering_id: string | null;
  readonly campaign_id: string | null;
  readonly made_at: Date;
}

/**
 * Sends the calls of sequences: at least once, under the id of their row, so that a receiver can drop repeats.
 * What is not answered with 2xx in time is sent again, three times as long after each time, and fails at the last.
 */
@Injectable()
export class WebhookCallsService {
  constructor(
    private readonly db: Database,
    private readonly config: Config,
    private readonly client: WebhookClient,
    private readonly secrets: WebhookSecrets,
  ) {}

  /** Until nothing is due. @returns how many calls were made. */
  async call(): Promise<number> {
    let made = 0;
    for (;;) {
      const calls = await this.claim();
      if (calls.length === 0) return made;
      made += calls.length;
      await Promise.all(calls.map(async (one) => this.record(one, await this.post(one))));
    }
  }

  /** Leases that ran out are due again; what nobody waits for any more fails. @returns how many. */
  async recover(): Promise<number> {
    return this.db.tx(systemActor('outreach'), async (em) => {
      const [, back] = (await em.query(
        `UPDATE webhook_call SET state = 'due', fence = fence + 1, lease_until = NULL
          WHERE id IN (SELECT id FROM webhook_call WHERE state = 'leased' AND lease_until < app.clock() FOR UPDATE SKIP LOCKED)`,
      )) as [unknown, number];
      const [, over] = (await em.query(
        `UPDATE webhook_call c SET state = 'failed', fence = c.fence + 1, decided_at = app.now(),
                reason = CASE WHEN w.disabled_at IS NULL THEN 'sequence_ended' ELSE 'endpoint_disabled' END
           FROM webhook_endpoint w
          WHERE w.id = c.endpoint_id AND c.id IN (
            SELECT d.id FROM webhook_call d JOIN webhook_endpoint e ON e.id = d.endpoint_id JOIN sequence s ON s.id = d.sequence_id
             WHERE d.state = 'due' AND (e.disabled_at IS NOT NULL OR s.state = 'ended') FOR UPDATE OF d SKIP LOCKED)`,
      )) as [unknown, number];
      return back + over;
    });
  }

  private async claim(): Promise<Call[]> {
    const [rows] = (await this.db.tx(systemActor('outreach'), (em) =>
      em.query(
        `UPDATE webhook_call c SET state = 'leased', fence = c.fence + 1, attempts = c.attempts + 1,
                lease_until = app.clock() + make_interval(secs => $1::int)
           FROM webhook_endpoint w
          WHERE w.id = c.endpoint_id AND c.id IN (
            SELECT d.id FROM webhook_call d JOIN sequence s ON s.id = d.sequence_id AND s.state = 'active'
              JOIN webhook_endpoint e ON e.id = d.endpoint_id AND e.disabled_at IS NULL
             WHERE d.state = 'due' AND d.next_at <= app.now() ORDER BY d.next_at, d.id LIMIT ${AT_ONCE} FOR UPDATE OF d SKIP LOCKED)
         RETURNING c.id, c.fence, c.attempts, c.endpoint_id, w.url, w.secret_turn, coalesce(w.rotated_at > app.now() - interval '1 day', false) AS both,
                   c.sequence_id, c.step_key, c.member_id, c.chapter_id, c.gathering_id, c.campaign_id, c.made_at`,
        [this.config.webhookTimeoutSeconds + SPARE],
      ),
    )) as [Call[], number];
    return rows;
  }

  private post(one: Call): Promise<WebhookAnswer> {
    const turns = one.both ? [one.secret_turn, one.secret_turn - 1] : [one.secret_turn];
    const body = bodyOf(one);
    return this.client.post(one.url, this.secrets.headers(one.endpoint_id, turns, one.id, body), body);
  }

  /** Whoever lost the row meanwhile is not listened to. */
  private async record({ id, fence, attempts }: Call, { status, reason }: WebhookAnswer): Promise<void> {
    const state = reason === null ? 'delivered' : attempts >= MOST_ATTEMPTS ? 'failed' : 'due';
    const pause = this.config.retrySeconds * 3 ** (attempts - 1);
    await this.db.tx(systemActor('outreach'), (em) =>
      em.query(
        `UPDATE webhook_call SET state = $3, last_status = $4, reason = $5, lease_until = NULL,
                decided_at = CASE WHEN $3 = 'due' THEN NULL ELSE app.now() END,
                next_at = CASE WHEN $3 = 'due' THEN app.now() + make_interval(secs => $6::int) ELSE next_at END
          WHERE id = $1 AND fence = $2 AND state = 'leased'`,
        [id, fence, state, status, reason, pause],
      ),
    );
  }
}

/** Who and what, by their ids; the same words each time that it is sent. */
const bodyOf = (one: Call): string =>
  JSON.stringify({
    type: 'sequence.step_reached',
    timestamp: one.made_at.toISOString(),
    data: {
      memberId: encodeId('Member', one.member_id),
      chapterId: encodeId('Chapter', one.chapter_id),
      sequenceId: encodeId('Sequence', one.sequence_id),
      step: one.step_key,
      gatheringId: one.gathering_id === null ? null : encodeId('Gathering', one.gathering_id),
      campaignId: one.campaign_id === null ? null : encodeId('Campaign', one.campaign_id),
    },
  });
