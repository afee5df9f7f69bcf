import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CONSENT_PURPOSES, type ConsentPurpose } from '@unionhall/consent';
import type { Actor } from '@unionhall/identity';
import { Config, Database, idempotent, Queues, SmsGateway } from '@unionhall/platform';
import {
  changedMeanwhile,
  noDraft,
  notReady,
  purposeUnknown,
  sequenceNotFound,
  titleMissing,
} from '../outreach.errors';
import { ADVANCE } from '../outreach.jobs';
import type { Condition } from './condition';
import { readCondition, readSteps, readTrigger } from './definition';
import { problemsOf, type NotReady } from './publish-check';
import { inSegment, segmentValues, type Segment } from './segment';
import type { Reentry, StepConfig, Trigger } from './step';
import { withoutTexts, withTexts, writeTexts } from './template-texts';

/** What becomes of those who are inside when a new version is published. */
export type People = 'move' | 'finish' | 'stop';

export interface SequenceSettings {
  readonly title: string;
  readonly segment: Segment;
  readonly trigger: Trigger;
  readonly reentry: Reentry;
  readonly goal: Condition | null;
}

export interface Definition extends SequenceSettings {
  readonly purpose: ConsentPurpose;
  /** What waits around a gathering, and answers to it, mean; a trigger of a gathering brings its own. */
  readonly gatheringId: string | null;
  readonly steps: readonly StepConfig[];
}

/** As it came in: steps, trigger and goal are not checked yet. */
export interface DefinitionInput extends Omit<Definition, 'steps' | 'trigger' | 'goal'> {
  readonly steps: unknown;
  readonly trigger: unknown;
  readonly goal: unknown;
}

interface Head {
  chapter_id: string;
  state: string;
  version: number;
  purpose: string;
  gathering_id: string | null;
}

/** Writing sequences, and publishing them: a draft starts nothing, and what is published changes only by the next version. */
@Injectable()
export class DraftsService {
  constructor(
    private readonly db: Database,
    private readonly queues: Queues,
    private readonly config: Config,
    private readonly sms: SmsGateway,
  ) {}

  /**
   * A new sequence, as a draft. The same key and definition give the same sequence.
   * @throws AppError SEQUENCE.STEPS_INVALID naming the place, SEQUENCE.PURPOSE_UNKNOWN, SEQUENCE.TITLE_MISSING, IDEMPOTENCY.*, AUTHZ.*.
   */
  async create(actor: Actor, input: DefinitionInput, idempotencyKey: string): Promise<{ id: string }> {
    actor.require('outreach.run', input.segment.chapterId);
    const definition = checked(input);
    const request = {
      actorKey: actor.userId ?? actor.kind,
      operation: 'outreach.create',
      key: idempotencyKey,
      request: input,
    };
    return this.db.tx(actor, (em) => idempotent(em, request, () => this.insert(em, actor, definition)));
  }

  /** Writes a whole definition as a draft, in the caller's transaction. @returns its id. */
  async insert(em: EntityManager, actor: Actor, definition: Definition): Promise<{ id: string }> {
    const { title, purpose, segment, trigger, reentry, goal, gatheringId, steps } = definition;
    const [row] = (await em.query(
      `INSERT INTO sequence (chapter_id, title, purpose, gathering_id, segment, trigger, reentry, goal, state, version, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'draft', 0, $9) RETURNING id`,
      [
        segment.chapterId,
        title,
        purpose,
        gatheringId,
        ...[segment, trigger].map((one) => JSON.stringify(one)),
        reentry,
        goal === null ? null : JSON.stringify(goal),
        actor.userId ?? null,
      ],
    )) as { id: string }[];
    await this.writeDraft(em, actor, row!.id, segment.chapterId, 1, definition, steps);
    return { id: row!.id };
  }

  /**
   * Saves the draft of a sequence whole; for a published one it is the draft of its next version.
   * @param revision of the draft that was changed, or null when there was none: somebody else's draft is not written over.
   * @throws AppError SEQUENCE.CHANGED_MEANWHILE, SEQUENCE.STEPS_INVALID, SEQUENCE.NOT_FOUND, AUTHZ.*.
   */
  async save(
    actor: Actor,
    id: string,
    input: SequenceSettingsInput & { readonly steps: unknown },
    revision: number | null,
  ): Promise<{ id: string }> {
    const settings = checkedSettings(input);
    const steps = readSteps(input.steps);
    await this.db.tx(actor, async (em) => {
      const head = await headOf(em, actor, id);
      actor.require('outreach.run', settings.segment.chapterId);
      const draft = await draftOf(em, id);
      if ((draft?.revision ?? null) !== revision) throw changedMeanwhile();
      const version = draft?.version ?? head.version + 1;
      await em.query(`DELETE FROM sequence_step WHERE sequence_id = $1 AND version = $2`, [id, version]);
      await this.writeDraft(em, actor, id, head.chapter_id, version, settings, steps);
    });
    return { id };
  }

