import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '@unionhall/identity';
import { Database, Outbox, type DomainEvent, type PickedRows } from '@unionhall/platform';
import { tagInvalid, tagRunNotFound } from './members.errors';
import { MEMBER_TAGGED } from './members.events';
import { PUT_ON, TAKE_OFF, UNDO } from './tagging-statements';

/** What became of a change to the tags of many. */
export interface Tagging {
  /** Members that the filter found. */
  readonly matched: number;
  /** Of them, members that the actor may see and not edit: they stay as they are. */
  readonly outOfReach: number;
  /** Members whose tags are different now. */
  readonly changed: number;
  /** What takes it back; null when nothing changed. */
  readonly runId: string | null;
}

const KEPT = '30 days';
/** So many members are named in one piece of news. */
const TOLD_AT_ONCE = 500;

/** Tags of many members at once: one statement each, and a way back that touches only what it changed. */
@Injectable()
export class TaggingService {
  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
  ) {}

  /** Puts tags on every member of `rows`, making those that are new. @throws AppError MEMBER.TAG_INVALID, AUTHZ.*. */
  putOn(actor: Actor, rows: PickedRows, tags: readonly string[]): Promise<Tagging> {
    return this.run(actor, rows, PUT_ON, checkedTags(tags));
  }

  /** Takes tags off every member of `rows`. @throws AppError MEMBER.TAG_INVALID, AUTHZ.*. */
  takeOff(actor: Actor, rows: PickedRows, tags: readonly string[]): Promise<Tagging> {
    return this.run(actor, rows, TAKE_OFF, checkedTags(tags));
  }

  /** Puts one tag on members, or takes it off, in a transaction of the caller's who has decided that it may. */
  async mark(em: EntityManager, memberIds: readonly string[], tag: string, on: boolean): Promise<void> {
    const [name] = checkedTags([tag]);
    if (on) {
      await em.query(`INSERT INTO tag (name) VALUES ($1) ON CONFLICT (name) DO NOTHING`, [name]);
      const put = (await em.query(
        `INSERT INTO member_tag (member_id, chapter_id, tag_id)
         SELECT m.id, m.chapter_id, t.id FROM member m, tag t WHERE m.id = ANY($1::uuid[]) AND t.name = $2
         ON CONFLICT DO NOTHING RETURNING member_id, tag_id`,
        [memberIds, name],
      )) as { member_id: string; tag_id: string }[];
      await this.outbox.emit(em, ...taggedNews(put));
    } else
      await em.query(
        `DELETE FROM member_tag mt USING tag t WHERE mt.tag_id = t.id AND t.name = $2 AND mt.member_id = ANY($1::uuid[])`,
        [memberIds, name],
      );
  }

  /**
   * Takes a change back: tags that it put on and that still are its own come off, tags that it took off come
   * back. Undoing twice changes nothing.
   * @returns the number of members whose tags are different now.
   * @throws AppError MEMBER.TAG_RUN_NOT_FOUND (after 30 days too), AUTHZ.*.
   */
  async undo(actor: Actor, runId: string): Promise<number> {
    const reach = reachOf(actor);
    return this.db.tx(actor, async (em) => {
      const [answer] = (await em.query(UNDO, [runId, reach])) as { known: boolean; changed: number }[];
      if (answer?.known !== true) throw tagRunNotFound();
      return answer.changed;
    });
  }

  /** Forgets what older changes did: they can no longer be taken back. */
  async expire(actor: Actor): Promise<void> {
    await this.db.tx(actor, (em) =>
      em.query(`DELETE FROM tag_run WHERE at < app.now() - interval '${KEPT}'`),
    );
  }

  private async run(
    actor: Actor,
    rows: PickedRows,
    statement: typeof PUT_ON,
    tags: readonly string[],
  ): Promise<Tagging> {
    const reach = reachOf(actor);
    const tagging = await this.db.tx(actor, async (em) => {
      const [answer] = (await em.query(statement(rows.text, rows.values.length), [
        ...rows.values,
        reach,
        tags,
        actor.userId ?? null,
      ])) as Tagging[];
      if (statement === PUT_ON && answer!.runId !== null)
        await this.outbox.emit(em, ...(await newsOfRun(em, answer!.runId)));
      return answer!;
    });
    await this.outbox.nudge();
    return tagging;
  }
}

/** The news of tags that were put on members who had them not. */
export function taggedNews(
  put: readonly { readonly member_id: string; readonly tag_id: string }[],
): DomainEvent[] {
  const byTag = new Map<string, string[]>();
  for (const { tag_id: tagId, member_id: memberId } of put)
    byTag.set(tagId, [...(byTag.get(tagId) ?? []), memberId]);
  return [...byTag].map(([tagId, memberIds]) => ({ type: MEMBER_TAGGED, payload: { tagId, memberIds } }));
}

async function newsOfRun(em: EntityManager, runId: string): Promise<DomainEvent[]> {
  const rows = (await em.query(
    `SELECT tag_id AS "tagId", array_agg(member_id) AS "memberIds"
       FROM (SELECT tag_id, member_id, (row_number() OVER (PARTITION BY tag_id ORDER BY member_id) - 1) / ${TOLD_AT_ONCE} AS part
               FROM tag_run_change WHERE run_id = $1) c GROUP BY tag_id, part`,
    [runId],
  )) as { tagId: string; memberIds: string[] }[];
  return rows.map((payload) => ({ type: MEMBER_TAGGED, payload }));
}

/** The chapters whose members the actor may edit; null for all. @throws AppError AUTHZ.*. */
function reachOf(actor: Actor): readonly string[] | null {
  actor.require('members.edit');
  const reach = actor.can('members.edit');
  return reach === 'all' || reach === false ? null : reach;
}

/** @throws AppError MEMBER.TAG_INVALID. */
export function checkedTags(tags: readonly string[]): string[] {
  const names = [...new Set(tags.map((tag) => tag.normalize('NFC').trim()))];
  if (names.length === 0 || names.some((name) => name === '' || name.length > 60)) throw tagInvalid();
  return names;
}
