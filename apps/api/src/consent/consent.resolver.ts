import { Args, Mutation, Resolver } from '@nestjs/graphql';
import {
  CHANNELS,
  CONSENT_PURPOSES,
  ConsentService,
  type Channel,
  type ConsentPurpose,
} from '@unionhall/consent';
import type { Actor } from '@unionhall/identity';
import { Allow, CurrentActor, readEnum, readType, type Ref } from '../graphql';
import { requireMember } from '../members/require-member';

@Resolver()
export class ConsentResolver {
  constructor(private readonly consents: ConsentService) {}

  @Allow('self')
  @Mutation(() => readType('Member'), {
    description: 'Allows or takes back one purpose through one channel.',
  })
  async setMyConsent(
    @CurrentActor() actor: Actor,
    @Args('purpose', { type: () => readEnum('ConsentPurpose', CONSENT_PURPOSES) }) purpose: ConsentPurpose,
    @Args('channel', { type: () => readEnum('ConsentChannel', CHANNELS) }) channel: Channel,
    @Args('granted') granted: boolean,
    @Args('wording', { description: 'The words that were shown.' }) wording: string,
  ): Promise<Ref> {
    const memberId = requireMember(actor);
    await this.consents.set(actor, { memberId, purpose, channel, granted, wording, source: 'portal' });
    return { id: memberId };
  }

  @Allow('self')
  @Mutation(() => readType('Member'), { description: 'Withdraws every consent at once.' })
  async stopEverything(@CurrentActor() actor: Actor): Promise<Ref> {
    const memberId = requireMember(actor);
    await this.consents.stopEverything(actor, memberId, 'portal');
    return { id: memberId };
  }
}
