import { Field, Int, ObjectType } from '@nestjs/graphql';
import { InstantScalar } from '../graphql/scalars';

@ObjectType({ description: 'What the union agreed to share with you, and until when.' })
export class PartnershipAgreement {
  @Field(() => [String])
  purposes: readonly string[];

  @Field(() => [String])
  fieldGroups: readonly string[];

  @Field(() => [String], { description: 'The short names of its campaigns.' })
  campaigns: readonly string[];

  @Field(() => InstantScalar)
  startsAt: string;

  @Field(() => InstantScalar, { nullable: true })
  endsAt?: string | null;
}

@ObjectType({ description: 'What was used today, by UTC.' })
export class PartnershipDay {
  @Field(() => Int)
  queries: number;

  @Field(() => Int, { description: 'The most rows that the queries could have given.' })
  cost: number;

  @Field(() => Int, { description: 'Different people whose data was read.' })
  people: number;
}

@ObjectType({ description: 'The limits, the same for every partner.' })
export class PartnershipLimits {
  @Field(() => Int)
  peoplePerDay: number;

  @Field(() => Int, { description: 'Rows that one query may give.' })
  nodes: number;

  @Field(() => Int)
  depth: number;

  @Field(() => Int)
  aliases: number;

  @Field(() => Int)
  rootFields: number;

  @Field(() => Int)
  tokens: number;
}

@ObjectType({ description: 'Your standing with the union.' })
export class Partnership {
  @Field(() => String)
  name: string;

  @Field(() => String)
  keyLabel: string;

  @Field(() => InstantScalar)
  keyExpiresAt: Date;

  @Field(() => [PartnershipAgreement])
  agreements: readonly PartnershipAgreement[];

  @Field(() => PartnershipDay)
  today: PartnershipDay;

  @Field(() => PartnershipLimits)
  limits: PartnershipLimits;
}
