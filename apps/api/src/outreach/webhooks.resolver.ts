import { Args, Field, ID, InputType, Mutation, ObjectType, Resolver } from '@nestjs/graphql';
import type { Actor } from '@unionhall/identity';
import { WebhookEndpointsService, type ShownSecret } from '@unionhall/outreach';
import { Allow, CurrentActor, decodeId, encodeId, readType, type Ref } from '../graphql';

@InputType()
export class CreateWebhookEndpointInput {
  @Field(() => ID)
  chapterId: string;

  @Field()
  name: string;

  @Field({ description: 'By https.' })
  url: string;
}

@ObjectType({ description: 'The secret of an endpoint, shown here and not again.' })
export class WebhookSecret {
  @Field(() => ID, { description: 'Of the endpoint.' })
  endpointId: string;

  @Field({ description: 'As Standard Webhooks writes it: whsec_…' })
  secret: string;
}

const shown = ({ id, secret }: ShownSecret): WebhookSecret => ({
  endpointId: encodeId('WebhookEndpoint', id),
  secret,
});

@Resolver()
export class WebhooksResolver {
  constructor(private readonly endpoints: WebhookEndpointsService) {}

  @Allow('outreach.run')
  @Mutation(() => WebhookSecret, { description: 'An address that sequences may call.' })
  async createWebhookEndpoint(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => CreateWebhookEndpointInput }) input: CreateWebhookEndpointInput,
  ): Promise<WebhookSecret> {
    const chapterId = decodeId('Chapter', input.chapterId, 'input.chapterId');
    return shown(await this.endpoints.create(actor, { ...input, chapterId }));
  }

  @Allow('outreach.run')
  @Mutation(() => WebhookSecret, {
    description: 'A new secret; for a day calls are signed with the old one too.',
  })
  async rotateWebhookSecret(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<WebhookSecret> {
    return shown(await this.endpoints.rotate(actor, decodeId('WebhookEndpoint', id, 'id')));
  }

  @Allow('outreach.run')
  @Mutation(() => readType('WebhookEndpoint'), { description: 'It is called no more; what was due fails.' })
  disableWebhookEndpoint(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<Ref> {
    return this.endpoints.disable(actor, decodeId('WebhookEndpoint', id, 'id'));
  }
}
