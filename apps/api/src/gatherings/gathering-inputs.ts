import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { InstantScalar, readEnum } from '../graphql';
import {
  ADMISSIONS,
  type Accessibility,
  type Admission,
  type AttendanceStatus,
  type RsvpAnswer,
} from '@unionhall/gatherings';
import { AccessibilityChoice } from './planning-inputs';

@InputType()
export class ScheduleGatheringInput {
  @Field(() => ID)
  chapterId!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => String, { description: 'Local time in the zone, like 2026-12-01T18:30.' })
  startsAt!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Like -05:00; needed where clocks show the time twice.',
  })
  startsOffset?: string | null;

  @Field(() => Int)
  durationMinutes!: number;

  @Field(() => String, { description: 'IANA name, like America/New_York.' })
  timeZone!: string;

  @Field(() => Int, { nullable: true, description: 'Places; without it there is no limit.' })
  capacity?: number | null;

  @Field(() => String, { nullable: true })
  place?: string | null;

  @Field(() => String, { nullable: true })
  onlineUrl?: string | null;

  @Field(() => String, { nullable: true, description: 'The number of the online meeting.' })
  meetingId?: string | null;

  @Field(() => String, { nullable: true })
  language?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it has a page that everyone may open.' })
  listed?: boolean | null;

  @Field(() => [String], { nullable: true, description: 'Languages that it is interpreted into.' })
  interpretation?: string[] | null;

  @Field(() => [AccessibilityChoice], { nullable: true })
  accessibility?: Accessibility[] | null;

  @Field(() => readEnum('GatheringAdmission', ADMISSIONS), {
    nullable: true,
    description: 'Whoever comes first, whoever is let in, or whoever was invited; OPEN by default.',
  })
  admission?: Admission | null;

  @Field(() => Int, { nullable: true, description: 'How many each may bring, 0 to 5; none by default.' })
  guestsAllowed?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'For how many hours a free place is offered; null: whoever is next has it at once.',
  })
  offerHours?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'So many hours after the end, the unmarked are written down; 48 by default.',
  })
  graceHours?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'As absent, and not as unknown.' })
  absentAfterGrace?: boolean | null;
}

@InputType()
export class GatheringTimesInput {
  @Field(() => String)
  startsAt!: string;

  @Field(() => String, { nullable: true })
  startsOffset?: string | null;

  @Field(() => Int)
  durationMinutes!: number;

  @Field(() => String)
  timeZone!: string;
}

@InputType()
export class UpdateGatheringInput {
  @Field(() => ID)
  gatheringId!: string;

  @Field(() => String, { nullable: true })
  title?: string;

  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => GatheringTimesInput, { nullable: true })
  times?: GatheringTimesInput | null;

  @Field(() => Int, { nullable: true, description: 'null takes the limit away.' })
  capacity?: number | null;

  @Field(() => String, { nullable: true })
  place?: string | null;

  @Field(() => String, { nullable: true })
  onlineUrl?: string | null;

  @Field(() => String, { nullable: true })
  meetingId?: string | null;

  @Field(() => String, { nullable: true })
  language?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it has a page that everyone may open.' })
  listed?: boolean | null;

  @Field(() => [String], { nullable: true, description: 'Languages that it is interpreted into.' })
  interpretation?: string[] | null;

  @Field(() => [AccessibilityChoice], { nullable: true })
  accessibility?: Accessibility[] | null;

  @Field(() => readEnum('GatheringAdmission', ADMISSIONS), {
    nullable: true,
    description: 'Whoever comes first, whoever is let in, or whoever was invited; OPEN by default.',
  })
  admission?: Admission | null;

  @Field(() => Int, { nullable: true, description: 'How many each may bring, 0 to 5; none by default.' })
  guestsAllowed?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'For how many hours a free place is offered; null: whoever is next has it at once.',
  })
  offerHours?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'So many hours after the end, the unmarked are written down; 48 by default.',
  })
  graceHours?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'As absent, and not as unknown.' })
  absentAfterGrace?: boolean | null;
}

@InputType()
export class RsvpInput {
  @Field(() => ID)
  gatheringId!: string;

  @Field(() => readEnum('RsvpStatus'), { description: 'GOING, MAYBE, DECLINED or CANCELLED.' })
  status!: RsvpAnswer;

  @Field(() => Int, { nullable: true, description: 'Whom they bring; as before when absent.' })
  guests?: number | null;
}

@InputType()
export class RsvpForInput extends RsvpInput {
  @Field(() => ID)
  memberId!: string;
}

@InputType()
export class WalkInInput {
  @Field(() => String)
  givenName!: string;

  @Field(() => String)
  familyName!: string;
}

@InputType()
export class AttendanceEntryInput {
  @Field(() => String, { description: 'A uuid made where the mark was made.' })
  id!: string;

  @Field(() => ID)
  memberId!: string;

  @Field(() => readEnum('AttendanceStatus'))
  status!: AttendanceStatus;

  @Field(() => Int, { nullable: true })
  minutes?: number | null;

  @Field(() => InstantScalar, { description: 'When it was seen.' })
  at!: string;

  @Field(() => WalkInInput, {
    nullable: true,
    description: 'Somebody not known yet: memberId names a uuid made where the mark was made.',
  })
  person?: WalkInInput | null;
}

@InputType()
export class TakeAttendanceInput {
  @Field(() => ID)
  gatheringId!: string;

  @Field(() => [AttendanceEntryInput])
  entries!: AttendanceEntryInput[];
}

@InputType()
export class UndoAttendanceInput {
  @Field(() => ID)
  gatheringId!: string;

  @Field(() => [String])
  entryIds!: string[];
}

@ObjectType()
export class TakeAttendancePayload {
  @Field(() => Int)
  recorded!: number;

  @Field(() => Int, { description: 'Marks that had arrived before.' })
  repeated!: number;
}

@InputType()
export class InviteToGatheringInput {
  @Field(() => ID)
  gatheringId!: string;

  @Field(() => [ID], { description: 'At most 500.' })
  memberIds!: string[];
}
