import { Args, ID, Resolver, Subscription } from '@nestjs/graphql';
import type { Actor } from '@unionhall/identity';
import { Progress } from '@unionhall/outreach';
import { Allow, CurrentActor, CurrentEnd, decodeId, readType } from '../graphql';

@Resolver()
export class ProgressResolver {
  constructor(private readonly progress: Progress) {}

  @Allow('outreach.run')
  @Subscription(() => readType('Sequence'), {
    nullable: true,
    description: 'The query of this name, at once and again whenever its answer has changed.',
  })
  sequence(
    @CurrentActor() actor: Actor,
    @CurrentEnd() ended: AbortSignal,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<AsyncIterable<true>> {
    return this.progress.changes(actor, decodeId('Sequence', id, 'id'), ended);
  }
}
