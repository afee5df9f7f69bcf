import { Field, ID, InputType, Int } from '@nestjs/graphql';
import type { QualificationKind } from '@unionhall/gatherings';
import { readEnum } from '../graphql';

@InputType()
export class CourseModuleInput {
  @Field(() => String)
  title!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'So long one must have been there, where minutes are known.',
  })
  minimumMinutes?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Yes, by default.' })
  required?: boolean | null;
}

@InputType()
export class SaveCourseInput {
  @Field(() => ID, { nullable: true, description: 'Without it, a new one.' })
  courseId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of a new one.' })
  chapterId?: string | null;

  @Field(() => String)
  title!: string;

  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => String, { nullable: true })
  language?: string | null;

  @Field(() => Int, { nullable: true, description: 'How long a certificate holds; without it, for ever.' })
  certificateMonths?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many of the modules that are not required one needs besides.',
  })
  optionalNeeded?: number | null;

  @Field(() => readEnum('QualificationKind'), {
    nullable: true,
    description: 'What its certificate makes ready for.',
  })
  preparesFor?: QualificationKind | null;

  @Field(() => [CourseModuleInput], { nullable: true, description: 'In their order, whole; of a draft.' })
  modules?: CourseModuleInput[] | null;

  @Field(() => [ID], { nullable: true, description: 'Courses that come first, whole.' })
  requires?: string[] | null;
}

@InputType()
export class GrantQualificationInput {
  @Field(() => ID)
  memberId!: string;

  @Field(() => readEnum('QualificationKind'))
  kind!: QualificationKind;
}
