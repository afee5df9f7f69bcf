import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { CONSENT_PURPOSES, type ConsentPurpose } from '@unionhall/consent';
import type { People, Reentry, Resolution, SequenceSettingsInput } from '@unionhall/outreach';
import { decodeId, InstantScalar, JsonScalar, readEnum, readType, type Ref } from '../graphql';
import { SegmentInput, segmentOf } from './segment-input';

export const REENTRIES = ['once', 'each_gathering', 'again'] as const;
export const PeopleInside = readEnum('PeopleInside', ['move', 'finish', 'stop'] satisfies People[]);
export const DeliveryResolution = readEnum('DeliveryResolution', [
  'accepted',
  'rejected',
  'send_again',
] satisfies Resolution[]);

@InputType({
  description: 'What a sequence does; see the guide of sequences for its steps, triggers and conditions.',
})
export class SequenceSettings {
  @Field()
  title: string;

  @Field(() => SegmentInput, { description: 'Whom it is for; triggers let nobody else in.' })
  segment: SegmentInput;

  @Field(() => JsonScalar, { description: 'Like { "on": "rsvp", "states": ["going"] }.' })
  trigger: unknown;

  @Field(() => readEnum('Reentry', REENTRIES))
  reentry: Reentry;

  @Field(() => JsonScalar, { nullable: true, description: 'A condition: whoever it is true of leaves.' })
  goal?: unknown;

  @Field(() => [JsonScalar], { description: 'In their order; each has a kind and a key.' })
  steps: unknown[];
}

@InputType()
export class CreateSequenceInput extends SequenceSettings {
  @Field(() => readEnum('ConsentPurpose', CONSENT_PURPOSES), {
    description: 'The consent that its messages need.',
  })
  purpose: ConsentPurpose;

  @Field(() => ID, { nullable: true })
  gatheringId?: string | null;

  @Field({ description: '8 to 200 characters of your choice.' })
  idempotencyKey: string;
}

@InputType()
export class SaveSequenceDraftInput extends SequenceSettings {
  @Field(() => ID)
  id: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Of the draft that was changed; null when there was none.',
  })
  revision?: number | null;
}

@InputType()
export class CorrectMessageInput {
  @Field(() => ID)
  stepId: string;

  @Field(() => JsonScalar, { description: 'A text for each language.' })
  subject: Readonly<Record<string, string>>;

  @Field(() => JsonScalar, { description: 'A text for each language.' })
  body: Readonly<Record<string, string>>;

  @Field({ description: '8 to 200 characters of your choice.' })
  idempotencyKey: string;
}

@ObjectType({ description: 'What stands against publishing.' })
export class SequenceProblem {
  @Field({ description: 'Stable, like VARIABLE_UNKNOWN.' })
  code: string;

  @Field({ description: 'Like steps[2].body.en.' })
  place: string;

  @Field()
  message: string;
}

@ObjectType()
export class DryRunReach {
  @Field()
  channel: string;

  @Field(() => Int)
  total: number;
}

@ObjectType()
export class DryRunRefused {
  @Field()
  channel: string;

  @Field({ description: 'As a delivery would say it, like no_consent.' })
  reason: string;

  @Field(() => Int)
  total: number;

  @Field(() => [readType('Member')], { description: 'Some of them.' })
  members: Ref[];
}

@ObjectType()
export class DryRunMessage {
  @Field({ description: 'Of the step.' })
  key: string;

  @Field()
  name: string;

  @Field()
  channel: string;

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'The soonest, for who enters now; null when it follows from news to come.',
  })
  at?: Date | null;

  @Field({ description: 'Whether those only get it who take a way or meet a condition.' })
  conditional: boolean;

  @Field({ description: 'Whether it makes no sense any more by then.' })
  tooLate: boolean;

  @Field(() => JsonScalar, { description: 'A text for each language; of a template as it stands.' })
  subject: Readonly<Record<string, string>>;

  @Field(() => JsonScalar)
  body: Readonly<Record<string, string>>;
}

@ObjectType({
  description: 'Who would get what, when; and who would not, and why. Nothing has been written.',
})
export class SequenceDryRun {
  @Field(() => Int)
  audience: number;

  @Field(() => [DryRunReach])
  reachable: DryRunReach[];

  @Field(() => [DryRunRefused])
  refused: DryRunRefused[];

  @Field(() => [DryRunMessage])
  messages: DryRunMessage[];

  @Field()
  needsApproval: boolean;
}

const KINDS: Readonly<Record<string, string>> = {
  chapterId: 'Chapter',
  campaignId: 'Campaign',
  gatheringId: 'Gathering',
  endpointId: 'WebhookEndpoint',
  template: 'Template',
};

/** Ids within steps, triggers and conditions, as the engine keeps them. @param place of the value within the input. */
function plainIds(value: unknown, place: string): unknown {
  if (Array.isArray(value)) return value.map((one, at) => plainIds(one, `${place}[${at}]`));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([word, one]) => {
      const kind = KINDS[word];
      const isId = kind !== undefined && typeof one === 'string' && one.startsWith(`${kind}_`);
      return [word, isId ? decodeId(kind, one, `${place}.${word}`) : plainIds(one, `${place}.${word}`)];
    }),
  );
}

export const settingsOf = ({
  title,
  segment,
  trigger,
  reentry,
  goal,
  steps,
}: SequenceSettings): SequenceSettingsInput & { readonly steps: unknown } => ({
  title,
  segment: segmentOf(segment, 'input.segment'),
  trigger: plainIds(trigger, 'input.trigger'),
  reentry,
  goal: plainIds(goal ?? null, 'input.goal'),
  steps: plainIds(steps, 'input.steps'),
});
