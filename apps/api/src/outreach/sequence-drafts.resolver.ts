import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '@unionhall/identity';
import {
  CorrectionsService,
  DraftsService,
  DryRunService,
  type People,
  type Resolution,
} from '@unionhall/outreach';
import { Allow, CurrentActor, decodeId, readType, type Ref } from '../graphql';
import { SegmentInput, segmentOf } from './segment-input';
import {
  CorrectMessageInput,
  CreateSequenceInput,
  DeliveryResolution,
  PeopleInside,
  SaveSequenceDraftInput,
  SequenceDryRun,
  SequenceProblem,
  settingsOf,
} from './sequence-inputs';

@Resolver()
export class SequenceDraftsResolver {
  constructor(
    private readonly drafts: DraftsService,
    private readonly dryRuns: DryRunService,
    private readonly corrections: CorrectionsService,
  ) {}

  @Allow('outreach.run')
  @Mutation(() => readType('Sequence'), { description: 'A new sequence, as a draft: nothing starts.' })
  createSequence(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => CreateSequenceInput }) input: CreateSequenceInput,
  ): Promise<Ref> {
    const gatheringId =
      input.gatheringId == null ? null : decodeId('Gathering', input.gatheringId, 'input.gatheringId');
    const definition = { ...settingsOf(input), purpose: input.purpose, gatheringId };
    return this.drafts.create(actor, definition, input.idempotencyKey);
  }

  @Allow('outreach.run')
  @Mutation(() => readType('Sequence'), {
    description: 'Saves the draft whole; of a published sequence it is the draft of the next version.',
  })
  saveSequenceDraft(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => SaveSequenceDraftInput }) input: SaveSequenceDraftInput,
  ): Promise<Ref> {
    return this.drafts.save(
      actor,
      decodeId('Sequence', input.id, 'input.id'),
      settingsOf(input),
      input.revision ?? null,
    );
  }

  @Allow('outreach.run')
  @Query(() => [SequenceProblem], {
    description: 'What stands against publishing the draft; nothing when it is ready.',
  })
  async sequenceProblems(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<SequenceProblem[]> {
    return [...(await this.drafts.check(actor, decodeId('Sequence', id, 'id')))];
  }

  @Allow('outreach.run')
  @Query(() => SequenceDryRun, {
    description: 'Of the draft, or of what is published; for a segment, or its own.',
  })
  async sequenceDryRun(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('segment', { type: () => SegmentInput, nullable: true }) segment?: SegmentInput,
  ): Promise<SequenceDryRun> {
    const meant = segment == null ? undefined : segmentOf(segment, 'segment');
    const { refused, ...rest } = await this.dryRuns.run(actor, decodeId('Sequence', id, 'id'), meant);
    return {
      ...rest,
      reachable: [...rest.reachable],
      messages: [...rest.messages],
      refused: refused.map(({ memberIds, ...one }) => ({
        ...one,
        members: memberIds.map((member) => ({ id: member })),
      })),
    };
  }

  @Allow('outreach.run')
  @Mutation(() => readType('Sequence'), {
    description:
      'The draft becomes what the sequence does. Those inside move to it, finish what they are in, or stop.',
  })
  publishSequence(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('people', { type: () => PeopleInside }) people: People,
    @Args('idempotencyKey', { description: '8 to 200 characters of your choice.' }) idempotencyKey: string,
  ): Promise<Ref> {
    return this.drafts.publish(actor, decodeId('Sequence', id, 'id'), people, idempotencyKey);
  }

  @Allow('outreach.run')
  @Mutation(() => readType('Sequence'), {
    description: 'Leads yourself through it at once, every wait cut to nothing; gives the run to look at.',
  })
  trySequence(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<Ref> {
    return this.corrections.tryOut(actor, decodeId('Sequence', id, 'id'));
  }

  @Allow('outreach.run')
  @Mutation(() => readType('Sequence'), {
    description: 'One message to exactly those who were sent another, never past an opt-out.',
  })
  correctMessage(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => CorrectMessageInput }) input: CorrectMessageInput,
  ): Promise<Ref> {
    return this.corrections.correct(actor, {
      ...input,
      stepId: decodeId('SequenceStep', input.stepId, 'input.stepId'),
    });
  }

  @Allow('outreach.run')
  @Mutation(() => readType('Delivery'), {
    description: 'What an organizer found out about a message that may or may not have arrived.',
  })
  resolveDelivery(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('resolution', { type: () => DeliveryResolution }) resolution: Resolution,
  ): Promise<Ref> {
    return this.corrections.resolve(actor, decodeId('Delivery', id, 'id'), resolution);
  }
}
