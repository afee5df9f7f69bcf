import { Field, ID, InputType } from '@nestjs/graphql';
import { DateScalar, readEnum } from '../graphql';
import type { CommitmentKind, EvidenceGrade, ResponseKind } from '@unionhall/campaigns';

@InputType()
export class CreatePhaseInput {
  @Field(() => String)
  title!: string;

  @Field(() => String)
  startsAt!: string;

  @Field(() => String, { nullable: true })
  endsAt?: string | null;
}

@InputType()
export class CreateCampaignInput {
  @Field(() => ID)
  chapterId!: string;

  @Field(() => String, { description: 'Lower-case words joined by hyphens.' })
  slug!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String, { nullable: true })
  summary?: string | null;

  @Field(() => String, { description: 'The company it is aimed at.' })
  target!: string;

  @Field(() => String, { description: 'Local time in the zone, like 2026-12-01T18:30.' })
  startsAt!: string;

  @Field(() => String, { nullable: true })
  endsAt?: string | null;

  @Field(() => String, { description: 'IANA name, like America/New_York.' })
  timeZone!: string;

  @Field(() => [CreatePhaseInput], { nullable: true })
  phases?: CreatePhaseInput[] | null;

  @Field(() => [String], { nullable: true, description: 'What is asked, in order.' })
  demands?: string[] | null;

  @Field(() => [readEnum('CommitmentKind')], {
    nullable: true,
    description: 'What its public page asks people to pledge, in order; logging off without it.',
  })
  pledgeKinds?: CommitmentKind[] | null;
}

@InputType()
export class AddDemandInput {
  @Field(() => ID)
  campaignId!: string;

  @Field(() => String)
  wording!: string;
}

@InputType()
export class AddDemandResponseInput {
  @Field(() => ID)
  demandId!: string;

  @Field(() => readEnum('DemandResponseKind'))
  kind!: ResponseKind;

  @Field(() => DateScalar)
  happenedOn!: string;

  @Field(() => String, { description: 'Where this is known from.' })
  source!: string;

  @Field(() => String, { nullable: true })
  note?: string | null;
}

@InputType()
export class PledgeInput {
  @Field(() => ID)
  campaignId!: string;

  @Field(() => readEnum('CommitmentKind'))
  kind!: CommitmentKind;

  @Field(() => ID, { nullable: true })
  phaseId?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Which platforms it is about.' })
  platformIds?: string[] | null;

  @Field(() => DateScalar, { nullable: true })
  startsOn?: string | null;

  @Field(() => DateScalar, { nullable: true })
  endsOn?: string | null;
}

@InputType()
export class CheckInInput {
  @Field(() => ID)
  commitmentId!: string;

  @Field(() => readEnum('CommitmentStatus'), { description: 'KEPT or BROKEN.' })
  status!: 'kept' | 'broken';

  @Field(() => readEnum('EvidenceGrade'), { nullable: true, description: 'Needed from organizers.' })
  evidence?: EvidenceGrade | null;
}
