import { Args, ID, Int, Mutation, Resolver } from '@nestjs/graphql';
import {
  AttendanceService,
  GatheringsService,
  RsvpsService,
  type AttendanceResult,
  type GatheringKind,
} from '@unionhall/gatherings';
import type { Actor } from '@unionhall/identity';
import { AppError } from '@unionhall/platform';
import { Allow, CurrentActor, decodeId, readType, type Ref } from '../graphql';
import {
  RsvpForInput,
  RsvpInput,
  ScheduleGatheringInput,
  TakeAttendanceInput,
  TakeAttendancePayload,
  UndoAttendanceInput,
  UpdateGatheringInput,
} from './gathering-inputs';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

@Resolver()
export class GatheringsResolver {
  constructor(
    private readonly gatherings: GatheringsService,
    private readonly rsvps: RsvpsService,
    private readonly attendance: AttendanceService,
  ) {}

  @Mutation(() => readType('Gathering'), { description: 'Announces a training.' })
  @Allow('gatherings.edit')
  scheduleTraining(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => ScheduleGatheringInput }) input: ScheduleGatheringInput,
  ): Promise<Ref> {
    return this.schedule(actor, 'training', input);
  }

  @Mutation(() => readType('Gathering'), { description: 'Announces a listening session.' })
  @Allow('gatherings.edit')
  scheduleListeningSession(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => ScheduleGatheringInput }) input: ScheduleGatheringInput,
  ): Promise<Ref> {
    return this.schedule(actor, 'listening_session', input);
  }

  @Mutation(() => readType('Gathering'), { description: 'Changes what is given; null empties where it may.' })
  @Allow('gatherings.edit')
  async updateGathering(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => UpdateGatheringInput }) input: UpdateGatheringInput,
  ): Promise<Ref> {
    const id = gatheringId(input);
    await this.gatherings.update(actor, { ...input, gatheringId: id });
    return { id };
  }

  @Mutation(() => readType('Gathering'), {
    description: 'Cancels a gathering; its calendar entries are taken back.',
  })
  @Allow('gatherings.edit')
  async cancelGathering(
    @CurrentActor() actor: Actor,
    @Args('gatheringId', { type: () => ID }) given: string,
  ): Promise<Ref> {
    const id = decodeId('Gathering', given, 'gatheringId');
    await this.gatherings.cancel(actor, id);
    return { id };
  }

  @Mutation(() => readType('Rsvp'), { description: 'A member says whether they will come.' })
  @Allow('self')
  async rsvp(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => RsvpInput }) input: RsvpInput,
  ): Promise<Ref> {
    const { rsvpId } = await this.rsvps.answer(actor, {
      gatheringId: gatheringId(input),
      status: input.status,
      guests: input.guests ?? null,
    });
    return { id: rsvpId };
  }

  @Mutation(() => readType('Rsvp'), { description: 'An organizer says for a member whether they will come.' })
  @Allow('gatherings.edit')
  async rsvpFor(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => RsvpForInput }) input: RsvpForInput,
  ): Promise<Ref> {
    const memberId = decodeId('Member', input.memberId, 'input.memberId');
    const { rsvpId } = await this.rsvps.answerFor(actor, memberId, {
      gatheringId: gatheringId(input),
      status: input.status,
      guests: input.guests ?? null,
    });
    return { id: rsvpId };
  }

  @Mutation(() => TakeAttendancePayload, {
    description: 'Marks who came; sending a mark again changes nothing.',
  })
  @Allow('attendance.record')
  takeAttendance(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => TakeAttendanceInput }) input: TakeAttendanceInput,
  ): Promise<AttendanceResult> {
    const entries = input.entries.map((entry, index) => ({
      ...entry,
      id: uuid(entry.id, `input.entries.${index}.id`),
      memberId: decodeId('Member', entry.memberId, `input.entries.${index}.memberId`),
      at: new Date(entry.at),
    }));
    return this.attendance.take(actor, { gatheringId: gatheringId(input), entries });
  }

  @Mutation(() => Int, { description: 'Takes marks back; gives how many stood.' })
  @Allow('attendance.record')
  undoAttendance(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => UndoAttendanceInput }) input: UndoAttendanceInput,
  ): Promise<number> {
    const entryIds = input.entryIds.map((id, index) => uuid(id, `input.entryIds.${index}`));
    return this.attendance.undo(actor, { gatheringId: gatheringId(input), entryIds });
  }

  private async schedule(actor: Actor, kind: GatheringKind, input: ScheduleGatheringInput): Promise<Ref> {
    const chapterId = decodeId('Chapter', input.chapterId, 'input.chapterId');
    return { id: await this.gatherings.schedule(actor, { ...input, kind, chapterId }) };
  }
}

const gatheringId = (input: { gatheringId: string }): string =>
  decodeId('Gathering', input.gatheringId, 'input.gatheringId');

function uuid(value: string, field: string): string {
  const lower = value.toLowerCase();
  if (!UUID.test(lower)) throw new AppError('invalid', 'ID.MALFORMED', 'This is not a uuid.', { field });
  return lower;
}
