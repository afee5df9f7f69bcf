import { Field, ID, InputType } from '@nestjs/graphql';
import {
  CONSENT_WAYS,
  NAMINGS,
  QUOTING,
  SETTLINGS,
  SHARINGS,
  type Naming,
  type Quoting,
  type Settling,
  type Sharing,
} from '@unionhall/gatherings';
import { readEnum } from '../graphql';

export const Quotings = readEnum('TestimonyQuoting', QUOTING);
export const Namings = readEnum('TestimonyNaming', NAMINGS);
export const Sharings = readEnum('TestimonySharing', SHARINGS);
const Ways = readEnum('TestimonyConsentWay', CONSENT_WAYS);
const Settlings = readEnum('CodingSettling', SETTLINGS);
const Works = readEnum('CodingWork', ['mine', 'disputed', 'settled']);

@InputType({ description: 'What a speaker allows.' })
export class TestimonyConsentInput {
  @Field(() => Quotings)
  quote!: Quoting;

  @Field(() => Namings)
  namedAs!: Naming;

  @Field(() => String, { nullable: true, description: 'With PSEUDONYM alone.' })
  pseudonym?: string | null;

  @Field(() => Sharings, {
    description: 'CODERS: those who code; UNION: whoever is signed in; PUBLIC: everyone.',
  })
  sharedWith!: Sharing;

  @Field(() => String, { description: 'Which words they were asked with: testimonyConsentWordings.' })
  wordingVersion!: string;
}

@InputType()
export class TakeTestimonyInput {
  @Field(() => ID)
  gatheringId!: string;

  @Field(() => ID, { nullable: true, description: 'Without it, anonymous: nobody is known.' })
  memberId?: string | null;

  @Field(() => String, { description: 'BCP 47, what was spoken.' })
  language!: string;

  @Field(() => String)
  text!: string;

  @Field(() => TestimonyConsentInput)
  consent!: TestimonyConsentInput;

  @Field(() => Ways, { description: 'SPOKEN or WRITTEN.' })
  how!: 'spoken' | 'written';

  @Field(() => String, { description: '8 to 200 characters of your choice.' })
  idempotencyKey!: string;
}

@InputType()
export class ChangeTestimonyConsentInput {
  @Field(() => ID)
  testimonyId!: string;

  @Field(() => TestimonyConsentInput)
  consent!: TestimonyConsentInput;

  @Field(() => Ways, { nullable: true, description: 'Needed from whoever writes it down for the speaker.' })
  how?: 'spoken' | 'written' | null;
}

@InputType()
export class ParaphraseTestimonyInput {
  @Field(() => ID)
  testimonyId!: string;

  @Field(() => String, { description: 'BCP 47.' })
  language!: string;

  @Field(() => String)
  text!: string;
}

@InputType()
export class TranslateTestimonyInput extends ParaphraseTestimonyInput {
  @Field(() => String, { nullable: true, description: 'What translated it, when that was a machine.' })
  machine?: string | null;
}

@InputType()
export class ReviewTestimonyTranslationInput {
  @Field(() => ID)
  testimonyId!: string;

  @Field(() => ID, { description: 'Exactly the words that were read.' })
  textId!: string;
}

@InputType()
export class CreateThemeInput {
  @Field(() => ID, { description: 'Whose subtree it is for; the topmost chapter for the whole union.' })
  chapterId!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  description?: string | null;
}

@InputType()
export class UpdateThemeInput {
  @Field(() => ID)
  themeId!: string;

  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => String, { nullable: true })
  description?: string | null;
}

@InputType()
export class MergeThemeInput {
  @Field(() => ID)
  themeId!: string;

  @Field(() => ID, { description: 'Of the same chapter, or one above it.' })
  intoId!: string;
}

@InputType()
export class SplitThemePartInput {
  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => [ID], { description: 'Testimony that belongs to this part.' })
  testimonyIds!: string[];
}

@InputType()
export class SplitThemeInput {
  @Field(() => ID)
  themeId!: string;

  @Field(() => [SplitThemePartInput])
  parts!: SplitThemePartInput[];
}

@InputType()
export class SaveCodingInput {
  @Field(() => ID)
  testimonyId!: string;

  @Field(() => [ID], { description: 'All that it is about; empty: none of the themes.' })
  themeIds!: string[];

  @Field(() => Boolean, { description: 'Once submitted it stays as it is.' })
  submit!: boolean;
}

@InputType()
export class SettleCodingInput {
  @Field(() => ID)
  testimonyId!: string;

  @Field(() => [ID], { description: 'All that it is about, what both had found included.' })
  themeIds!: string[];

  @Field(() => Settlings, {
    description: 'TOGETHER: one of the two writes down what both now say; THIRD: somebody else decides.',
  })
  how!: Settling;
}

@InputType()
export class TestimonyPageFilter {
  @Field(() => ID, { nullable: true })
  gatheringId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this chapter or one below it.' })
  withinId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Settled with this theme, or one merged into the same.' })
  themeId?: string | null;

  @Field(() => String, { nullable: true, description: 'BCP 47; es finds es-MX too.' })
  language?: string | null;

  @Field(() => Works, {
    nullable: true,
    description: 'MINE: for you to code; DISPUTED: the two coders found different things; SETTLED.',
  })
  work?: 'mine' | 'disputed' | 'settled' | null;
}
