import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '@unionhall/identity';
import { Database, Outbox } from '@unionhall/platform';
import { requireMembers, writeMarks, type AttendanceStatus, type Mark } from './attendance-book';
import { readAttendanceReport } from './attendance-report';
import { AttendanceService, type OpenDoor } from './attendance.service';
import { entryInvalid, zoomChanged } from './gatherings.errors';
import { minutesPresent } from './presence';
import { checkMeeting, membersByEmail, membersByName } from './zoom-matching';
import type { ZoomPerson, ZoomReport } from './zoom-report';

export interface ZoomOptions {
  readonly gatheringId: string;
  /** Minutes from which a stay counts as attended; below, the status is unknown. */
  readonly thresholdMinutes: number;
  readonly encoding?: string;
}

/** A person's word about someone whom no address matches. */
export interface ZoomDecision {
  readonly key: string;
  readonly memberId: string;
}

export interface CommitZoom extends ZoomOptions {
  /** What the preview gave: the commit is refused when file or matches are others by now. */
  readonly fingerprint: string;
  readonly decisions: readonly ZoomDecision[];
  /** Those who said they would come and are in no mark become no_show. */
  readonly markAbsent: boolean;
}

export interface ZoomMatch {
  readonly key: string;
  readonly memberId: string;
  readonly minutes: number | null;
  readonly status: AttendanceStatus;
}

export interface ZoomUnmatched {
  readonly key: string;
  readonly name: string;
  readonly email: string | null;
  readonly minutes: number | null;
  readonly lines: readonly number[];
  /** Members of exactly this name (at most 5), to be decided by a person; or several with one address. */
  readonly suggestions: readonly { readonly memberId: string; readonly name: string }[];
}

export interface ZoomPreview {
  readonly fingerprint: string;
  readonly people: number;
  readonly matched: readonly ZoomMatch[];
  readonly unmatched: readonly ZoomUnmatched[];
}

interface Looked extends ZoomPreview {
  readonly report: ZoomReport;
}

/** Attendance out of a report of Zoom or Eventbrite: looked at first, committed whole or not at all. */
@Injectable()
export class ZoomImportService {
  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
    private readonly attendance: AttendanceService,
  ) {}

  /**
   * What a report would record. Nothing of it is stored.
   * @throws AppError ZOOM_REPORT.* naming line and column, ZOOM_REPORT.WRONG_MEETING, GATHERING.*, AUTHZ.*.
   */
  async preview(actor: Actor, file: Buffer, options: ZoomOptions): Promise<ZoomPreview> {
    const { report: _, ...preview } = await this.db.tx(actor, async (em) =>
      this.look(em, await this.attendance.openDoor(em, actor, options.gatheringId), file, options),
    );
    return preview;
  }

  /**
   * Records a report that was looked at. Committing it again changes nothing.
   * @returns the batch (by which it can be undone) and how many were recorded.
   * @throws as `preview`, ZOOM_REPORT.CHANGED, ZOOM_REPORT.DECISION, MEMBER.NOT_FOUND.
   */
  async commit(
    actor: Actor,
    file: Buffer,
    options: CommitZoom,
  ): Promise<{ batchId: string; recorded: number; left: number }> {
    const result = await this.db.tx(actor, async (em) => {
      const door = await this.attendance.openDoor(em, actor, options.gatheringId);
      const looked = await this.look(em, door, file, options);
      if (looked.fingerprint !== options.fingerprint) throw zoomChanged();
      const decided = await decide(em, looked, options.decisions);
      const batchId = idFrom(`${options.gatheringId} ${options.fingerprint}`);
      const marks = marksOf(looked, decided, options.thresholdMinutes, batchId);
      if (options.markAbsent) marks.push(...(await absent(em, options.gatheringId, marks, batchId)));
      const about = {
        gatheringId: door.gatheringId,
        source: looked.report.source,
        recordedBy: actor.userId ?? null,
        batchId,
      } as const;
      const fresh = await writeMarks(em, about, marks);
      await em.query(
        `UPDATE attendance_entry SET undone_at = NULL WHERE batch_id = $1 AND id = ANY($2::uuid[]) AND undone_at IS NOT NULL`,
        [batchId, marks.map((mark) => mark.id)],
      );
      await this.attendance.finish(
        em,
        door.gatheringId,
        marks.map((mark) => mark.memberId),
      );
      return { batchId, recorded: fresh.length, left: looked.unmatched.length - decided.size };
    });
    await this.outbox.nudge();
    return result;
  }

  private async look(em: EntityManager, door: OpenDoor, file: Buffer, options: ZoomOptions): Promise<Looked> {
    const { thresholdMinutes } = options;
    if (!Number.isInteger(thresholdMinutes) || thresholdMinutes < 0 || thresholdMinutes > 10_000) {
      throw entryInvalid('thresholdMinutes', 'A threshold is a whole number of minutes.');
    }
    const report = readAttendanceReport(file, options.encoding);
    checkMeeting(report, door);
    const byEmail = await membersByEmail(em, report.people);
    const matched: ZoomMatch[] = [];
    const open: ZoomPerson[] = [];
    for (const person of report.people) {
      const ids = person.email === null ? [] : (byEmail.get(person.email.toLowerCase()) ?? []);
      if (ids.length === 1)
        matched.push({
          key: person.key,
          memberId: ids[0]!,
          minutes: person.minutes,
          status: statusOf(person.minutes, thresholdMinutes),
        });
      else open.push(person);
    }
    const suggestions = await membersByName(em, open);
    const fingerprint = createHash('sha256')
      .update(file)
      .update(
        JSON.stringify([
          options.encoding ?? null,
          thresholdMinutes,
          matched.map((one) => [one.key, one.memberId]),
        ]),
      )
      .digest('hex');
    const unmatched = open.map((person) => ({
      key: person.key,
      name: person.name,
      email: person.email,
      minutes: person.minutes,
      lines: person.lines,
      suggestions: person.names.flatMap((name) => suggestions.get(name.toLowerCase()) ?? []).slice(0, 5),
    }));
    return { report, fingerprint, people: report.people.length, matched, unmatched };
  }
}

