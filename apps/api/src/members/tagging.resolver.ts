import { Args, Field, ID, Int, Mutation, ObjectType, Resolver } from '@nestjs/graphql';
import type { Actor } from '@unionhall/identity';
import { TaggingService, type Tagging } from '@unionhall/members';
import type { Reads } from '@unionhall/platform';
import { Allow, CurrentActor, CurrentReads, decodeId, encodeId, readFilter } from '../graphql';

@ObjectType({ description: 'What became of a change to the tags of many members.' })
class TagMembersPayload {
  @Field(() => Int, { description: 'Members that the filter found.' })
  matched: number;

  @Field(() => Int, { description: 'Of them, members that you may see and not edit: they stay as they are.' })
  outOfReach: number;

  @Field(() => Int, { description: 'Members whose tags are different now.' })
  changed: number;

  @Field(() => ID, {
    nullable: true,
    description: 'What undoTagging takes, for 30 days; null when nothing changed.',
  })
  runId: string | null;
}

const payload = (tagging: Tagging): TagMembersPayload => ({
  ...tagging,
  runId: tagging.runId === null ? null : encodeId('TagRun', tagging.runId),
});

@Resolver()
export class TaggingResolver {
  constructor(private readonly tagging: TaggingService) {}

  @Allow('members.edit')
  @Mutation(() => TagMembersPayload, { description: 'Puts tags on all members that a filter finds.' })
  async tagMembers(
    @CurrentActor() actor: Actor,
    @CurrentReads() reads: Reads,
    @Args('filter', { type: () => readFilter('Member') }) filter: Record<string, unknown>,
    @Args('tags', { type: () => [String] }) tags: string[],
  ): Promise<TagMembersPayload> {
    return payload(await this.tagging.putOn(actor, reads.pick('members', filter, actor), tags));
  }

  @Allow('members.edit')
  @Mutation(() => TagMembersPayload, { description: 'Takes tags off all members that a filter finds.' })
  async untagMembers(
    @CurrentActor() actor: Actor,
    @CurrentReads() reads: Reads,
    @Args('filter', { type: () => readFilter('Member') }) filter: Record<string, unknown>,
    @Args('tags', { type: () => [String] }) tags: string[],
  ): Promise<TagMembersPayload> {
    return payload(await this.tagging.takeOff(actor, reads.pick('members', filter, actor), tags));
  }

  @Allow('members.edit')
  @Mutation(() => Int, {
    description: 'Takes back what a change of tags changed, and nothing else; gives how many members.',
  })
  undoTagging(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<number> {
    return this.tagging.undo(actor, decodeId('TagRun', id, 'id'));
  }
}
