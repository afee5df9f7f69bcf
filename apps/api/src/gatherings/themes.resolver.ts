import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  AgreementService,
  CodingService,
  ThemeCountsService,
  ThemesService,
  ThemeSplitService,
  type CodingAgreement,
} from '@unionhall/gatherings';
import type { Actor } from '@unionhall/identity';
import { Allow, CurrentActor, decodeId, encodeId, InstantScalar, readType, type Ref } from '../graphql';
import { testimonyIdOf, themeIdsOf } from './listening-ids';
import {
  CreateThemeInput,
  MergeThemeInput,
  SaveCodingInput,
  SettleCodingInput,
  SplitThemeInput,
  UpdateThemeInput,
} from './listening-inputs';
import { CodingAgreementOut, HeardThemeCount, ThemeCountOut } from './listening-types';

@Resolver()
export class ThemesResolver {
  constructor(
    private readonly themes: ThemesService,
    private readonly splits: ThemeSplitService,
    private readonly coding: CodingService,
    private readonly agreement: AgreementService,
    private readonly counts: ThemeCountsService,
  ) {}

  @Allow('listening.code')
  @Mutation(() => readType('Theme'), { description: 'A theme for a chapter and those below it.' })
  createTheme(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => CreateThemeInput }) input: CreateThemeInput,
  ): Promise<Ref> {
    const chapterId = decodeId('Chapter', input.chapterId, 'input.chapterId');
    return this.themes.create(actor, { ...input, chapterId });
  }

  @Allow('listening.code')
  @Mutation(() => readType('Theme'))
  updateTheme(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => UpdateThemeInput }) input: UpdateThemeInput,
  ): Promise<Ref> {
    return this.themes.update(actor, { ...input, themeId: themeIdOf(input) });
  }

  @Allow('listening.code')
  @Mutation(() => readType('Theme'), {
    description: 'Merges a theme into another, which is given: all its codes count as that.',
  })
  mergeTheme(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => MergeThemeInput }) input: MergeThemeInput,
  ): Promise<Ref> {
    const intoId = decodeId('Theme', input.intoId, 'input.intoId');
    return this.themes.merge(actor, { themeId: themeIdOf(input), intoId });
  }

  @Allow('listening.code')
  @Mutation(() => [readType('Theme')], {
    description: 'Splits a theme into new ones; every testimony of it goes to a part.',
  })
  splitTheme(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => SplitThemeInput }) input: SplitThemeInput,
  ): Promise<readonly Ref[]> {
    const parts = input.parts.map((part, index) => ({
      ...part,
      testimonyIds: part.testimonyIds.map((one, at) =>
        decodeId('Testimony', one, `input.parts.${index}.testimonyIds.${at}`),
      ),
    }));
    return this.splits.split(actor, { themeId: themeIdOf(input), parts });
  }

  @Allow('listening.code')
  @Mutation(() => readType('Testimony'), {
    description: 'Saves or submits your codes. What both coders found is settled with the second submission.',
  })
  saveCoding(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => SaveCodingInput }) input: SaveCodingInput,
  ): Promise<Ref> {
    return this.coding.save(actor, {
      ...input,
      testimonyId: testimonyIdOf(input),
      themeIds: themeIdsOf(input),
    });
  }

  @Allow('listening.code')
  @Mutation(() => readType('Testimony'), { description: 'Settles what two coders did not agree on.' })
  settleCoding(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => SettleCodingInput }) input: SettleCodingInput,
  ): Promise<Ref> {
    return this.coding.settle(actor, {
      ...input,
      testimonyId: testimonyIdOf(input),
      themeIds: themeIdsOf(input),
    });
  }

  @Allow('listening.code')
  @Query(() => CodingAgreementOut, {
    description: 'How far two coders agree, in a session, or in a chapter and those below it.',
  })
  async codingAgreement(
    @CurrentActor() actor: Actor,
    @Args('gatheringId', { type: () => ID, nullable: true }) gatheringId?: string | null,
    @Args('chapterId', { type: () => ID, nullable: true }) chapterId?: string | null,
    @Args('from', { type: () => InstantScalar, nullable: true }) from?: string | null,
    @Args('to', { type: () => InstantScalar, nullable: true }) to?: string | null,
  ): Promise<CodingAgreementOut> {
    const measured: CodingAgreement = await this.agreement.measure(actor, {
      gatheringId: gatheringId == null ? null : decodeId('Gathering', gatheringId, 'gatheringId'),
      chapterId: chapterId == null ? null : decodeId('Chapter', chapterId, 'chapterId'),
      from: from ?? null,
      to: to ?? null,
    });
    const themes = measured.themes.map((one) => ({ ...one, themeId: encodeId('Theme', one.themeId) }));
    return { ...measured, themes };
  }

  @Allow('gatherings.read')
  @Query(() => [ThemeCountOut], {
    description:
      'Themes heard in a chapter and those below it, most heard first. Counts below eleven are hidden from those who do not code there.',
  })
  async themeCounts(
    @CurrentActor() actor: Actor,
    @Args('chapterId', { type: () => ID }) chapterId: string,
  ): Promise<ThemeCountOut[]> {
    const counts = await this.counts.of(actor, decodeId('Chapter', chapterId, 'chapterId'));
    return counts.map((one) => ({
      ...one,
      themeId: encodeId('Theme', one.themeId),
      byChapter: one.byChapter.map((part) => ({ ...part, name: encodeId('Chapter', part.name) })),
    }));
  }

  @Allow('gatherings.read, or having been there')
  @Query(() => [HeardThemeCount], {
    description:
      'What a listening session heard, for the people of that session; counts below eleven are hidden.',
  })
  async heardSummary(
    @CurrentActor() actor: Actor,
    @Args('gatheringId', { type: () => ID }) gatheringId: string,
  ): Promise<HeardThemeCount[]> {
    const heard = await this.counts.heard(actor, decodeId('Gathering', gatheringId, 'gatheringId'));
    return heard.map((one) => ({ ...one, themeId: encodeId('Theme', one.themeId) }));
  }
}

const themeIdOf = ({ themeId }: { themeId: string }): string => decodeId('Theme', themeId, 'input.themeId');
