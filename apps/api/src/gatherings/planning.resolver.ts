import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import { FacilitatorsService, OutlinesService } from '@unionhall/gatherings';
import type { Actor } from '@unionhall/identity';
import { Allow, CurrentActor, decodeId, readType, type Ref } from '../graphql';
import { AskFacilitatorInput, SaveOutlineInput } from './planning-inputs';

@Resolver()
export class PlanningResolver {
  constructor(
    private readonly facilitators: FacilitatorsService,
    private readonly outlines: OutlinesService,
  ) {}

  @Mutation(() => readType('Facilitator'), {
    description: 'Asks a member to lead a gathering, or to help lead it.',
  })
  @Allow('gatherings.edit')
  async askFacilitator(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => AskFacilitatorInput }) input: AskFacilitatorInput,
  ): Promise<Ref> {
    const id = await this.facilitators.ask(actor, {
      gatheringId: decodeId('Gathering', input.gatheringId, 'input.gatheringId'),
      memberId: decodeId('Member', input.memberId, 'input.memberId'),
      role: input.role,
    });
    return { id };
  }

  @Mutation(() => Boolean, { description: 'Takes somebody off a gathering.' })
  @Allow('gatherings.edit')
  async releaseFacilitator(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<boolean> {
    await this.facilitators.release(actor, decodeId('Facilitator', id, 'id'));
    return true;
  }

  @Mutation(() => readType('Facilitator'), {
    description: 'Whoever was asked says whether they take the role.',
  })
  @Allow('self')
  async answerFacilitation(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) given: string,
    @Args('takes', { type: () => Boolean }) takes: boolean,
  ): Promise<Ref> {
    const id = decodeId('Facilitator', given, 'id');
    await this.facilitators.answer(actor, id, takes);
    return { id };
  }

  @Mutation(() => readType('GatheringOutline'), {
    description: 'Keeps an outline that gatherings are planned from.',
  })
  @Allow('gatherings.edit')
  async saveOutline(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => SaveOutlineInput }) input: SaveOutlineInput,
  ): Promise<Ref> {
    const { outlineId } = input;
    const id = await this.outlines.save(actor, {
      ...input,
      chapterId: decodeId('Chapter', input.chapterId, 'input.chapterId'),
      outlineId: outlineId == null ? null : decodeId('GatheringOutline', outlineId, 'input.outlineId'),
    });
    return { id };
  }

  @Mutation(() => Boolean, { description: 'Planners are no longer offered it.' })
  @Allow('gatherings.edit')
  async retireOutline(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<boolean> {
    await this.outlines.retire(actor, decodeId('GatheringOutline', id, 'id'));
    return true;
  }
}
