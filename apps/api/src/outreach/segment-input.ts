import { Field, ID, InputType } from '@nestjs/graphql';
import { MEMBER_STATUSES } from '@unionhall/members';
import type { Segment } from '@unionhall/outreach';
import { decodeId, readEnum } from '../graphql';

@InputType()
export class SegmentInput {
  @Field(() => ID, { description: 'This chapter and all below it.' })
  chapterId: string;

  @Field(() => String, { nullable: true, description: 'BCP 47.' })
  language?: string | null;

  @Field(() => String, { nullable: true })
  tag?: string | null;

  @Field(() => readEnum('MemberStatus', MEMBER_STATUSES), { nullable: true })
  status?: string | null;
}

/** @param place of the segment within the input. */
export const segmentOf = (segment: SegmentInput, place: string): Segment => ({
  ...segment,
  chapterId: decodeId('Chapter', segment.chapterId, `${place}.chapterId`),
});
