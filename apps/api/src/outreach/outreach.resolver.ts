import { Args, Field, ID, InputType, Mutation, Resolver } from '@nestjs/graphql';
import type { Actor } from '@unionhall/identity';
import { SequencesService } from '@unionhall/outreach';
import { MEMBER_STATUSES } from '@unionhall/members';
import { Allow, CurrentActor, decodeId, readEnum, readType, type Ref } from '../graphql';

@InputType()
class SegmentInput {
  @Field(() => ID, { description: 'This chapter and all below it.' })
  chapterId: string;

  @Field(() => String, { nullable: true, description: 'BCP 47.' })
  language?: string | null;

  @Field(() => String, { nullable: true })
  tag?: string | null;

  @Field(() => readEnum('MemberStatus', MEMBER_STATUSES), { nullable: true })
  status?: string | null;
}

@Resolver()
export class OutreachResolver {
  constructor(private readonly sequences: SequencesService) {}

  @Allow('outreach.run')
  @Mutation(() => readType('Sequence'), {
    description:
      'Starts invitation, reminder and follow-ups of a training. The same key and request give the same sequence.',
  })
  startTrainingSequence(
    @CurrentActor() actor: Actor,
    @Args('gatheringId', { type: () => ID }) gatheringId: string,
    @Args('segment') segment: SegmentInput,
    @Args('idempotencyKey', { description: '8 to 200 characters of your choice.' }) idempotencyKey: string,
  ): Promise<Ref> {
    return this.sequences.startTraining(actor, {
      gatheringId: decodeId('Gathering', gatheringId, 'gatheringId'),
      segment: { ...segment, chapterId: decodeId('Chapter', segment.chapterId, 'segment.chapterId') },
      idempotencyKey,
    });
  }

  @Allow('outreach.run')
  @Mutation(() => readType('Sequence'), {
    description: 'Nobody moves and nothing is sent until it is resumed.',
  })
  holdSequence(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<Ref> {
    return this.sequences.hold(actor, decodeId('Sequence', id, 'id'));
  }

  @Allow('outreach.run')
  @Mutation(() => readType('Sequence'))
  resumeSequence(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<Ref> {
    return this.sequences.resume(actor, decodeId('Sequence', id, 'id'));
  }

  @Allow('outreach.run')
  @Mutation(() => readType('Sequence'), { description: 'Everyone inside leaves; what was due is not sent.' })
  endSequence(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<Ref> {
    return this.sequences.end(actor, decodeId('Sequence', id, 'id'));
  }
}
