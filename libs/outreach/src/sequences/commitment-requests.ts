import { Injectable } from '@nestjs/common';
import { systemActor } from '@unionhall/identity';
import { Database, Outbox } from '@unionhall/platform';

/** @param whose SQL of which requests are looked at. */
const settled = (whose: string): string => `
  UPDATE commitment_request r SET answered_at = app.now()
   WHERE r.answered_at IS NULL AND ${whose}
     AND EXISTS (SELECT FROM commitment k WHERE k.campaign_id = r.campaign_id AND k.member_id = r.member_id AND k.status IN ('pledged', 'kept', 'unknown'))`;

/** What members were asked to pledge is answered by their commitment, however they came to make it. */
@Injectable()
export class CommitmentRequests {
  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
  ) {}

  /** Called once, while the process starts. */
  listen(): void {
    this.outbox.subscribe({
      name: 'outreach.answer-requests-on-commitment.changed',
      event: 'commitment.changed',
      handle: async (em, { payload }) => {
        await em.query(settled('r.member_id = $1 AND r.campaign_id = $2'), [
          payload['memberId'],
          payload['campaignId'],
        ]);
      },
    });
  }

  /** Those whose commitment was made while they were being asked. @returns how many. */
  async settle(): Promise<number> {
    const [, count] = (await this.db.tx(systemActor('outreach'), (em) => em.query(settled('true')))) as [
      unknown,
      number,
    ];
    return count;
  }
}
