import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Agreement, Naming, Quoting, Sharing } from '@unionhall/gatherings';
import { InstantScalar, readEnum } from '../graphql';
import { Namings, Quotings, Sharings } from './listening-inputs';

const TextKinds = readEnum('TestimonyTextKind', ['original', 'translation', 'paraphrase']);
const States = readEnum('TestimonyState', ['standing', 'withdrawn']);
const Trends = readEnum('ThemeTrend', ['rising', 'falling', 'steady']);

@ObjectType()
export class NamedThemeOut {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;
}

@ObjectType({ description: 'A testimony in one language.' })
export class TestimonyText {
  @Field(() => ID)
  id!: string;

  @Field(() => TextKinds)
  kind!: 'original' | 'translation' | 'paraphrase';

  @Field(() => String, { description: 'BCP 47.' })
  language!: string;

  @Field(() => String, { nullable: true, description: 'Null when its key is gone.' })
  text!: string | null;

  @Field(() => String, { nullable: true, description: 'What translated it; null for a person.' })
  machine!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The account of who wrote it, or had it written, where you may see it.',
  })
  madeBy!: string | null;

  @Field(() => InstantScalar)
  madeAt!: string;

  @Field(() => String, { nullable: true })
  reviewedBy!: string | null;

  @Field(() => InstantScalar, { nullable: true })
  reviewedAt!: string | null;
}

@ObjectType({ description: 'What one coder found.' })
export class CodingOut {
  @Field(() => Boolean)
  mine!: boolean;

  @Field(() => Boolean)
  submitted!: boolean;

  @Field(() => [NamedThemeOut])
  themes!: readonly NamedThemeOut[];
}

@ObjectType({
  description: 'A testimony with its words. It does not say whose it is: who codes need not know.',
})
export class SpokenTestimony {
  @Field(() => ID)
  id!: string;

  @Field(() => ID)
  gatheringId!: string;

  @Field(() => ID)
  chapterId!: string;

  @Field(() => String, { description: 'BCP 47, what was spoken.' })
  language!: string;

  @Field(() => States)
  state!: 'standing' | 'withdrawn';

  @Field(() => InstantScalar, { description: 'When the session was.' })
  heardAt!: string;

  @Field(() => InstantScalar, { nullable: true })
  withdrawnAt!: string | null;

  @Field(() => Quotings)
  quote!: Quoting;

  @Field(() => Namings)
  namedAs!: Naming;

  @Field(() => String, { nullable: true })
  pseudonym!: string | null;

  @Field(() => Sharings)
  sharedWith!: Sharing;

  @Field(() => Int)
  codedCount!: number;

  @Field(() => Boolean)
  settled!: boolean;

  @Field(() => [TestimonyText])
  texts!: readonly TestimonyText[];

  @Field(() => [CodingOut], {
    description: 'Your own; once two people have submitted theirs, both.',
  })
  codings!: readonly CodingOut[];

  @Field(() => [NamedThemeOut], { description: 'Its settled codes.' })
  themes!: readonly NamedThemeOut[];
}

@ObjectType()
export class SpokenTestimonyPage {
  @Field(() => [SpokenTestimony])
  nodes!: readonly SpokenTestimony[];

  @Field(() => ID, { nullable: true, description: 'What `after` takes for the next page.' })
  next!: string | null;
}

@ObjectType({ description: 'What speakers are asked.' })
export class TestimonyConsentWording {
  @Field(() => String)
  version!: string;

  @Field(() => Boolean, { description: 'Whether it is the one to ask with now.' })
  current!: boolean;

  @Field(() => String)
  en!: string;

  @Field(() => String)
  es!: string;
}

@ObjectType({ description: 'How two coders decided, over some testimonies.' })
export class AgreementOut implements Agreement {
  @Field(() => Int, { description: 'Both found it.' })
  both!: number;

  @Field(() => Int, { description: 'The first alone found it.' })
  first!: number;

  @Field(() => Int, { description: 'The second alone found it.' })
  second!: number;

  @Field(() => Int, { description: 'Neither found it.' })
  neither!: number;

  @Field(() => Float, { nullable: true, description: "Cohen's kappa; null where it is not defined." })
  kappa!: number | null;

  @Field(() => Float, { nullable: true, description: 'The share of decisions that were the same.' })
  share!: number | null;
}

@ObjectType()
export class ThemeAgreementOut extends AgreementOut {
  @Field(() => ID)
  themeId!: string;

  @Field(() => String)
  name!: string;
}

@ObjectType()
export class CodingAgreementOut {
  @Field(() => Int, { description: 'Standing testimony that two have coded.' })
  testimonies!: number;

  @Field(() => AgreementOut)
  pooled!: AgreementOut;

  @Field(() => [ThemeAgreementOut], { description: 'Every theme that either of two coders found.' })
  themes!: readonly ThemeAgreementOut[];
}

@ObjectType({ description: 'A count of persons that may be hidden.' })
export class CountPart {
  @Field(() => String, { description: 'The id of a chapter, a BCP 47 tag, or a month like 2026-11.' })
  name!: string;

  @Field(() => Int, { nullable: true })
  persons!: number | null;

  @Field(() => Boolean, { description: 'Hidden: small, or it would give away one that is.' })
  suppressed!: boolean;
}

@ObjectType()
export class HeardThemeCount {
  @Field(() => ID)
  themeId!: string;

  @Field(() => String)
  name!: string;

  @Field(() => Int, { nullable: true, description: 'How many persons spoke of it; null when hidden.' })
  persons!: number | null;

  @Field(() => Boolean)
  suppressed!: boolean;
}

@ObjectType({ description: 'How often a theme was heard.' })
export class ThemeCountOut extends HeardThemeCount {
  @Field(() => [CountPart])
  byChapter!: readonly CountPart[];

  @Field(() => [CountPart])
  byLanguage!: readonly CountPart[];

  @Field(() => [CountPart])
  byMonth!: readonly CountPart[];

  @Field(() => Int, { nullable: true, description: 'In sessions of the last 90 days.' })
  recent!: number | null;

  @Field(() => Int, { nullable: true, description: 'In sessions of the 90 days before.' })
  before!: number | null;

  @Field(() => Trends, { nullable: true })
  trend!: 'rising' | 'falling' | 'steady' | null;
}