  /** What stands against publishing; nothing when it is ready. */
  async check(actor: Actor, id: string): Promise<readonly NotReady[]> {
    return this.db.tx(actor, async (em) => {
      const head = await headOf(em, actor, id);
      const draft = await draftOf(em, id);
      if (draft === undefined) throw noDraft();
      return (await this.readied(em, actor, id, head, draft)).problems;
    });
  }

  /**
   * The draft becomes what the sequence does, for all who enter from now on. Those inside move to the same step
   * of the new version (or the next one that still is), finish the version they are in, or stop. No step is
   * done twice: a step that keeps its key is the same step.
   * @throws AppError SEQUENCE.NO_DRAFT, SEQUENCE.NOT_READY with `details.problems`, IDEMPOTENCY.*, AUTHZ.*.
   */
  async publish(actor: Actor, id: string, people: People, idempotencyKey: string): Promise<{ id: string }> {
    const request = {
      actorKey: actor.userId ?? actor.kind,
      operation: 'outreach.publish',
      key: idempotencyKey,
      request: { id, people },
    };
    await this.db.tx(actor, (em) =>
      idempotent(em, request, async () => {
        await this.publishWithin(em, actor, id, people);
        return { id };
      }),
    );
    await this.queues.wake(ADVANCE, {}, { dedupe: 'publish' });
    return { id };
  }

  /** As `publish`, in a transaction of the caller's. */
  async publishWithin(em: EntityManager, actor: Actor, id: string, people: People): Promise<void> {
    const head = await headOf(em, actor, id);
    const draft = await draftOf(em, id);
    if (draft === undefined) throw noDraft();
    const { problems, steps } = await this.readied(em, actor, id, head, draft);
    if (problems.length > 0) throw notReady(problems);
    await writeTexts(em, id, draft.version, steps);
    const { title, segment, trigger, reentry, goal } = draft.settings;
    const audience = await this.audience(em, trigger, segment);
    const asks = head.state === 'draft' && this.needsApproval(audience);
    await em.query(
      `UPDATE sequence SET version = $2, title = $3, segment = $4, trigger = $5, reentry = $6, goal = $7, audience = $8,
              state = CASE WHEN $9 THEN 'waiting_for_approval' WHEN state = 'draft' THEN 'active' ELSE state END,
              asked_by = CASE WHEN $9 THEN $10::uuid ELSE asked_by END
        WHERE id = $1`,
      [
        id,
        draft.version,
        title,
        JSON.stringify(segment),
        JSON.stringify(trigger),
        reentry,
        goal === null ? null : JSON.stringify(goal),
        audience,
        asks,
        actor.userId ?? null,
      ],
    );
    await em.query(
      `UPDATE sequence_version SET published_at = app.now(), published_by = $3, people = $4 WHERE sequence_id = $1 AND version = $2`,
      [id, draft.version, actor.userId ?? null, people],
    );
    if (people === 'move') await movePeople(em, id, draft.version);
    if (people === 'stop') await stopPeople(em, id, draft.version);
  }

  /** Whether so many people need a second organizer's yes. */
  needsApproval(audience: number | null): boolean {
    return this.config.approvalFrom > 0 && (audience ?? 0) >= this.config.approvalFrom;
  }

  private async audience(em: EntityManager, trigger: Trigger, segment: Segment): Promise<number | null> {
    if (trigger.on !== 'segment' && trigger.on !== 'date') return null;
    const [row] = (await em.query(
      `SELECT count(*)::int AS n FROM member m WHERE ${inSegment('m', 1)}`,
      segmentValues(segment),
    )) as { n: number }[];
    return row!.n;
  }

  /** The steps of a draft with the words of their templates, and what stands against publishing them. */
  private async readied(
    em: EntityManager,
    actor: Actor,
    id: string,
    head: Head,
    draft: Draft,
  ): Promise<{ readonly steps: readonly StepConfig[]; readonly problems: readonly NotReady[] }> {
    const { steps, problems: ofTemplates } = await withTexts(
      em,
      actor,
      await stepsOf(em, id, draft.version),
      'approved',
    );
    const problems = await problemsOf(em, {
      ...draft.settings,
      purpose: head.purpose,
      gatheringId: head.gathering_id,
      steps,
      ofTemplates,
      hasSms: this.sms.way !== 'none',
    });
    return { steps, problems };
  }

  private async writeDraft(
    em: EntityManager,
    actor: Actor,
    id: string,
    chapterId: string,
    version: number,
    { title, segment, trigger, reentry, goal }: SequenceSettings,
    steps: readonly StepConfig[],
  ): Promise<void> {
    await em.query(
      `INSERT INTO sequence_version (sequence_id, version, chapter_id, saved_by, settings) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (sequence_id, version) DO UPDATE
         SET settings = excluded.settings, saved_by = excluded.saved_by, saved_at = app.now(), revision = sequence_version.revision + 1`,
      [
        id,
        version,
        chapterId,
        actor.userId ?? null,
        JSON.stringify({ title, segment, trigger, reentry, goal }),
      ],
    );
    await em.query(
      `INSERT INTO sequence_step (sequence_id, chapter_id, version, position, kind, key, config)
       SELECT $1, $2, $4, n, c::jsonb->>'kind', c::jsonb->>'key', c::jsonb FROM unnest($3::text[]) WITH ORDINALITY AS s (c, n)`,
      [id, chapterId, steps.map((step) => JSON.stringify(withoutTexts(step))), version],
    );
  }
}

