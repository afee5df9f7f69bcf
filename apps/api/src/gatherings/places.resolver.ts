import { Args, ID, Int, Mutation, Resolver } from '@nestjs/graphql';
import { PlacesService } from '@unionhall/gatherings';
import type { Actor } from '@unionhall/identity';
import { Allow, CurrentActor, decodeId, readType, type Ref } from '../graphql';
import { InviteToGatheringInput } from './gathering-inputs';

@Resolver()
export class PlacesResolver {
  constructor(private readonly places: PlacesService) {}

  @Mutation(() => Int, { description: 'Invites members; gives how many are newly invited.' })
  @Allow('gatherings.edit')
  inviteToGathering(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => InviteToGatheringInput }) input: InviteToGatheringInput,
  ): Promise<number> {
    const gatheringId = decodeId('Gathering', input.gatheringId, 'input.gatheringId');
    const memberIds = input.memberIds.map((id, index) => decodeId('Member', id, `input.memberIds.${index}`));
    return this.places.invite(actor, gatheringId, memberIds);
  }

  @Mutation(() => readType('Rsvp'), { description: 'Lets in somebody who asked.' })
  @Allow('gatherings.edit')
  async approveRsvp(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) given: string,
  ): Promise<Ref> {
    const id = decodeId('Rsvp', given, 'id');
    await this.places.approve(actor, id);
    return { id };
  }

  @Mutation(() => readType('Rsvp'), { description: 'Does not let in somebody who asked; they read why.' })
  @Allow('gatherings.edit')
  async refuseRsvp(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) given: string,
    @Args('reason', { type: () => String }) reason: string,
  ): Promise<Ref> {
    const id = decodeId('Rsvp', given, 'id');
    await this.places.refuse(actor, id, reason);
    return { id };
  }
}
