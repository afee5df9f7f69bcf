import { Args, Field, ID, InputType, Mutation, Resolver } from '@nestjs/graphql';
import type { Actor } from '@unionhall/identity';
import { MembersService, MEMBER_STATUSES, type MemberStatus } from '@unionhall/members';
import { Allow, CurrentActor, decodeId, JsonScalar, readEnum, readType, type Ref } from '../graphql';
import { requireMember } from './require-member';

@InputType()
class ProfileInput {
  @Field(() => String, { nullable: true })
  givenName?: string;

  @Field(() => String, { nullable: true })
  familyName?: string;

  @Field(() => String, { nullable: true })
  email?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'International form; read as a number of `country` otherwise.',
  })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'BCP 47.' })
  language?: string;

  @Field(() => String, { nullable: true, description: 'IANA name.' })
  timeZone?: string | null;

  @Field(() => String, { nullable: true })
  postalCode?: string | null;

  @Field(() => String, { nullable: true, description: 'ISO 3166, two letters.' })
  country?: string | null;
}

@InputType()
class MemberInput extends ProfileInput {
  @Field(() => readEnum('MemberStatus', MEMBER_STATUSES), { nullable: true })
  status?: MemberStatus;
}

@Resolver()
export class MembersResolver {
  constructor(private readonly members: MembersService) {}

  @Allow('members.edit')
  @Mutation(() => readType('Member'), { description: 'Adds a person to a chapter.' })
  createMember(
    @CurrentActor() actor: Actor,
    @Args('chapterId', { type: () => ID }) chapterId: string,
    @Args('input') input: MemberInput,
  ): Promise<Ref> {
    return this.members.create(actor, { ...input, chapterId: decodeId('Chapter', chapterId, 'chapterId') });
  }

  @Allow('members.edit')
  @Mutation(() => readType('Member'))
  updateMember(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('input') input: MemberInput,
  ): Promise<Ref> {
    return this.members.update(actor, decodeId('Member', id, 'id'), input);
  }

  @Allow('members.edit')
  @Mutation(() => readType('Member'), { description: "Changes a member's home chapter." })
  moveMember(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('chapterId', { type: () => ID }) chapterId: string,
  ): Promise<Ref> {
    return this.members.move(
      actor,
      decodeId('Member', id, 'id'),
      decodeId('Chapter', chapterId, 'chapterId'),
    );
  }

  @Allow('members.edit')
  @Mutation(() => readType('Member'))
  tagMember(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('tags', { type: () => [String] }) tags: string[],
  ): Promise<Ref> {
    return this.members.tag(actor, decodeId('Member', id, 'id'), tags);
  }

  @Allow('members.edit')
  @Mutation(() => readType('Member'))
  untagMember(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('tags', { type: () => [String] }) tags: string[],
  ): Promise<Ref> {
    return this.members.untag(actor, decodeId('Member', id, 'id'), tags);
  }

  @Allow('self')
  @Mutation(() => readType('Member'), { description: 'Changes your own profile.' })
  updateMyProfile(@CurrentActor() actor: Actor, @Args('input') input: ProfileInput): Promise<Ref> {
    return this.members.updateProfile(actor, requireMember(actor), input);
  }

  @Allow('self')
  @Mutation(() => JsonScalar, { description: 'Everything the union keeps about you.' })
  exportMyData(@CurrentActor() actor: Actor): Promise<Record<string, unknown>> {
    return this.members.exportOwn(actor, requireMember(actor));
  }

  @Allow('self')
  @Mutation(() => Boolean, { description: 'Leaves the union; everything about you is erased at once.' })
  async leaveAndErase(@CurrentActor() actor: Actor): Promise<boolean> {
    await this.members.leave(actor, requireMember(actor));
    return true;
  }
}
