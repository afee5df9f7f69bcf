import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { readEnum } from '../graphql/read-enums';
import { InstantScalar } from '../graphql/scalars';

@ObjectType({
  description:
    'A session just opened. Browsers get the token as a cookie; programs send it as a bearer token.',
})
export class SignIn {
  @Field(() => String)
  token: string;

  @Field(() => InstantScalar)
  expiresAt: Date;
}

@InputType()
export class GrantRoleInput {
  @Field(() => String, { description: 'The address of the account; one is made when there is none.' })
  email: string;

  @Field(() => readEnum('Role'))
  role: string;

  @Field(() => ID, { nullable: true, description: 'The root of the subtree; without it, the whole union.' })
  chapterId?: string | null;

  @Field(() => [String], { defaultValue: [], description: 'Empty: every purpose.' })
  purposes: string[];

  @Field(() => InstantScalar, { nullable: true })
  expiresAt?: string | null;
}
