import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Actions } from './actions';
import { ConditionSql, type Condition } from './condition';
import { targetsOf } from './definition';
import type { ActionStep, BranchStep, MessageStep, SplitStep, StepConfig, WaitEvent, WaitStep } from './step';
import { nextLocalTime, waitEnds, zoneOf } from './wait-sql';

/** People who stand at one step of one version. */
export interface Group {
  readonly sequenceId: string;
  readonly purpose: string;
  /** Null behind the last step. */
  readonly stepId: string | null;
  readonly step: StepConfig | null;
  readonly enrollmentIds: readonly string[];
  /** The position of each key of the version. */
  readonly places: Readonly<Record<string, number>>;
}

/** Those who watch for something are looked at as soon as news of them come, and this often without. */
const LOOK_AGAIN = `interval '10 minutes'`;
const HERE = `enrollment e JOIN member m ON m.id = e.member_id`;
const ON = `position = position + 1, arrived_at = app.now(), watching = false`;

/** What each kind of step does to the people who have come to it: one statement for all of them. */
@Injectable()
export class Moves {
  constructor(private readonly actions: Actions) {}

  /** Runs in the transaction that holds the enrollments. */
  async move(em: EntityManager, group: Group): Promise<void> {
    const { step, enrollmentIds: ids } = group;
    if (ids.length === 0) return;
    if (step === null) return leave(em, ids, null);
    switch (step.kind) {
      case 'exit':
        return leave(em, ids, step.goal === undefined ? null : 'goal');
      case 'message':
        await this.write(em, group, step);
        return goOn(em, ids);
      case 'wait':
        return this.wait(em, group, step);
      case 'branch':
        return this.branch(em, group, step);
      case 'split':
        return this.split(em, group, step);
      case 'action':
        return this.goOnFrom(em, group, step, await this.actions.act(em, group, step));
    }
  }

  /** Whoever has reached the goal of the sequence leaves it, and is written to no more. @returns the others. */
  async reachGoal(
    em: EntityManager,
    { enrollmentIds, sequenceId }: Group,
    goal: Condition,
  ): Promise<string[]> {
    const sql = new ConditionSql([enrollmentIds]);
    const rows = (await em.query(
      `SELECT e.id, e.member_id, ${sql.of(goal)} AS reached FROM ${HERE} WHERE e.id = ANY($1::uuid[])`,
      sql.values,
    )) as { id: string; member_id: string; reached: boolean }[];
    const reached = rows.filter((row) => row.reached);
    await leave(
      em,
      reached.map(({ id }) => id),
      'goal',
    );
    await em.query(
      `UPDATE delivery SET state = 'suppressed', reason = 'goal_reached', decided_at = app.now(), fence = fence + 1
        WHERE id IN (SELECT id FROM delivery WHERE sequence_id = $1 AND member_id = ANY($2::uuid[]) AND state IN ('due', 'leased') ORDER BY id FOR UPDATE)`,
      [sequenceId, reached.map(({ member_id }) => member_id)],
    );
    return rows.filter((row) => !row.reached).map(({ id }) => id);
  }

  private async write(
    em: EntityManager,
    { enrollmentIds, stepId, purpose }: Group,
    step: MessageStep,
  ): Promise<void> {
    const sql = new ConditionSql([enrollmentIds, stepId, step.key, purpose]);
    await em.query(
      `INSERT INTO delivery (sequence_id, step_id, step_key, member_id, chapter_id, occasion, gathering_id, campaign_id, purpose)
       SELECT e.sequence_id, $2, $3, e.member_id, e.chapter_id, e.occasion, e.gathering_id, e.campaign_id, $4 FROM ${HERE}
        WHERE e.id = ANY($1::uuid[]) AND ${step.only === undefined ? 'true' : sql.of(step.only)}
       ON CONFLICT (sequence_id, step_key, member_id, occasion) DO NOTHING`,
      sql.values,
    );
  }

  private async wait(em: EntityManager, group: Group, step: WaitStep): Promise<void> {
    const { enrollmentIds: ids } = group;
    if ('event' in step) return this.waitForEvent(em, group, step);
    if ('for' in step) {
      await em.query(
        `UPDATE enrollment SET ${ON}, due_at = app.now() + make_interval(mins => $2::int) WHERE id = ANY($1::uuid[])`,
        [ids, step.for.minutes],
      );
    } else if ('until' in step) {
      await em.query(
        `UPDATE enrollment e SET ${ON}, due_at = ${nextLocalTime('$2', '$3::int[]', zoneOf('m'))}
           FROM member m WHERE e.id = ANY($1::uuid[]) AND m.id = e.member_id`,
        [ids, step.until.time, step.until.weekdays ?? null],
      );
    } else {
      // A new time that is just being written is waited for: whoever moves it later finds these people waiting.
      await em.query(
        `SELECT FROM gathering WHERE id IN (SELECT gathering_id FROM enrollment WHERE id = ANY($1::uuid[])) ORDER BY id FOR SHARE`,
        [ids],
      );
      await em.query(
        `UPDATE enrollment e SET ${ON}, due_at = ${waitEnds('$2::jsonb', 'g')}
           FROM gathering g WHERE e.id = ANY($1::uuid[]) AND g.id = e.gathering_id`,
        [ids, JSON.stringify(step)],
      );
      await em.query(
        `UPDATE enrollment SET state = 'exited', exit_reason = 'no_gathering' WHERE id = ANY($1::uuid[]) AND gathering_id IS NULL`,
        [ids],
      );
    }
  }

