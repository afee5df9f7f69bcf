import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import type { Actor } from '@unionhall/identity';
import { REPLY_OUTCOMES, RepliesService, type ReplyOutcome } from '@unionhall/outreach';
import { Allow, CurrentActor, decodeId, readEnum, readType, type Ref } from '../graphql';

@Resolver()
export class RepliesResolver {
  constructor(private readonly replies: RepliesService) {}

  @Allow('outreach.run')
  @Mutation(() => readType('Reply'), {
    description:
      'Closes a reply. noted or resumed: the sequences of its sender go on; stopped: no more messages to them.',
  })
  handleReply(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('outcome', { type: () => readEnum('ReplyOutcome', REPLY_OUTCOMES) }) outcome: ReplyOutcome,
  ): Promise<Ref> {
    return this.replies.handle(actor, decodeId('Reply', id, 'id'), outcome);
  }
}
