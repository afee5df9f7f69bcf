import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '@unionhall/identity';
import {
  PartnerConsentsService,
  PartnersService,
  PartnerUsageService,
  type PartnerState,
} from '@unionhall/partners';
import { CurrentActor } from '../graphql/current-actor';
import { decodeId, encodeId } from '../graphql/ids';
import { Allow } from '../graphql/policy';
import { readEnum } from '../graphql/read-enums';
import { readType, type Ref } from '../graphql';
import { CreateAgreementInput, PartnerKey, PartnerKeyFacts } from './partners.types';

@Resolver()
export class PartnersResolver {
  constructor(
    private readonly partners: PartnersService,
    private readonly consents: PartnerConsentsService,
    private readonly usage: PartnerUsageService,
  ) {}

  @Mutation(() => Boolean, {
    description: 'Lets a partner see your data, or stops it: from its next read on.',
  })
  @Allow('self')
  async setPartnerConsent(
    @CurrentActor() actor: Actor,
    @Args('partnerId', { type: () => ID }) partnerId: string,
    @Args('purpose', { type: () => String }) purpose: string,
    @Args('fieldGroups', { type: () => [String] }) fieldGroups: string[],
    @Args('granted', { type: () => Boolean }) granted: boolean,
    @Args('wording', { type: () => String, description: 'The words you agreed to.' }) wording: string,
  ): Promise<boolean> {
    const id = decodeId('Partner', partnerId);
    await this.consents.set(actor, { partnerId: id, purpose, fieldGroups, granted, wording });
    return true;
  }

  @Mutation(() => readType('Partner'), { description: 'Adds a coalition partner.' })
  @Allow('partners.manage')
  async createPartner(
    @CurrentActor() actor: Actor,
    @Args('name', { type: () => String }) name: string,
    @Args('slug', { type: () => String }) slug: string,
  ): Promise<Ref> {
    return { id: await this.partners.create(actor, { name, slug }) };
  }

  @Mutation(() => readType('Agreement'), { description: 'Writes down what is shared with a partner.' })
  @Allow('partners.manage')
  async createAgreement(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => CreateAgreementInput }) input: CreateAgreementInput,
  ): Promise<Ref> {
    const id = await this.partners.agree(actor, {
      partnerId: decodeId('Partner', input.partnerId),
      purposes: input.purposes,
      fieldGroups: input.fieldGroups,
      campaignIds: input.campaignIds.map((one) => decodeId('Campaign', one)),
      startsAt: new Date(input.startsAt),
      endsAt: input.endsAt == null ? undefined : new Date(input.endsAt),
    });
    return { id };
  }

  @Mutation(() => PartnerKey, { description: 'Issues a key of 1 to 400 days.' })
  @Allow('partners.manage')
  async issuePartnerKey(
    @CurrentActor() actor: Actor,
    @Args('partnerId', { type: () => ID }) partnerId: string,
    @Args('label', { type: () => String }) label: string,
    @Args('days', { type: () => Int }) days: number,
  ): Promise<PartnerKey> {
    const issued = await this.partners.issueKey(actor, {
      partnerId: decodeId('Partner', partnerId),
      label,
      days,
    });
    return { ...issued, id: encodeId('PartnerKey', issued.id) };
  }

  @Query(() => [PartnerKeyFacts], { description: "A partner's keys, newest first." })
  @Allow('partners.manage')
  async partnerKeys(
    @CurrentActor() actor: Actor,
    @Args('partnerId', { type: () => ID }) partnerId: string,
  ): Promise<PartnerKeyFacts[]> {
    const keys = await this.usage.keys(actor, decodeId('Partner', partnerId));
    return keys.map((key) => ({ ...key, id: encodeId('PartnerKey', key.id) }));
  }

  @Mutation(() => Boolean, { description: 'Revokes a key; the next read with it is refused.' })
  @Allow('partners.manage')
  async revokePartnerKey(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<boolean> {
    await this.partners.revokeKey(actor, decodeId('PartnerKey', id));
    return true;
  }

  @Mutation(() => readType('Partner'), { description: 'Suspends, ends or readmits a partner.' })
  @Allow('partners.manage')
  async setPartnerState(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('state', { type: () => readEnum('PartnerState') }) state: string,
  ): Promise<Ref> {
    const partnerId = decodeId('Partner', id);
    await this.partners.setState(actor, partnerId, state as PartnerState);
    return { id: partnerId };
  }
}
