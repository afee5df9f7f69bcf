import { Args, Field, Int, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { smsSegments, type SmsSegments } from '@unionhall/platform';
import { Allow } from '../graphql';

@ObjectType({ description: 'How a text message is cut up on its way; each segment is paid for.' })
export class TextLength implements SmsSegments {
  @Field(() => String, { description: 'GSM-7, or UCS-2 when one character is outside of it.' })
  encoding: SmsSegments['encoding'];

  @Field(() => Int)
  segments: number;
}

@Resolver()
export class TextLengthResolver {
  @Allow('anyone')
  @Query(() => TextLength)
  textLength(@Args('text') text: string): SmsSegments {
    return smsSegments(text);
  }
}
