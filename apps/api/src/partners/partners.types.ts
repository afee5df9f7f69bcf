import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { InstantScalar } from '../graphql/scalars';

@InputType()
export class CreateAgreementInput {
  @Field(() => ID)
  partnerId: string;

  @Field(() => [String], { description: 'What the data may be used for.' })
  purposes: string[];

  @Field(() => [String], { description: 'name, contact, chapter, commitments.' })
  fieldGroups: string[];

  @Field(() => [ID], { defaultValue: [], description: 'The campaigns whose pledge counts are shared.' })
  campaignIds: string[];

  @Field(() => InstantScalar)
  startsAt: string;

  @Field(() => InstantScalar, { nullable: true })
  endsAt?: string | null;
}

@ObjectType({ description: 'A key of a partner, without its secret.' })
export class PartnerKeyFacts {
  @Field(() => ID)
  id: string;

  @Field(() => String)
  label: string;

  @Field(() => InstantScalar)
  createdAt: Date;

  @Field(() => InstantScalar)
  expiresAt: Date;

  @Field(() => InstantScalar, { nullable: true })
  revokedAt: Date | null;
}

@ObjectType({ description: 'A key just issued. It is shown here and never again.' })
export class PartnerKey {
  @Field(() => ID)
  id: string;

  @Field(() => String)
  key: string;

  @Field(() => InstantScalar)
  expiresAt: Date;
}
