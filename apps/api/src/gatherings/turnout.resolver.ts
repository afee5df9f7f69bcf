import {
  Args,
  Field,
  ID,
  InputType,
  Int,
  ObjectType,
  Query,
  registerEnumType,
  Resolver,
} from '@nestjs/graphql';
import { TurnoutService, type GatheringKind, type TurnoutBy } from '@unionhall/gatherings';
import type { Actor } from '@unionhall/identity';
import { Allow, CurrentActor, decodeId, InstantScalar, readEnum } from '../graphql';

/** What a line of turnout stands for. */
export const TurnoutByChoice = { CHAPTER: 'chapter', KIND: 'kind', MONTH: 'month' } as const satisfies Record<
  string,
  TurnoutBy
>;
registerEnumType(TurnoutByChoice, { name: 'TurnoutBy', description: 'What each line stands for.' });

@InputType()
export class TurnoutInput {
  @Field(() => TurnoutByChoice)
  by!: TurnoutBy;

  @Field(() => ID, {
    nullable: true,
    description: 'This chapter and those below it; without it, all in reach.',
  })
  chapterId?: string | null;

  @Field(() => readEnum('GatheringKind'), { nullable: true })
  kind?: GatheringKind | null;

  @Field(() => InstantScalar, { description: 'Gatherings that began at this instant or later.' })
  from!: string;

  @Field(() => InstantScalar, { description: 'And before this one; at most two years.' })
  until!: string;
}

@ObjectType()
export class TurnoutLine {
  @Field(() => String, { description: 'Id of a chapter, a kind, or a month like 2026-11.' })
  key!: string;

  @Field(() => String)
  label!: string;

  @Field(() => Int)
  gatherings!: number;

  @Field(() => Int, { description: 'Whoever was invited or answered, whatever they answered.' })
  invited!: number;

  @Field(() => Int)
  going!: number;

  @Field(() => Int)
  attended!: number;

  @Field(() => Int)
  absent!: number;

  @Field(() => Int, { description: 'Of whom nobody said whether they came.' })
  unknown!: number;
}

@Resolver()
export class TurnoutResolver {
  constructor(private readonly turnouts: TurnoutService) {}

  @Query(() => [TurnoutLine], { description: 'What became of gatherings that are over. Names nobody.' })
  @Allow('gatherings.read')
  async turnout(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => TurnoutInput }) input: TurnoutInput,
  ): Promise<TurnoutLine[]> {
    const { by, chapterId, kind, from, until } = input;
    return [
      ...(await this.turnouts.turnout(actor, {
        by,
        kind: kind ?? null,
        chapterId: chapterId == null ? null : decodeId('Chapter', chapterId, 'input.chapterId'),
        from: new Date(from),
        until: new Date(until),
      })),
    ];
  }
}