  /** Those of whom it is true go on; the others watch for it until their time is over. */
  private async waitForEvent(em: EntityManager, group: Group, step: WaitStep & WaitEvent): Promise<void> {
    const late = step.onTimeout === undefined ? 'e.position + 1' : String(group.places[step.onTimeout]!);
    const sql = new ConditionSql([group.enrollmentIds, step.timeoutMinutes]);
    const over = `e.arrived_at + make_interval(mins => $2::int)`;
    await em.query(
      `UPDATE enrollment e SET
         position = CASE WHEN w.yes THEN e.position + 1 WHEN ${over} <= app.now() THEN ${late} ELSE e.position END,
         arrived_at = CASE WHEN w.yes OR ${over} <= app.now() THEN app.now() ELSE e.arrived_at END,
         watching = NOT w.yes AND ${over} > app.now(),
         due_at = CASE WHEN w.yes THEN app.now() ELSE least(greatest(${over}, app.now()), app.now() + ${LOOK_AGAIN}) END
       FROM (SELECT e.id, ${sql.of(step.event)} AS yes FROM ${HERE} WHERE e.id = ANY($1::uuid[])) w
       WHERE e.id = w.id`,
      sql.values,
    );
  }

  /** The first case that is true decides. Without one, people go on, or watch as long as there is patience. */
  private async branch(em: EntityManager, group: Group, step: BranchStep): Promise<void> {
    const { patience } = step;
    const sql = new ConditionSql([group.enrollmentIds, JSON.stringify(patience ?? null)]);
    const cases = step.cases.map(({ when, to }) => `WHEN ${sql.of(when)} THEN ${group.places[to]!}`);
    const otherwise = step.otherwise === undefined ? 'e.position + 1' : String(group.places[step.otherwise]!);
    const none = patience === undefined ? otherwise : 'NULL';
    await em.query(
      `UPDATE enrollment e SET
         position = coalesce(w.to_position, e.position),
         arrived_at = CASE WHEN w.to_position IS NULL THEN e.arrived_at ELSE app.now() END,
         watching = w.to_position IS NULL AND w.over > app.now(),
         due_at = CASE WHEN w.to_position IS NULL THEN least(greatest(w.over, app.now()), app.now() + ${LOOK_AGAIN}) ELSE app.now() END,
         state = CASE WHEN w.to_position IS NULL AND w.over <= app.now() THEN 'exited' ELSE e.state END,
         exit_reason = CASE WHEN w.to_position IS NULL AND w.over <= app.now() THEN 'undecided' ELSE e.exit_reason END
       FROM (SELECT e.id, CASE ${cases.join(' ')} ELSE ${none} END AS to_position,
                    coalesce(${waitEnds('$2::jsonb', 'g')}, app.now()) AS over
               FROM ${HERE} LEFT JOIN gathering g ON g.id = e.gathering_id WHERE e.id = ANY($1::uuid[])) w
       WHERE e.id = w.id`,
      sql.values,
    );
  }

  /** The draw follows from the person and the step, so that looking twice gives the same answer. */
  private async split(
    em: EntityManager,
    { enrollmentIds, places }: Group,
    { key, parts }: SplitStep,
  ): Promise<void> {
    let upTo = 0;
    const cases = parts.map(({ percent, to }) => `WHEN draw < ${(upTo += percent)} THEN ${places[to]!}`);
    await em.query(
      `UPDATE enrollment e SET position = CASE ${cases.join(' ')} END, arrived_at = app.now(), watching = false
         FROM (SELECT id, ((hashtextextended(id::text || ' ' || $2, 0) % 100) + 100) % 100 AS draw
                 FROM enrollment WHERE id = ANY($1::uuid[])) w WHERE e.id = w.id`,
      [enrollmentIds, key],
    );
  }

  /** @param without those for whom the step found nothing: they take its other way, if it names one. */
  private async goOnFrom(
    em: EntityManager,
    { enrollmentIds, places }: Group,
    step: ActionStep,
    without: readonly string[],
  ): Promise<void> {
    const [other] = targetsOf(step);
    if (other === undefined || without.length === 0) return goOn(em, enrollmentIds);
    await em.query(
      `UPDATE enrollment SET position = $2, arrived_at = app.now(), watching = false WHERE id = ANY($1::uuid[])`,
      [without, places[other.to]!],
    );
    const away = new Set(without);
    await goOn(
      em,
      enrollmentIds.filter((id) => !away.has(id)),
    );
  }
}

async function goOn(em: EntityManager, ids: readonly string[]): Promise<void> {
  await em.query(`UPDATE enrollment SET ${ON} WHERE id = ANY($1::uuid[])`, [ids]);
}

async function leave(em: EntityManager, ids: readonly string[], reason: 'goal' | null): Promise<void> {
  await em.query(
    `UPDATE enrollment SET state = CASE WHEN $2::text IS NULL THEN 'done' ELSE 'exited' END, exit_reason = $2, watching = false
      WHERE id = ANY($1::uuid[])`,
    [ids, reason],
  );
}
