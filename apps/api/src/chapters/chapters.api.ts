import type { Type } from '@nestjs/common';
import { Args, Field, ID, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { chaptersReads, ChaptersService } from '@unionhall/chapters';
import type { Actor } from '@unionhall/identity';
import type { ReadsDeclaration } from '@unionhall/platform';
import { CurrentActor } from '../graphql/current-actor';
import { decodeId } from '../graphql/ids';
import { Allow } from '../graphql/policy';
import { readEnum } from '../graphql/read-enums';
import { readType, type Ref } from '../graphql';

@InputType()
class CreateChapterInput {
  @Field(() => String)
  name: string;

  @Field(() => readEnum('ChapterKind'))
  kind: string;

  @Field(() => String, { description: 'Lower-case letters, digits and hyphens.' })
  slug: string;

  @Field(() => String, { description: 'IANA time zone.' })
  timeZone: string;

  @Field(() => String, { description: 'BCP 47 language tag.' })
  language: string;

  @Field(() => ID, { nullable: true, description: 'Without it, a new root.' })
  parentId?: string | null;
}

@Resolver()
export class ChaptersResolver {
  constructor(private readonly chapters: ChaptersService) {}

  @Mutation(() => readType('Chapter'), { description: 'Adds a chapter below one that you edit.' })
  @Allow('chapters.edit')
  async createChapter(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => CreateChapterInput }) input: CreateChapterInput,
  ): Promise<Ref> {
    const parentId = input.parentId == null ? undefined : decodeId('Chapter', input.parentId);
    return { id: await this.chapters.create(actor, { ...input, parentId }) };
  }

  @Mutation(() => readType('Chapter'), { description: 'Moves a chapter, and all below it, under another.' })
  @Allow('chapters.edit')
  async moveChapter(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('parentId', { type: () => ID }) parentId: string,
  ): Promise<Ref> {
    const chapterId = decodeId('Chapter', id);
    await this.chapters.move(actor, chapterId, decodeId('Chapter', parentId));
    return { id: chapterId };
  }
}

export const chaptersApi = {
  reads: [chaptersReads] as ReadsDeclaration[],
  resolvers: [ChaptersResolver] as Type[],
  controllers: [] as Type[],
};
