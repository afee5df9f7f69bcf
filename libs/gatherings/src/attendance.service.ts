import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '@unionhall/identity';
import { MembersService } from '@unionhall/members';
import { Database, Outbox } from '@unionhall/platform';
import {
  ATTENDANCE_STATUSES,
  requireMembers,
  settle,
  writeMarks,
  type AttendanceStatus,
} from './attendance-book';
import {
  entryIdReused,
  entryInvalid,
  entryNotFound,
  gatheringCancelled,
  gatheringNotFound,
  gatheringNotStarted,
} from './gatherings.errors';
import { attendanceRecorded } from './gatherings.events';

export const MAX_MARKS = 1_000;

export interface AttendanceMark {
  /** A uuid made where the mark was made, so that sending it again changes nothing. */
  readonly id: string;
  readonly memberId: string;
  readonly status: AttendanceStatus;
  readonly minutes?: number | null;
  /** When it was seen at the door. */
  readonly at: Date;
  /** Somebody whom the union did not know; `memberId` was made where the mark was made. */
  readonly person?: { readonly givenName: string; readonly familyName: string } | null;
}

export interface TakeAttendance {
  readonly gatheringId: string;
  readonly entries: readonly AttendanceMark[];
}

export interface AttendanceResult {
  readonly recorded: number;
  /** Marks that had arrived before. */
  readonly repeated: number;
}

export interface OpenDoor {
  readonly gatheringId: string;
  readonly chapterId: string;
  readonly startsAt: Date;
  readonly meetingKey: string | null;
  readonly now: Date;
}

