import { Args, Field, ID, InputType, Mutation, Resolver } from '@nestjs/graphql';
import type { Actor } from '@unionhall/identity';
import { ImportsService } from '@unionhall/members';
import { Allow, CurrentActor, decodeId, readType, type Ref } from '../graphql';

@InputType({ description: 'Consent that the people of a file gave elsewhere.' })
class StatedConsentInput {
  @Field(() => [String])
  purposes!: string[];

  @Field(() => [String])
  channels!: string[];

  @Field({ description: 'Where and in which words it was given.' })
  wording!: string;
}

@InputType()
class CommitImportInput {
  @Field(() => ID)
  id!: string;

  @Field(() => StatedConsentInput, {
    nullable: true,
    description: 'Without it the import carries no consent.',
  })
  consent?: StatedConsentInput | null;
}

@Resolver()
export class ImportsResolver {
  constructor(private readonly imports: ImportsService) {}

  @Allow('members.import')
  @Mutation(() => readType('ImportRun'), {
    description: 'Asks for a preview to be written: whole, or not at all. Asking again changes nothing.',
  })
  commitImport(
    @CurrentActor() actor: Actor,
    @Args('input') { id, consent }: CommitImportInput,
  ): Promise<Ref> {
    return this.imports.commit(actor, decodeId('ImportRun', id, 'input.id'), consent ?? undefined);
  }

  @Allow('members.import')
  @Mutation(() => readType('ImportRun'), {
    description: 'Asks for a commit to be taken back; records that changed since stay.',
  })
  undoImport(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<Ref> {
    return this.imports.undo(actor, decodeId('ImportRun', id, 'id'));
  }
}
