import { Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '@unionhall/identity';
import { PartnerUsageService } from '@unionhall/partners';
import { CurrentActor } from '../graphql/current-actor';
import { PARTNER_LIMITS } from '../graphql/limits';
import { Allow } from '../graphql/policy';
import { Partnership } from './partnership.types';

@Resolver()
export class PartnershipResolver {
  constructor(private readonly usage: PartnerUsageService) {}

  @Query(() => Partnership, { nullable: true, description: 'Your agreements, your key and what you used.' })
  @Allow('any partner')
  async partnership(@CurrentActor() actor: Actor): Promise<Partnership | undefined> {
    const found = await this.usage.partnership(actor);
    return found === undefined
      ? undefined
      : { ...found, limits: { ...PARTNER_LIMITS, peoplePerDay: found.today.peoplePerDay } };
  }
}