/** Whoever was seen there and not for how long was there. */
const statusOf = (minutes: number | null, threshold: number): AttendanceStatus =>
  minutes === null || minutes >= threshold ? 'attended' : 'unknown';

async function decide(
  em: EntityManager,
  looked: Looked,
  decisions: readonly ZoomDecision[],
): Promise<Map<string, string>> {
  const open = new Set(looked.unmatched.map((person) => person.key));
  const decided = new Map<string, string>();
  decisions.forEach(({ key, memberId }, index) => {
    if (!open.has(key) || decided.has(key)) {
      throw entryInvalid(
        `decisions.${index}.key`,
        'A decision is about someone on the list without a match, once.',
      );
    }
    decided.set(key, memberId);
  });
  await requireMembers(
    em,
    decisions.map((one) => one.memberId),
    (index) => `decisions.${index}.memberId`,
  );
  return decided;
}

/** One mark per member; someone on two devices is one person, their time merged. */
function marksOf(
  looked: Looked,
  decided: ReadonlyMap<string, string>,
  threshold: number,
  batchId: string,
): Mark[] {
  const memberOf = new Map([...looked.matched.map((one) => [one.key, one.memberId] as const), ...decided]);
  const people = new Map<string, ZoomPerson[]>();
  for (const person of looked.report.people) {
    const memberId = memberOf.get(person.key);
    if (memberId !== undefined) people.set(memberId, [...(people.get(memberId) ?? []), person]);
  }
  return [...people].map(([memberId, group]) => {
    const stays = group.flatMap((person) => person.stays);
    const known = group.flatMap((person) => (person.minutes === null ? [] : [person.minutes]));
    const minutes = stays.length > 0 ? minutesPresent(stays) : known.length > 0 ? Math.max(...known) : null;
    return {
      id: idFrom(`${batchId} ${memberId}`),
      memberId,
      status: statusOf(minutes, threshold),
      minutes,
      at: null,
    };
  });
}

async function absent(
  em: EntityManager,
  gatheringId: string,
  marks: readonly Mark[],
  batchId: string,
): Promise<Mark[]> {
  const rows = (await em.query(
    `SELECT member_id FROM rsvp r WHERE gathering_id = $1 AND status = 'going' AND member_id <> ALL($2::uuid[])
       AND NOT EXISTS (SELECT FROM attendance_entry e WHERE e.gathering_id = $1 AND e.member_id = r.member_id
         AND e.undone_at IS NULL AND e.batch_id IS DISTINCT FROM $3)
       AND NOT EXISTS (SELECT FROM attendance a WHERE a.gathering_id = $1 AND a.member_id = r.member_id
         AND NOT EXISTS (SELECT FROM attendance_entry e WHERE e.gathering_id = $1 AND e.member_id = r.member_id))`,
    [gatheringId, marks.map((mark) => mark.memberId), batchId],
  )) as { member_id: string }[];
  return rows.map(({ member_id }) => ({
    id: idFrom(`${batchId} ${member_id}`),
    memberId: member_id,
    status: 'no_show',
    minutes: null,
    at: null,
  }));
}

/** A uuid (version 8) made of a text: the same text names the same mark. */
function idFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
