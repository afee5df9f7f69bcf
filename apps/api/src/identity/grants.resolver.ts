import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { GrantsService, PERMISSIONS, UsersService, type Actor, type Role } from '@unionhall/identity';
import { CurrentActor } from '../graphql/current-actor';
import { decodeId } from '../graphql/ids';
import { Allow } from '../graphql/policy';
import { readType, type Ref } from '../graphql';
import { GrantRoleInput } from './identity.types';

@Resolver()
export class GrantsResolver {
  constructor(
    private readonly grants: GrantsService,
    private readonly users: UsersService,
  ) {}

  @Query(() => [String], { description: 'What you may do, in at least one chapter.' })
  @Allow('anyone')
  myPermissions(@CurrentActor() actor: Actor): string[] {
    return PERMISSIONS.filter((permission) => actor.can(permission) !== false);
  }

  @Mutation(() => readType('RoleGrant'), { description: 'Gives a role; nobody gives more than they hold.' })
  @Allow('grants.manage')
  async grantRole(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => GrantRoleInput }) input: GrantRoleInput,
  ): Promise<Ref> {
    const { email, role, chapterId, purposes, expiresAt } = input;
    const grant = {
      role: role as Role,
      chapterId: chapterId == null ? undefined : decodeId('Chapter', chapterId),
      purposes,
      expiresAt: expiresAt == null ? undefined : new Date(expiresAt),
    };
    return { id: await this.grants.giveTo(actor, email, grant) };
  }

  @Mutation(() => Boolean, { description: 'Takes a grant back; it stops at the next read.' })
  @Allow('grants.manage')
  async revokeGrant(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<boolean> {
    await this.grants.revoke(actor, decodeId('RoleGrant', id));
    return true;
  }

  @Mutation(() => Boolean, { description: 'Shuts a user out; their next read is refused.' })
  @Allow('grants.manage')
  async disableUser(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<boolean> {
    await this.users.disable(actor, decodeId('User', id));
    return true;
  }
}
