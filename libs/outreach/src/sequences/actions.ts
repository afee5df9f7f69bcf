import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RsvpsService } from '@unionhall/gatherings';
import { TaggingService } from '@unionhall/members';
import type { Group } from './moves';
import type { ActionStep } from './step';
import { NEXT_TRAINING } from './next-training';

type Meant = Pick<Group, 'enrollmentIds' | 'sequenceId'>;

/** Rows of a ledger are written for whoever stands at the step; asking again writes nothing. */
const TASK = `
  INSERT INTO task (member_id, chapter_id, title, sequence_id, step_key, occasion)
  SELECT e.member_id, e.chapter_id, $4, $2, $3, e.occasion FROM enrollment e WHERE e.id = ANY($1::uuid[])
  ON CONFLICT (sequence_id, step_key, member_id, occasion) DO NOTHING`;

/** A try calls nobody: what others do with a call is not tried. */
const CALL = `
  INSERT INTO webhook_call (endpoint_id, sequence_id, step_key, member_id, chapter_id, occasion, gathering_id, campaign_id)
  SELECT w.id, $2, $3, e.member_id, e.chapter_id, e.occasion, e.gathering_id, e.campaign_id
    FROM enrollment e JOIN sequence s ON s.id = e.sequence_id AND s.tries IS NULL
    JOIN webhook_endpoint w ON w.id = $4::uuid AND w.disabled_at IS NULL
   WHERE e.id = ANY($1::uuid[])
  ON CONFLICT (endpoint_id, sequence_id, step_key, member_id, occasion) DO NOTHING`;

/** Only while the campaign takes pledges; who has pledged already has answered. */
const ASK = `
  INSERT INTO commitment_request (campaign_id, member_id, chapter_id, sequence_id, step_key, occasion, answered_at)
  SELECT c.id, e.member_id, e.chapter_id, $2, $3, e.occasion,
         CASE WHEN EXISTS (SELECT FROM commitment k WHERE k.campaign_id = c.id AND k.member_id = e.member_id AND k.status IN ('pledged', 'kept', 'unknown')) THEN app.now() END
    FROM enrollment e JOIN campaign c ON c.id = $4::uuid AND c.state = 'open' AND (c.ends_at IS NULL OR c.ends_at > app.now())
   WHERE e.id = ANY($1::uuid[])
  ON CONFLICT (campaign_id, member_id, sequence_id, occasion) DO NOTHING`;

/** What the action steps do to the people who have come to them. */
@Injectable()
export class Actions {
  constructor(
    private readonly tags: TaggingService,
    private readonly rsvps: RsvpsService,
  ) {}

  /** Runs in the transaction that holds the enrollments. @returns those for whom there was nothing to do it with. */
  async act(em: EntityManager, group: Meant, step: ActionStep): Promise<readonly string[]> {
    const ids = group.enrollmentIds;
    const key = [ids, group.sequenceId, step.key];
    switch (step.do) {
      case 'tag':
      case 'untag':
        await this.tags.mark(em, await membersOf(em, ids), step.tag, step.do === 'tag');
        return [];
      case 'task':
        await em.query(TASK, [...key, step.title]);
        return [];
      case 'webhook':
        await em.query(CALL, [...key, step.endpointId]);
        return [];
      case 'ask_commitment':
        await em.query(ASK, [...key, step.campaignId]);
        await em.query(`UPDATE enrollment SET campaign_id = $2 WHERE id = ANY($1::uuid[])`, [
          ids,
          step.campaignId,
        ]);
        return [];
      case 'invite':
        await em.query(`UPDATE enrollment SET gathering_id = $2 WHERE id = ANY($1::uuid[])`, [
          ids,
          step.gatheringId,
        ]);
        await this.invite(em, group, step.key);
        return [];
      case 'offer_training':
        return this.offer(em, group, step.key);
    }
  }

  private async offer(em: EntityManager, group: Meant, key: string): Promise<string[]> {
    const rows = (await em.query(NEXT_TRAINING, [group.enrollmentIds])) as {
      id: string;
      gathering_id: string | null;
    }[];
    const found = rows.filter((row) => row.gathering_id !== null);
    if (found.length > 0) {
      const ids = found.map(({ id }) => id);
      await em.query(
        `UPDATE enrollment e SET gathering_id = f.gathering_id FROM unnest($1::uuid[], $2::uuid[]) AS f (id, gathering_id) WHERE e.id = f.id`,
        [ids, found.map((row) => row.gathering_id)],
      );
      await this.invite(em, { ...group, enrollmentIds: ids }, key);
    }
    return rows.filter((row) => row.gathering_id === null).map(({ id }) => id);
  }

  /** To the gathering that each is here for now, while it is still to come. */
  private async invite(em: EntityManager, { enrollmentIds, sequenceId }: Meant, key: string): Promise<void> {
    const invited = (await em.query(
      `INSERT INTO invitation (gathering_id, member_id, chapter_id, sequence_id, step_key, occasion)
       SELECT g.id, e.member_id, e.chapter_id, $2, $3, e.occasion FROM enrollment e
         JOIN gathering g ON g.id = e.gathering_id AND g.state = 'scheduled' AND g.starts_at > app.now()
        WHERE e.id = ANY($1::uuid[]) ORDER BY g.id, e.member_id
       ON CONFLICT (gathering_id, member_id) DO NOTHING RETURNING gathering_id, member_id`,
      [enrollmentIds, sequenceId, key],
    )) as { gathering_id: string; member_id: string }[];
    const byGathering = new Map<string, string[]>();
    for (const { gathering_id: id, member_id: memberId } of invited)
      byGathering.set(id, [...(byGathering.get(id) ?? []), memberId]);
    for (const [gatheringId, memberIds] of byGathering) await this.rsvps.invite(em, gatheringId, memberIds);
  }
}

async function membersOf(em: EntityManager, ids: readonly string[]): Promise<string[]> {
  const rows = (await em.query(`SELECT member_id FROM enrollment WHERE id = ANY($1::uuid[])`, [ids])) as {
    member_id: string;
  }[];
  return rows.map(({ member_id }) => member_id);
}
