import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { SeriesChanges, SeriesService, type SeriesScope } from '@unionhall/gatherings';
import type { Actor } from '@unionhall/identity';
import { Allow, CurrentActor, decodeId, readType, type Ref } from '../graphql';
import {
  CopySeriesInput,
  ScheduleSeriesInput,
  SeriesDateAnswer,
  SeriesDatesInput,
  SeriesScopeChoice,
  UpdateSeriesInput,
  UpdateSeriesPayload,
} from './series-inputs';

@Resolver()
export class SeriesResolver {
  constructor(
    private readonly series: SeriesService,
    private readonly changes: SeriesChanges,
  ) {}

  @Query(() => [SeriesDateAnswer], { description: 'The dates that a series would have.' })
  @Allow('gatherings.edit')
  seriesDates(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => SeriesDatesInput }) input: SeriesDatesInput,
  ): SeriesDateAnswer[] {
    return this.series.preview(actor, input).map(({ local, startsAt, endsAt }) => ({
      local,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
    }));
  }

  @Mutation(() => readType('GatheringSeries'), {
    description: 'Announces gatherings that repeat: all of their dates, or none.',
  })
  @Allow('gatherings.edit')
  async scheduleSeries(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => ScheduleSeriesInput }) input: ScheduleSeriesInput,
  ): Promise<Ref> {
    const chapterId = decodeId('Chapter', input.chapterId, 'input.chapterId');
    return { id: await this.series.schedule(actor, { ...input, chapterId }) };
  }

  @Mutation(() => UpdateSeriesPayload, { description: 'Changes many dates of a series at once.' })
  @Allow('gatherings.edit')
  updateSeries(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => UpdateSeriesInput }) input: UpdateSeriesInput,
  ): Promise<UpdateSeriesPayload> {
    const gatheringId = decodeId('Gathering', input.gatheringId, 'input.gatheringId');
    return this.changes.update(actor, { ...input, gatheringId });
  }

  @Mutation(() => Int, { description: 'Cancels many dates of a series at once; gives how many.' })
  @Allow('gatherings.edit')
  cancelSeries(
    @CurrentActor() actor: Actor,
    @Args('gatheringId', { type: () => ID }) given: string,
    @Args('scope', { type: () => SeriesScopeChoice }) scope: SeriesScope,
  ): Promise<number> {
    return this.changes.cancel(actor, decodeId('Gathering', given, 'gatheringId'), scope);
  }

  @Mutation(() => readType('GatheringSeries'), {
    description: 'Announces the series of one chapter in another.',
  })
  @Allow('gatherings.edit')
  async copySeries(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => CopySeriesInput }) input: CopySeriesInput,
  ): Promise<Ref> {
    const seriesId = decodeId('GatheringSeries', input.seriesId, 'input.seriesId');
    const chapterId = decodeId('Chapter', input.chapterId, 'input.chapterId');
    return { id: await this.series.copy(actor, { ...input, seriesId, chapterId }) };
  }
}