export interface SequenceSettingsInput extends Omit<SequenceSettings, 'trigger' | 'goal'> {
  readonly trigger: unknown;
  readonly goal: unknown;
}

interface Draft {
  version: number;
  revision: number;
  settings: SequenceSettings;
}

function checkedSettings({
  title,
  segment,
  trigger,
  reentry,
  goal,
}: SequenceSettingsInput): SequenceSettings {
  if (title.trim() === '') throw titleMissing();
  return {
    title: title.trim(),
    segment,
    reentry,
    trigger: readTrigger(trigger),
    goal: goal === null || goal === undefined ? null : readCondition(goal, 'goal'),
  };
}

function checked(input: DefinitionInput): Definition {
  if (!CONSENT_PURPOSES.includes(input.purpose)) throw purposeUnknown(input.purpose);
  const { purpose, gatheringId } = input;
  return { ...checkedSettings(input), purpose, gatheringId, steps: readSteps(input.steps) };
}

async function headOf(em: EntityManager, actor: Actor, id: string): Promise<Head> {
  const [head] = (await em.query(
    `SELECT chapter_id, state, version, purpose, gathering_id FROM sequence WHERE id = $1 FOR UPDATE`,
    [id],
  )) as Head[];
  if (head === undefined) throw sequenceNotFound();
  actor.require('outreach.run', head.chapter_id);
  return head;
}

async function draftOf(em: EntityManager, id: string): Promise<Draft | undefined> {
  const [draft] = (await em.query(
    `SELECT version, revision, settings FROM sequence_version WHERE sequence_id = $1 AND published_at IS NULL`,
    [id],
  )) as Draft[];
  return draft;
}

async function stepsOf(em: EntityManager, id: string, version: number): Promise<StepConfig[]> {
  const rows = (await em.query(
    `SELECT config FROM sequence_step WHERE sequence_id = $1 AND version = $2 ORDER BY position`,
    [id, version],
  )) as { config: StepConfig }[];
  return rows.map(({ config }) => config);
}

/** Each to the step of the same key, or the next of theirs that is still there; who finds none is done. */
async function movePeople(em: EntityManager, id: string, version: number): Promise<void> {
  await em.query(
    `UPDATE enrollment e SET version = $2, position = coalesce(t.position, e.position), watching = false,
            due_at = CASE WHEN e.watching THEN app.now() ELSE e.due_at END,
            state = CASE WHEN t.position IS NULL THEN 'done' ELSE e.state END
       FROM enrollment x LEFT JOIN LATERAL (
         SELECT n.position FROM sequence_step o JOIN sequence_step n ON n.sequence_id = o.sequence_id AND n.version = $2 AND n.key = o.key
          WHERE o.sequence_id = x.sequence_id AND o.version = x.version AND o.position >= x.position ORDER BY o.position LIMIT 1) t ON true
      WHERE e.id = x.id AND x.sequence_id = $1 AND x.state = 'active' AND x.version <> $2`,
    [id, version],
  );
  await em.query(
    `UPDATE delivery d SET step_id = n.id, fence = d.fence + 1, state = 'due', lease_until = NULL
       FROM sequence_step n
      WHERE n.sequence_id = $1 AND n.version = $2 AND n.key = d.step_key AND d.step_id <> n.id
        AND d.id IN (SELECT id FROM delivery WHERE sequence_id = $1 AND state IN ('due', 'leased') ORDER BY id FOR UPDATE)`,
    [id, version],
  );
  await em.query(
    `UPDATE delivery d SET state = 'suppressed', reason = 'step_removed', decided_at = app.now(), fence = d.fence + 1, lease_until = NULL
      WHERE d.id IN (SELECT id FROM delivery WHERE sequence_id = $1 AND state IN ('due', 'leased') ORDER BY id FOR UPDATE)
        AND NOT EXISTS (SELECT FROM sequence_step n WHERE n.sequence_id = $1 AND n.version = $2 AND n.key = d.step_key)`,
    [id, version],
  );
}

async function stopPeople(em: EntityManager, id: string, version: number): Promise<void> {
  await em.query(
    `UPDATE enrollment SET state = 'exited', exit_reason = 'version_replaced', watching = false
      WHERE sequence_id = $1 AND state = 'active' AND version <> $2`,
    [id, version],
  );
  await em.query(
    `UPDATE delivery SET state = 'suppressed', reason = 'version_replaced', decided_at = app.now(), fence = fence + 1, lease_until = NULL
      WHERE id IN (SELECT d.id FROM delivery d JOIN sequence_step st ON st.id = d.step_id AND st.version <> $2
                    WHERE d.sequence_id = $1 AND d.state IN ('due', 'leased') ORDER BY d.id FOR UPDATE OF d)`,
    [id, version],
  );
}
