import { Field, ID, InputType, Int, registerEnumType } from '@nestjs/graphql';
import { readEnum } from '../graphql';
import {
  ACCESSIBILITY,
  type Accessibility,
  type FacilitatorRole,
  type GatheringKind,
} from '@unionhall/gatherings';

/** What a gathering can offer to those who could not come otherwise. */
export const AccessibilityChoice = Object.fromEntries(
  ACCESSIBILITY.map((one) => [one.toUpperCase(), one]),
) as Readonly<Record<string, Accessibility>>;
registerEnumType(AccessibilityChoice, {
  name: 'Accessibility',
  description: 'What a gathering offers to those who could not come otherwise.',
});

@InputType()
export class AskFacilitatorInput {
  @Field(() => ID)
  gatheringId!: string;

  @Field(() => ID)
  memberId!: string;

  @Field(() => readEnum('FacilitatorRole'))
  role!: FacilitatorRole;
}

@InputType()
export class SaveOutlineInput {
  @Field(() => ID, { nullable: true, description: 'Without it, a new one.' })
  outlineId?: string | null;

  @Field(() => ID)
  chapterId!: string;

  @Field(() => readEnum('GatheringKind'))
  kind!: GatheringKind;

  @Field(() => String, { description: 'What planners know it by.' })
  name!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => Int)
  durationMinutes!: number;

  @Field(() => Int, { nullable: true })
  capacity?: number | null;

  @Field(() => String, { nullable: true })
  language?: string | null;

  @Field(() => [String], { nullable: true })
  interpretation?: string[] | null;

  @Field(() => [AccessibilityChoice], { nullable: true })
  accessibility?: Accessibility[] | null;
}
