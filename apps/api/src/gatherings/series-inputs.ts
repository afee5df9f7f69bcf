import {
  Field,
  ID,
  InputType,
  Int,
  IntersectionType,
  ObjectType,
  OmitType,
  PickType,
  registerEnumType,
} from '@nestjs/graphql';
import { InstantScalar, readEnum } from '../graphql';
import type { AtGap, AtOverlap, GatheringKind, SeriesScope } from '@unionhall/gatherings';
import { ScheduleGatheringInput, UpdateGatheringInput } from './gathering-inputs';

/** What is done on a date whose local time clocks skip. */
export const AtGapChoice = { NEXT_VALID: 'next_valid', LEAVE_OUT: 'leave_out' } as const satisfies Record<
  string,
  AtGap
>;
/** Which instant is meant on a date whose local time clocks show twice. */
export const AtOverlapChoice = { EARLIER: 'earlier', LATER: 'later' } as const satisfies Record<
  string,
  AtOverlap
>;
export const SeriesScopeChoice = { FOLLOWING: 'following', ALL: 'all' } as const satisfies Record<
  string,
  SeriesScope
>;
registerEnumType(AtGapChoice, { name: 'AtGap', description: 'On a date whose local time clocks skip.' });
registerEnumType(AtOverlapChoice, {
  name: 'AtOverlap',
  description: 'On a date whose local time clocks show twice.',
});
registerEnumType(SeriesScopeChoice, {
  name: 'SeriesScope',
  description: 'From one date on, or all that are not over.',
});

const RULE =
  'RRULE of RFC 5545 with an end: DAILY, WEEKLY or MONTHLY, INTERVAL up to 52, BYDAY, BYMONTHDAY; at most 200 dates in two years.';

@InputType()
export class SeriesDatesInput {
  @Field(() => String, { description: RULE })
  rule!: string;

  @Field(() => String, { description: 'Local time of the first date, like 2026-12-01T18:30.' })
  startsAt!: string;

  @Field(() => Int)
  durationMinutes!: number;

  @Field(() => String, { description: 'IANA name, like America/New_York.' })
  timeZone!: string;

  @Field(() => [String], { nullable: true, description: 'Dates left out, like 2026-12-24.' })
  exceptDates?: string[] | null;

  @Field(() => AtGapChoice, { nullable: true, description: 'Without it such a date is refused, by name.' })
  atGap?: AtGap | null;

  @Field(() => AtOverlapChoice, {
    nullable: true,
    description: 'Without it such a date is refused, by name.',
  })
  atOverlap?: AtOverlap | null;
}

@InputType()
export class ScheduleSeriesInput extends IntersectionType(
  OmitType(ScheduleGatheringInput, ['startsOffset'] as const),
  PickType(SeriesDatesInput, ['rule', 'exceptDates', 'atGap', 'atOverlap'] as const),
) {
  @Field(() => readEnum('GatheringKind'))
  kind!: GatheringKind;
}

@InputType()
export class UpdateSeriesInput extends IntersectionType(
  OmitType(UpdateGatheringInput, ['times'] as const),
  PickType(SeriesDatesInput, ['atGap', 'atOverlap'] as const),
) {
  @Field(() => SeriesScopeChoice, { description: 'FOLLOWING begins with the gathering that is named.' })
  scope!: SeriesScope;

  @Field(() => String, {
    nullable: true,
    description: 'Local hour of each date, like 19:00; a date that was moved by itself keeps its own.',
  })
  startsAtHour?: string | null;

  @Field(() => Int, { nullable: true })
  durationMinutes?: number | null;
}

@InputType()
export class CopySeriesInput extends PickType(SeriesDatesInput, ['atGap', 'atOverlap'] as const) {
  @Field(() => ID)
  seriesId!: string;

  @Field(() => ID)
  chapterId!: string;

  @Field(() => String, { description: 'Local time of the first date there.' })
  startsAt!: string;

  @Field(() => String, { nullable: true, description: 'Without it, that of the chapter.' })
  timeZone?: string | null;

  @Field(() => String, { nullable: true })
  title?: string | null;

  @Field(() => String, { nullable: true })
  language?: string | null;

  @Field(() => String, { nullable: true })
  place?: string | null;
}

@ObjectType()
export class SeriesDateAnswer {
  @Field(() => String, { description: 'The local time that the rule names.' })
  local!: string;

  @Field(() => InstantScalar)
  startsAt!: string;

  @Field(() => InstantScalar)
  endsAt!: string;
}

@ObjectType()
export class UpdateSeriesPayload {
  @Field(() => Int, { description: 'How many gatherings are changed.' })
  changed!: number;

  @Field(() => Int, { description: 'Those that had been moved by themselves and keep their own time.' })
  keptTheirTime!: number;
}
