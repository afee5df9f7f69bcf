import {
  Args,
  Field,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Query,
  registerEnumType,
  Resolver,
} from '@nestjs/graphql';
import { FeedsService, type FeedKind } from '@unionhall/gatherings';
import type { Actor } from '@unionhall/identity';
import { Allow, CurrentActor, decodeId, encodeId, InstantScalar } from '../graphql';

/** What a calendar shows. */
export const FeedShows = {
  MINE: 'mine',
  CHAPTER: 'chapter',
  ORGANIZER: 'organizer',
} as const satisfies Record<string, FeedKind>;
registerEnumType(FeedShows, {
  name: 'CalendarFeedShows',
  description: 'What a member answered to; a chapter and those below it; what an organizer may plan.',
});

@InputType()
export class CreateCalendarFeedInput {
  @Field(() => FeedShows)
  shows!: FeedKind;

  @Field(() => ID, { nullable: true, description: 'For CHAPTER, and for that alone.' })
  chapterId?: string | null;
}

@ObjectType()
export class CreateCalendarFeedPayload {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'Shown here and never again. Who has it can read the calendar.' })
  address!: string;
}

@ObjectType()
export class CalendarFeed {
  @Field(() => ID)
  id!: string;

  @Field(() => FeedShows)
  shows!: FeedKind;

  @Field(() => ID, { nullable: true })
  chapterId!: string | null;

  @Field(() => InstantScalar)
  createdAt!: string;
}

@Resolver()
export class FeedsResolver {
  constructor(private readonly feeds: FeedsService) {}

  @Query(() => [CalendarFeed], {
    description: 'Your calendars that programs may still read; at most twenty.',
  })
  @Allow('signed in')
  async calendarFeeds(@CurrentActor() actor: Actor): Promise<CalendarFeed[]> {
    const feeds = await this.feeds.list(actor);
    return feeds.map(({ id, shows, chapterId, createdAt }) => ({
      id: encodeId('CalendarFeed', id),
      shows,
      chapterId: chapterId === null ? null : encodeId('Chapter', chapterId),
      createdAt: createdAt.toISOString(),
    }));
  }

  @Mutation(() => CreateCalendarFeedPayload, {
    description: 'Makes an address that a calendar program can follow.',
  })
  @Allow('signed in')
  async createCalendarFeed(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => CreateCalendarFeedInput }) { shows, chapterId }: CreateCalendarFeedInput,
  ): Promise<CreateCalendarFeedPayload> {
    const { id, address } = await this.feeds.create(actor, {
      shows,
      chapterId: chapterId == null ? null : decodeId('Chapter', chapterId, 'input.chapterId'),
    });
    return { id: encodeId('CalendarFeed', id), address };
  }

  @Mutation(() => Boolean, { description: 'From now on nobody can read the calendar by its address.' })
  @Allow('signed in')
  async revokeCalendarFeed(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<boolean> {
    await this.feeds.revoke(actor, decodeId('CalendarFeed', id, 'id'));
    return true;
  }
}