/** Who came. Every mark is kept; the latest that was not undone stands. */
@Injectable()
export class AttendanceService {
  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
    private readonly members: MembersService,
  ) {}

  /**
   * Writes a batch of marks, all or none.
   * @throws AppError AUTHZ.* (attendance.record in the chapter), GATHERING.NOT_FOUND, CANCELLED,
   *   NOT_STARTED, ATTENDANCE.INVALID, ATTENDANCE.ID_REUSED, MEMBER.NOT_FOUND, MEMBER.INVALID, naming
   *   the entry.
   */
  async take(actor: Actor, input: TakeAttendance): Promise<AttendanceResult> {
    checkMarks(input.entries);
    const result = await this.db.tx(actor, async (em) => {
      const door = await this.openDoor(em, actor, input.gatheringId);
      const latest = door.now.getTime() + 10 * 60_000;
      const ahead = input.entries.findIndex((entry) => entry.at.getTime() > latest);
      if (ahead >= 0) throw entryInvalid(`input.entries.${ahead}.at`, 'This time has not come yet.');
      const memberIds = input.entries.map((entry) => entry.memberId);
      await this.meet(em, door.chapterId, input.entries);
      await requireMembers(em, memberIds, (index) => `input.entries.${index}.memberId`);
      const marks = input.entries.map((entry) => ({ ...entry, minutes: entry.minutes ?? null }));
      const about = {
        gatheringId: door.gatheringId,
        source: 'door',
        recordedBy: actor.userId ?? null,
        batchId: null,
      } as const;
      const fresh = new Set(await writeMarks(em, about, marks));
      await this.checkRepeated(em, input, fresh);
      await this.finish(em, door.gatheringId, memberIds);
      return { recorded: fresh.size, repeated: input.entries.length - fresh.size };
    });
    await this.outbox.nudge();
    return result;
  }

  /**
   * Takes marks back, by their ids; the mark before each stands again.
   * @throws AppError ATTENDANCE.NOT_FOUND naming the first unknown id; otherwise as `take`.
   */
  async undo(actor: Actor, input: { gatheringId: string; entryIds: readonly string[] }): Promise<number> {
    if (input.entryIds.length > MAX_MARKS)
      throw entryInvalid('input.entryIds', `At most ${MAX_MARKS} at once.`);
    return this.undoWhere(actor, input.gatheringId, async (em) => {
      const rows = (await em.query(
        `SELECT id FROM attendance_entry WHERE gathering_id = $1 AND id = ANY($2::uuid[])`,
        [input.gatheringId, input.entryIds],
      )) as { id: string }[];
      const known = new Set(rows.map((row) => row.id));
      const missing = input.entryIds.findIndex((id) => !known.has(id));
      if (missing >= 0) throw entryNotFound(`input.entryIds.${missing}`);
      return input.entryIds;
    });
  }

  /** Takes back a whole import. @throws as `undo`. */
  async undoBatch(actor: Actor, input: { gatheringId: string; batchId: string }): Promise<number> {
    return this.undoWhere(actor, input.gatheringId, async (em) => {
      const rows = (await em.query(
        `SELECT id FROM attendance_entry WHERE gathering_id = $1 AND batch_id = $2`,
        [input.gatheringId, input.batchId],
      )) as { id: string }[];
      if (rows.length === 0) throw entryNotFound('batchId');
      return rows.map((row) => row.id);
    });
  }

  /** Locks a gathering whose attendance the actor may record. Part of the caller's transaction. */
  async openDoor(em: EntityManager, actor: Actor, gatheringId: string): Promise<OpenDoor> {
    const [row] = (await em.query(
      `SELECT id AS "gatheringId", chapter_id AS "chapterId", starts_at AS "startsAt", meeting_key AS "meetingKey",
         state, app.now() AS now
       FROM gathering WHERE id = $1 FOR NO KEY UPDATE`,
      [gatheringId],
    )) as (OpenDoor & { state: string })[];
    if (row === undefined) throw gatheringNotFound();
    actor.require('attendance.record', row.chapterId);
    if (row.state === 'cancelled') throw gatheringCancelled();
    if (row.now.getTime() < row.startsAt.getTime() - 12 * 3_600_000) throw gatheringNotStarted();
    return row;
  }

  /** Settles what stands and says so. Part of the caller's transaction. */
  async finish(em: EntityManager, gatheringId: string, memberIds: readonly string[]): Promise<number> {
    const changed = await settle(em, gatheringId, memberIds);
    if (changed.length > 0)
      await this.outbox.emit(em, attendanceRecorded({ gatheringId, memberIds: changed }));
    return changed.length;
  }

  private async meet(
    em: EntityManager,
    chapterId: string,
    entries: readonly AttendanceMark[],
  ): Promise<void> {
    const met = entries.flatMap(({ memberId, person }, index) =>
      person == null ? [] : [{ ...person, id: memberId, index }],
    );
    if (met.length > 0)
      await this.members.meet(em, chapterId, met, (index) => `input.entries.${met[index]!.index}.person`);
  }

  private async undoWhere(
    actor: Actor,
    gatheringId: string,
    pick: (em: EntityManager) => Promise<readonly string[]>,
  ): Promise<number> {
    const count = await this.db.tx(actor, async (em) => {
      await this.openDoor(em, actor, gatheringId);
      const ids = await pick(em);
      const [rows] = (await em.query(
        `UPDATE attendance_entry SET undone_at = app.now() WHERE id = ANY($1::uuid[]) AND undone_at IS NULL RETURNING member_id`,
        [ids],
      )) as [{ member_id: string }[], number];
      await this.finish(em, gatheringId, [...new Set(rows.map((row) => row.member_id))]);
      return rows.length;
    });
    await this.outbox.nudge();
    return count;
  }

  private async checkRepeated(
    em: EntityManager,
    input: TakeAttendance,
    fresh: ReadonlySet<string>,
  ): Promise<void> {
    if (fresh.size === input.entries.length) return;
    const rows = (await em.query(
      `SELECT id, member_id, status, gathering_id FROM attendance_entry WHERE id = ANY($1::uuid[])`,
      [input.entries.map((entry) => entry.id)],
    )) as { id: string; member_id: string; status: string; gathering_id: string }[];
    const known = new Map(rows.map((row) => [row.id, row]));
    input.entries.forEach((entry, index) => {
      const row = known.get(entry.id);
      const same =
        row?.member_id === entry.memberId &&
        row.status === entry.status &&
        row.gathering_id === input.gatheringId;
      if (!same) throw entryIdReused(`input.entries.${index}.id`);
    });
  }
}

function checkMarks(entries: readonly AttendanceMark[]): void {
  if (entries.length === 0) throw entryInvalid('input.entries', 'There is nothing to record.');
  if (entries.length > MAX_MARKS) throw entryInvalid('input.entries', `At most ${MAX_MARKS} marks at once.`);
  const ids = new Set<string>();
  entries.forEach((entry, index) => {
    const field = (name: string): string => `input.entries.${index}.${name}`;
    if (ids.has(entry.id)) throw entryIdReused(field('id'));
    ids.add(entry.id);
    if (!ATTENDANCE_STATUSES.includes(entry.status))
      throw entryInvalid(field('status'), 'attended, no_show or unknown.');
    if (Number.isNaN(entry.at.getTime())) throw entryInvalid(field('at'), 'This is not a time.');
    const { minutes } = entry;
    if (minutes != null && (!Number.isInteger(minutes) || minutes < 0 || minutes > 100_000)) {
      throw entryInvalid(field('minutes'), 'Minutes are a whole number.');
    }
  });
}
