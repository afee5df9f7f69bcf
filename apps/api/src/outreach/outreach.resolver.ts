import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import type { Actor } from '@unionhall/identity';
import { SequencesService, TasksService } from '@unionhall/outreach';
import { Allow, CurrentActor, decodeId, readType, type Ref } from '../graphql';
import { SegmentInput, segmentOf } from './segment-input';

@Resolver()
export class OutreachResolver {
  constructor(
    private readonly sequences: SequencesService,
    private readonly tasks: TasksService,
  ) {}

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
      segment: segmentOf(segment, 'segment'),
      idempotencyKey,
    });
  }

  @Allow('outreach.run')
  @Mutation(() => readType('Sequence'), {
    description: 'Lets everyone of a segment into a published sequence.',
  })
  enrolInSequence(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('segment') segment: SegmentInput,
    @Args('idempotencyKey', { description: '8 to 200 characters of your choice.' }) idempotencyKey: string,
  ): Promise<Ref> {
    return this.sequences.enrol(
      actor,
      decodeId('Sequence', id, 'id'),
      segmentOf(segment, 'segment'),
      idempotencyKey,
    );
  }

  @Allow('outreach.run')
  @Mutation(() => readType('Sequence'), { description: "A second organizer's yes to a large audience." })
  approveSequence(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<Ref> {
    return this.sequences.approve(actor, decodeId('Sequence', id, 'id'));
  }

  @Allow('outreach.run')
  @Mutation(() => readType('Sequence'), { description: 'Nobody enters any more; those inside go on.' })
  stopSequenceEntries(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<Ref> {
    return this.sequences.stopEntries(actor, decodeId('Sequence', id, 'id'));
  }

  @Allow('outreach.run')
  @Mutation(() => readType('Sequence'))
  allowSequenceEntries(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<Ref> {
    return this.sequences.allowEntries(actor, decodeId('Sequence', id, 'id'));
  }

  @Allow('outreach.run')
  @Mutation(() => readType('Task'), { description: 'It is done, or not after all.' })
  completeTask(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('done', { defaultValue: true }) done: boolean,
  ): Promise<Ref> {
    return this.tasks.complete(actor, decodeId('Task', id, 'id'), done);
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
