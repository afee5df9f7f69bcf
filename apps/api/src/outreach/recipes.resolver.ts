import { Field, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { CONSENT_PURPOSES, type ConsentPurpose } from '@unionhall/consent';
import { RECIPES, type Reentry } from '@unionhall/outreach';
import { Allow, JsonScalar, readEnum } from '../graphql';
import { REENTRIES } from './sequence-inputs';

@ObjectType({ description: 'A sequence that is ready to be drafted.' })
export class SequenceRecipe {
  @Field({ description: 'Stable, like thanks.' })
  key: string;

  @Field(() => JsonScalar, { description: 'In English and Spanish.' })
  title: unknown;

  @Field(() => JsonScalar, { description: 'What it does, in English and Spanish.' })
  about: unknown;

  @Field(() => readEnum('ConsentPurpose', CONSENT_PURPOSES))
  purpose: ConsentPurpose;

  @Field(() => JsonScalar)
  trigger: unknown;

  @Field(() => readEnum('Reentry', REENTRIES))
  reentry: Reentry;

  @Field(() => JsonScalar, { nullable: true })
  goal: unknown;

  @Field(() => [JsonScalar])
  steps: unknown[];
}

@Resolver()
export class RecipesResolver {
  @Allow('outreach.run')
  @Query(() => [SequenceRecipe], { description: 'Sequences to begin with, for createSequence.' })
  sequenceRecipes(): SequenceRecipe[] {
    return RECIPES.map((recipe) => ({ ...recipe, steps: [...recipe.steps] }));
  }
}
