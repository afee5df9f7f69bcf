import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '@unionhall/identity';
import { Database, Outbox } from '@unionhall/platform';
import { Gathering, type GatheringKind } from './gathering.entity';
import {
  changesOf,
  listedByInvitation,
  checkDetails,
  placeChanges,
  timesOf,
  unique,
  type GatheringDetails,
  type GatheringTimes,
} from './gathering-input';
import {
  capacityTooSmall,
  gatheringCancelled,
  gatheringInvalid,
  gatheringNotFound,
  gatheringOver,
} from './gatherings.errors';
import { gatheringCancelledEvent, gatheringChanged, gatheringScheduled } from './gatherings.events';

export interface ScheduleGathering extends GatheringDetails, GatheringTimes {
  readonly chapterId: string;
  readonly kind: GatheringKind;
}

export interface UpdateGathering extends Partial<GatheringDetails> {
  readonly gatheringId: string;
  /** Given together or not at all. */
  readonly times?: GatheringTimes | null;
}

/** Planning gatherings: who may edit in a chapter plans there. */
@Injectable()
export class GatheringsService {
  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Announces a gathering; gives its id.
   * @throws AppError AUTHZ.* (gatherings.edit in the chapter), GATHERING.* naming the input field.
   */
  async schedule(actor: Actor, input: ScheduleGathering): Promise<string> {
    actor.require('gatherings.edit', input.chapterId);
    checkDetails(input);
    const { startsAt, endsAt } = timesOf(input);
    const id = await this.db.tx(actor, async (em) => {
      const [ids] = (await em.query(
        `SELECT app.new_id() AS id, app.now() AS now, EXISTS (SELECT FROM chapter WHERE id = $1) AS known`,
        [input.chapterId],
      )) as [{ id: string; now: Date; known: boolean }];
      if (!ids.known) throw gatheringInvalid('input.chapterId', 'No such chapter.');
      if (startsAt <= ids.now) throw gatheringInvalid('input.startsAt', 'This time is past.');
      await em.insert(Gathering, {
        id: ids.id,
        chapterId: input.chapterId,
        kind: input.kind,
        title: input.title.trim(),
        description: input.description ?? '',
        startsAt,
        endsAt,
        timeZone: input.timeZone,
        capacity: input.capacity ?? null,
        place: input.place ?? null,
        onlineUrl: input.onlineUrl ?? null,
        meetingKey: input.meetingId?.replace(/\D/g, '') ?? null,
        language: input.language ?? 'en',
        listed: input.listed ?? false,
        interpretation: unique(input.interpretation),
        accessibility: unique(input.accessibility),
        admission: input.admission ?? 'open',
        guestsAllowed: input.guestsAllowed ?? 0,
        offerHours: input.offerHours ?? null,
        graceHours: input.graceHours ?? 48,
        absentAfterGrace: input.absentAfterGrace ?? false,
        state: 'scheduled',
        moved: false,
        uid: `${ids.id}@unionhall`,
        sequence: 0,
      });
      await this.outbox.emit(em, gatheringScheduled({ gatheringId: ids.id, chapterId: input.chapterId }));
      return ids.id;
    });
    await this.outbox.nudge();
    return id;
  }

  /**
   * Changes a gathering that is not over; its SEQUENCE is raised, its UID stays.
   * @throws AppError GATHERING.NOT_FOUND, CANCELLED, OVER, CAPACITY_TAKEN, or one naming an input field.
   */
  async update(actor: Actor, input: UpdateGathering): Promise<void> {
    checkDetails(input);
    const times = input.times == null ? undefined : timesOf(input.times, 'input.times');
    await this.db.tx(actor, async (em) => {
      const { gathering, now } = await this.editable(em, actor, input.gatheringId);
      if (gathering.endsAt <= now) throw gatheringOver();
      if (times !== undefined && times.startsAt <= now)
        throw gatheringInvalid('input.times.startsAt', 'This time is past.');
      const taken = gathering.goingCount + gathering.heldCount;
      if (input.capacity != null && input.capacity < taken) throw capacityTooSmall(taken);
      if ((input.listed ?? gathering.listed) && (input.admission ?? gathering.admission) === 'invitation')
        throw listedByInvitation();
      const timesChanged =
        times !== undefined &&
        (+times.startsAt !== +gathering.startsAt || +times.endsAt !== +gathering.endsAt);
      const sequence = gathering.sequence + 1;
      await em.update(
        Gathering,
        { id: gathering.id },
        {
          ...changesOf(input),
          ...(times === undefined ? {} : { ...times, timeZone: input.times!.timeZone }),
          moved: gathering.moved || (timesChanged && gathering.seriesId !== null),
          sequence,
        },
      );
      await em.query(`UPDATE gathering SET updated_at = app.now() WHERE id = $1`, [gathering.id]);
      await this.outbox.emit(
        em,
        gatheringChanged({
          gatheringId: gathering.id,
          chapterId: gathering.chapterId,
          sequence,
          timesChanged,
          placeChanged: placeChanges(gathering, input),
        }),
      );
    });
    await this.outbox.nudge();
  }

  /** @throws AppError GATHERING.NOT_FOUND, CANCELLED (already), OVER. */
  async cancel(actor: Actor, gatheringId: string): Promise<void> {
    await this.db.tx(actor, async (em) => {
      const { gathering, now } = await this.editable(em, actor, gatheringId);
      if (gathering.endsAt <= now) throw gatheringOver();
      const sequence = gathering.sequence + 1;
      await em.query(
        `UPDATE gathering SET state = 'cancelled', cancelled_at = app.now(), updated_at = app.now(), sequence = $2 WHERE id = $1`,
        [gatheringId, sequence],
      );
      await this.outbox.emit(
        em,
        gatheringCancelledEvent({ gatheringId, chapterId: gathering.chapterId, sequence }),
      );
    });
    await this.outbox.nudge();
  }

  private async editable(
    em: EntityManager,
    actor: Actor,
    id: string,
  ): Promise<{ gathering: Gathering; now: Date }> {
    const gathering = await em.findOne(Gathering, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (gathering === null) throw gatheringNotFound();
    actor.require('gatherings.edit', gathering.chapterId);
    if (gathering.state === 'cancelled') throw gatheringCancelled();
    const [{ now }] = (await em.query(`SELECT app.now() AS now`)) as [{ now: Date }];
    return { gathering, now };
  }
}
