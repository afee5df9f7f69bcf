import { Args, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { HeardService } from '@unionhall/campaigns';
import type { Actor } from '@unionhall/identity';
import { Allow, CurrentActor, decodeId, encodeId, readType, type Ref } from '../graphql';

@InputType()
class DemandThemeInput {
  @Field(() => ID)
  demandId!: string;

  @Field(() => ID)
  themeId!: string;
}

@ObjectType({ description: 'A translation that a person wrote, or has reviewed.' })
class QuoteTranslation {
  @Field(() => String, { description: 'BCP 47.' })
  language!: string;

  @Field(() => String)
  text!: string;

  @Field(() => String, { nullable: true, description: 'What translated it; null for a person.' })
  machine!: string | null;
}

@ObjectType({ description: 'What may be shown of a testimony, by the consent that stands now.' })
class DemandQuote {
  @Field(() => ID, { description: 'Of the testimony.' })
  id!: string;

  @Field(() => Boolean, {
    description: 'Whether these are the words of the speaker; otherwise a paraphrase.',
  })
  verbatim!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'As the speaker wants to be called; null: not at all.',
  })
  name!: string | null;

  @Field(() => String, { description: 'BCP 47.' })
  language!: string;

  @Field(() => String)
  text!: string;

  @Field(() => [QuoteTranslation])
  translations!: readonly QuoteTranslation[];

  @Field(() => String, { description: 'The month of the session, like 2026-11.' })
  heardIn!: string;

  @Field(() => [String], { description: 'The names of its themes behind the demand.' })
  themes!: readonly string[];
}

@ObjectType()
class DemandQuotePage {
  @Field(() => [DemandQuote])
  quotes!: readonly DemandQuote[];

  @Field(() => ID, { nullable: true, description: 'What `after` takes for the next page.' })
  next!: string | null;
}

@Resolver()
export class HeardResolver {
  constructor(private readonly heard: HeardService) {}

  @Allow('campaigns.edit')
  @Mutation(() => readType('DemandTheme'), { description: 'Says that a theme stands behind a demand.' })
  async linkThemeToDemand(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => DemandThemeInput }) input: DemandThemeInput,
  ): Promise<Ref> {
    return { id: await this.heard.link(actor, decoded(input)) };
  }

  @Allow('campaigns.edit')
  @Mutation(() => readType('Demand'), { description: 'Takes a theme from behind a demand.' })
  async unlinkThemeFromDemand(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => DemandThemeInput }) input: DemandThemeInput,
  ): Promise<Ref> {
    return { id: await this.heard.unlink(actor, decoded(input)) };
  }

  @Allow('campaigns.edit')
  @Mutation(() => readType('HeardVersion'), {
    description: 'Publishes what was heard about a demand, with the date and counts of today.',
  })
  async publishHeard(
    @CurrentActor() actor: Actor,
    @Args('demandId', { type: () => ID }) demandId: string,
  ): Promise<Ref> {
    return { id: await this.heard.publish(actor, decodeId('Demand', demandId, 'demandId')) };
  }

  @Allow('anyone, what its speaker shares with them')
  @Query(() => DemandQuotePage, {
    description:
      'What may be quoted on the themes behind a demand, newest first; or of one published version.',
  })
  async demandQuotes(
    @CurrentActor() actor: Actor,
    @Args('demandId', { type: () => ID }) demandId: string,
    @Args('version', { type: () => Int, nullable: true, description: 'The number of a published version.' })
    version?: number | null,
    @Args('first', { type: () => Int, nullable: true, description: 'At most 50.' }) first?: number | null,
    @Args('after', { type: () => ID, nullable: true }) after?: string | null,
  ): Promise<DemandQuotePage> {
    const { quotes, next } = await this.heard.quotesOf(
      actor,
      { demandId: decodeId('Demand', demandId, 'demandId'), versionNumber: version ?? null },
      { first: first ?? null, after: after == null ? null : decodeId('Testimony', after, 'after') },
    );
    return {
      quotes: quotes.map((one) => ({
        ...one,
        id: encodeId('Testimony', one.id),
        themes: one.themes.map(({ name }) => name),
      })),
      next: next === null ? null : encodeId('Testimony', next),
    };
  }
}

const decoded = ({ demandId, themeId }: DemandThemeInput): DemandThemeInput => ({
  demandId: decodeId('Demand', demandId, 'input.demandId'),
  themeId: decodeId('Theme', themeId, 'input.themeId'),
});
