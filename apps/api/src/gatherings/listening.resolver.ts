import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  CONSENT_WORDING,
  CONSENT_WORDINGS,
  TestimonyPages,
  TestimonyService,
  TranslationsService,
} from '@unionhall/gatherings';
import type { Actor } from '@unionhall/identity';
import { Allow, CurrentActor, decodeId, readType, type Ref } from '../graphql';
import { afterOf, spokenPage, testimonyIdOf } from './listening-ids';
import {
  ChangeTestimonyConsentInput,
  ParaphraseTestimonyInput,
  ReviewTestimonyTranslationInput,
  TakeTestimonyInput,
  TestimonyPageFilter,
  TranslateTestimonyInput,
} from './listening-inputs';
import { SpokenTestimonyPage, TestimonyConsentWording } from './listening-types';

@Resolver()
export class ListeningResolver {
  constructor(
    private readonly testimony: TestimonyService,
    private readonly translations: TranslationsService,
    private readonly pages: TestimonyPages,
  ) {}

  @Allow('listening.record')
  @Mutation(() => readType('Testimony'), {
    description: 'Writes down what somebody said, with their consent.',
  })
  takeTestimony(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => TakeTestimonyInput }) input: TakeTestimonyInput,
  ): Promise<Ref> {
    return this.testimony.take(actor, {
      ...input,
      gatheringId: decodeId('Gathering', input.gatheringId, 'input.gatheringId'),
      memberId: input.memberId == null ? null : decodeId('Member', input.memberId, 'input.memberId'),
    });
  }

  @Allow('self or listening.record')
  @Mutation(() => readType('Testimony'), { description: 'Changes what a speaker allows.' })
  changeTestimonyConsent(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => ChangeTestimonyConsentInput }) input: ChangeTestimonyConsentInput,
  ): Promise<Ref> {
    return this.testimony.changeConsent(actor, { ...input, testimonyId: testimonyIdOf(input) });
  }

  @Allow('self or listening.record')
  @Mutation(() => readType('Testimony'), {
    description: 'Takes back what was said: its words are deleted, and it leaves every count and quote.',
  })
  withdrawTestimony(
    @CurrentActor() actor: Actor,
    @Args('testimonyId', { type: () => ID }) given: string,
  ): Promise<Ref> {
    return this.testimony.withdraw(actor, decodeId('Testimony', given, 'testimonyId'));
  }

  @Allow('listening.code')
  @Mutation(() => readType('Testimony'), {
    description: 'Writes a translation, in place of the one in that language; nobody has reviewed it yet.',
  })
  translateTestimony(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => TranslateTestimonyInput }) input: TranslateTestimonyInput,
  ): Promise<Ref> {
    return this.translations.translate(actor, { ...input, testimonyId: testimonyIdOf(input) });
  }

  @Allow('listening.code')
  @Mutation(() => readType('Testimony'), {
    description: 'Says in other words what may not be quoted word for word.',
  })
  paraphraseTestimony(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => ParaphraseTestimonyInput }) input: ParaphraseTestimonyInput,
  ): Promise<Ref> {
    return this.translations.paraphrase(actor, { ...input, testimonyId: testimonyIdOf(input) });
  }

  @Allow('listening.code')
  @Mutation(() => readType('Testimony'), {
    description: "A second person's word that a translation is right; anybody's on what a machine wrote.",
  })
  reviewTestimonyTranslation(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => ReviewTestimonyTranslationInput }) input: ReviewTestimonyTranslationInput,
  ): Promise<Ref> {
    const textId = decodeId('TestimonyText', input.textId, 'input.textId');
    return this.translations.review(actor, { testimonyId: testimonyIdOf(input), textId });
  }

  @Allow('listening.code')
  @Query(() => SpokenTestimonyPage, { description: 'Testimony that stands, with its words, newest first.' })
  async testimonyPage(
    @CurrentActor() actor: Actor,
    @Args('filter', { type: () => TestimonyPageFilter, nullable: true }) filter?: TestimonyPageFilter | null,
    @Args('first', { type: () => Int, nullable: true, description: 'At most 50.' }) first?: number | null,
    @Args('after', { type: () => ID, nullable: true }) after?: string | null,
  ): Promise<SpokenTestimonyPage> {
    const id = (type: string, value: string | null | undefined, field: string): string | null =>
      value == null ? null : decodeId(type, value, `filter.${field}`);
    const asked = {
      ...filter,
      gatheringId: id('Gathering', filter?.gatheringId, 'gatheringId'),
      withinId: id('Chapter', filter?.withinId, 'withinId'),
      themeId: id('Theme', filter?.themeId, 'themeId'),
    };
    return spokenPage(
      await this.pages.forCoders(actor, asked, { first: first ?? null, after: afterOf(after) }),
    );
  }

  @Allow('self')
  @Query(() => SpokenTestimonyPage, { description: 'What you have said in listening sessions.' })
  async myTestimony(
    @CurrentActor() actor: Actor,
    @Args('first', { type: () => Int, nullable: true, description: 'At most 50.' }) first?: number | null,
    @Args('after', { type: () => ID, nullable: true }) after?: string | null,
  ): Promise<SpokenTestimonyPage> {
    return spokenPage(await this.pages.own(actor, { first: first ?? null, after: afterOf(after) }));
  }

  @Allow('anyone')
  @Query(() => [TestimonyConsentWording], { description: 'What speakers are and were asked.' })
  testimonyConsentWordings(): TestimonyConsentWording[] {
    return Object.entries(CONSENT_WORDINGS).map(([version, words]) => ({
      version,
      current: version === CONSENT_WORDING,
      ...words,
    }));
  }
}
