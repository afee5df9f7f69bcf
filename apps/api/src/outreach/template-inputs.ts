import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { CONSENT_PURPOSES, type ConsentPurpose } from '@unionhall/consent';
import type { Preview, TemplateChannel } from '@unionhall/outreach';
import { readEnum } from '../graphql';
import { TextLength } from './text-length.resolver';

const TemplateChannels = readEnum('TemplateChannel', ['email', 'sms'] satisfies TemplateChannel[]);

@InputType()
export class CreateTemplateInput {
  @Field(() => ID)
  chapterId: string;

  @Field({ description: 'For organizers; 1 to 80 characters.' })
  name: string;

  @Field(() => TemplateChannels)
  channel: TemplateChannel;

  @Field(() => readEnum('ConsentPurpose', CONSENT_PURPOSES), {
    nullable: true,
    description: 'What a preview says it is for; a sequence has its own.',
  })
  purpose?: ConsentPurpose | null;

  @Field({ description: '8 to 200 characters of your choice.' })
  idempotencyKey: string;
}

@InputType()
export class SaveTemplateTextInput {
  @Field(() => ID)
  templateId: string;

  @Field({ description: 'BCP 47.' })
  language: string;

  @Field(() => String, { nullable: true, description: 'Of a mail.' })
  subject?: string | null;

  @Field()
  body: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The revision that was changed; null when there was none in this language.',
  })
  revision?: number | null;
}

@InputType({ description: 'One revision of one language: nobody reviews a text that they have not seen.' })
export class TemplateTextAtInput {
  @Field(() => ID)
  templateId: string;

  @Field()
  language: string;

  @Field(() => Int)
  revision: number;
}

@InputType()
export class ReviewTemplateTextInput extends TemplateTextAtInput {
  @Field()
  approve: boolean;

  @Field(() => String, { nullable: true, description: 'What should be different; needed to reject.' })
  note?: string | null;
}

@InputType()
export class PreviewTemplateInput {
  @Field(() => ID)
  templateId: string;

  @Field()
  language: string;

  @Field(() => ID, { description: 'Whose eyes it is seen with; they are told that you looked.' })
  memberId: string;

  @Field(() => String, { nullable: true, description: 'Not saved yet; goes with body.' })
  subject?: string | null;

  @Field(() => String, { nullable: true, description: 'Not saved yet.' })
  body?: string | null;
}

@ObjectType({ description: 'A message as one member would see it; no link in it leads anywhere.' })
export class TemplatePreview implements Preview {
  @Field()
  subject: string;

  @Field(() => String, { nullable: true, description: 'Of a mail.' })
  html: string | null;

  @Field({ description: 'The part without HTML, or the text message.' })
  text: string;

  @Field(() => TextLength, { nullable: true, description: 'Of a text message.' })
  length: TextLength | null;
}

@ObjectType({ description: 'What a text may name, as {{name}}.' })
export class TemplateVariable {
  @Field()
  name: string;

  @Field({ description: 'Whether it has a value only where a sequence is about a gathering.' })
  needsGathering: boolean;

  @Field({ description: 'In English.' })
  en: string;

  @Field({ description: 'In Spanish.' })
  es: string;
}
