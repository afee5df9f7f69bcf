import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import { CampaignsService, CommitmentsService } from '@unionhall/campaigns';
import type { Actor } from '@unionhall/identity';
import { Allow, CurrentActor, decodeId, readType, type Ref } from '../graphql';
import {
  AddDemandInput,
  AddDemandResponseInput,
  CheckInInput,
  CreateCampaignInput,
  PledgeInput,
} from './campaign-inputs';

@Resolver()
export class CampaignsResolver {
  constructor(
    private readonly campaigns: CampaignsService,
    private readonly commitments: CommitmentsService,
  ) {}

  @Mutation(() => readType('Campaign'), { description: 'Opens a campaign with its phases and demands.' })
  @Allow('campaigns.edit')
  async createCampaign(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => CreateCampaignInput }) input: CreateCampaignInput,
  ): Promise<Ref> {
    const chapterId = decodeId('Chapter', input.chapterId, 'input.chapterId');
    return { id: await this.campaigns.create(actor, { ...input, chapterId }) };
  }

  @Mutation(() => readType('Demand'), { description: 'Adds a demand behind the others.' })
  @Allow('campaigns.edit')
  async addDemand(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => AddDemandInput }) input: AddDemandInput,
  ): Promise<Ref> {
    const campaignId = decodeId('Campaign', input.campaignId, 'input.campaignId');
    return { id: await this.campaigns.addDemand(actor, { ...input, campaignId }) };
  }

  @Mutation(() => readType('DemandResponse'), { description: 'Notes what the target answered.' })
  @Allow('campaigns.edit')
  async addDemandResponse(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => AddDemandResponseInput }) input: AddDemandResponseInput,
  ): Promise<Ref> {
    const demandId = decodeId('Demand', input.demandId, 'input.demandId');
    return { id: await this.campaigns.addResponse(actor, { ...input, demandId }) };
  }

  @Mutation(() => readType('Commitment'), { description: 'A member pledges.' })
  @Allow('self')
  async pledge(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => PledgeInput }) input: PledgeInput,
  ): Promise<Ref> {
    const id = await this.commitments.pledge(actor, {
      ...input,
      campaignId: decodeId('Campaign', input.campaignId, 'input.campaignId'),
      phaseId: input.phaseId == null ? null : decodeId('CampaignPhase', input.phaseId, 'input.phaseId'),
      platformIds: (input.platformIds ?? []).map((one, index) =>
        decodeId('Platform', one, `input.platformIds.${index}`),
      ),
    });
    return { id };
  }

  @Mutation(() => readType('Commitment'), { description: 'Says whether a commitment was kept.' })
  @Allow('self')
  async checkIn(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => CheckInInput }) input: CheckInInput,
  ): Promise<Ref> {
    const id = decodeId('Commitment', input.commitmentId, 'input.commitmentId');
    await this.commitments.checkIn(actor, { ...input, commitmentId: id });
    return { id };
  }

  @Mutation(() => readType('Commitment'), { description: 'Takes a pledge back.' })
  @Allow('self')
  async withdrawCommitment(
    @CurrentActor() actor: Actor,
    @Args('commitmentId', { type: () => ID }) given: string,
  ): Promise<Ref> {
    const id = decodeId('Commitment', given, 'commitmentId');
    await this.commitments.withdraw(actor, id);
    return { id };
  }
}
