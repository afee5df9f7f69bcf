import 'reflect-metadata';
import { plainToInstance, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  Equals,
  IsArray,
  IsIn,
  IsInt,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
  validateSync,
  type ValidationError,
} from 'class-validator';
import { AppError } from '@unionhall/platform';
import { ATTENDANCES, COMMITMENT_STATES, RSVP_STATES, type Condition } from './condition';
import type { Action, StepConfig, Trigger } from './step';

/** A place in a definition, like `steps[2].cases[0].when`, and what is wrong there. */
export interface Problem {
  readonly place: string;
  readonly message: string;
}

const MOST_STEPS = 100;
const YEAR_MINUTES = 366 * 24 * 60;
const KEY = /^[a-z][a-z0-9_-]{0,39}$/;
const KEY_SAYS = 'must be lower-case letters, digits, - and _, 40 at most, starting with a letter';

class CommitmentDto {
  @IsOptional() @IsUUID() campaignId?: string;
  @IsArray() @ArrayMinSize(1) @IsIn(COMMITMENT_STATES, { each: true }) states!: string[];
}

class ConditionDto {
  @IsOptional() @IsArray() @ArrayMinSize(1) @IsIn(RSVP_STATES, { each: true }) rsvp?: string[];
  @IsOptional() @IsArray() @ArrayMinSize(1) @IsIn(ATTENDANCES, { each: true }) attendance?: string[];
  @IsOptional() @ValidateNested() @Type(() => CommitmentDto) commitment?: CommitmentDto;
  @IsOptional() @IsString() @Length(1, 100) tag?: string;
  @IsOptional() @IsArray() @ArrayMinSize(1) @Length(2, 35, { each: true }) language?: string[];
  @IsOptional() @IsArray() @ArrayMinSize(1) @IsString({ each: true }) memberStatus?: string[];
  @IsOptional() @IsUUID() chapterId?: string;
  @IsOptional() @Equals(true) replied?: true;
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => ConditionDto)
  all?: ConditionDto[];
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => ConditionDto)
  any?: ConditionDto[];
  @IsOptional() @ValidateNested() @Type(() => ConditionDto) not?: ConditionDto;
}

class ForDto {
  @IsInt() @Min(1) @Max(YEAR_MINUTES) minutes!: number;
}
class UntilDto {
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'must be a time like 09:00' }) time!: string;
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(7, { each: true })
  weekdays?: number[];
}
class AroundDto {
  @IsIn(['start', 'end']) anchor!: string;
  @IsOptional() @IsInt() @Min(-366) @Max(366) days?: number;
  @IsInt() @Min(-YEAR_MINUTES) @Max(YEAR_MINUTES) minutes!: number;
}
class CaseDto {
  @ValidateNested() @Type(() => ConditionDto) when!: ConditionDto;
  @IsString() to!: string;
}
class PartDto {
  @IsInt() @Min(1) @Max(99) percent!: number;
  @IsString() to!: string;
}

class StepDto {
  @Matches(KEY, { message: KEY_SAYS }) key!: string;
}
class MessageDto extends StepDto {
  @Equals('message') kind!: string;
  @IsString() @Length(1, 80) name!: string;
  @IsOptional() @ValidateNested() @Type(() => ConditionDto) only?: ConditionDto;
  @IsIn(['start', 'never']) until!: string;
  @IsOptional() @IsIn(['email', 'sms']) channel?: string;
  @IsObject() subject!: object;
  @IsObject() body!: object;
  @IsOptional() @IsUUID() template?: string;
}
class WaitDto extends StepDto {
  @Equals('wait') kind!: string;
  @IsOptional() @ValidateNested() @Type(() => ForDto) for?: ForDto;
  @IsOptional() @ValidateNested() @Type(() => UntilDto) until?: UntilDto;
  @IsOptional() @IsIn(['start', 'end']) anchor?: string;
  @IsOptional() @IsInt() @Min(-366) @Max(366) days?: number;
  @IsOptional() @IsInt() @Min(-YEAR_MINUTES) @Max(YEAR_MINUTES) minutes?: number;
  @IsOptional() @ValidateNested() @Type(() => ConditionDto) event?: ConditionDto;
  @IsOptional() @IsInt() @Min(1) @Max(YEAR_MINUTES) timeoutMinutes?: number;
  @IsOptional() @IsString() onTimeout?: string;
}
class BranchDto extends StepDto {
  @Equals('branch') kind!: string;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => CaseDto)
  cases!: CaseDto[];
  @IsOptional() @IsString() otherwise?: string;
  @IsOptional() @ValidateNested() @Type(() => AroundDto) patience?: AroundDto;
}
class SplitDto extends StepDto {
  @Equals('split') kind!: string;
  @IsArray()
  @ArrayMinSize(2)
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => PartDto)
  parts!: PartDto[];
}
/** The words that each action says besides `do`. */
const NEEDS = {
  tag: ['tag'],
  untag: ['tag'],
  task: ['title'],
  invite: ['gatheringId'],
  offer_training: [],
  ask_commitment: ['campaignId'],
  webhook: ['endpointId'],
} as const satisfies Record<Action['do'], readonly string[]>;
const OPTIONAL: readonly string[] = ['kind', 'key', 'do'];
class ActionDto extends StepDto {
  @Equals('action') kind!: string;
  @IsIn(Object.keys(NEEDS)) do!: string;
  @IsOptional() @IsString() @Length(1, 100) tag?: string;
  @IsOptional() @IsString() @Length(1, 200) title?: string;
  @IsOptional() @IsUUID() gatheringId?: string;
  @IsOptional() @IsUUID() campaignId?: string;
  @IsOptional() @IsUUID() endpointId?: string;
  @IsOptional() @IsString() otherwise?: string;
}
class ExitDto extends StepDto {
  @Equals('exit') kind!: string;
  @IsOptional() @IsString() @Length(1, 80) goal?: string;
}
const KINDS = {
  message: MessageDto,
  wait: WaitDto,
  branch: BranchDto,
  split: SplitDto,
  action: ActionDto,
  exit: ExitDto,
};

const TRIGGERS: readonly Trigger['on'][] = [
  'hand',
  'joined',
  'moved',
  'tag',
  'segment',
  'rsvp',
  'attendance',
  'commitment',
  'commitment_due',
  'date',
];

class TriggerDto {
  @IsIn(TRIGGERS)
  on!: string;
  @IsOptional() @IsArray() @ArrayMinSize(1) @IsString({ each: true }) states?: string[];
  @IsOptional() @IsIn(['training', 'listening_session']) gatheringKind?: string;
  @IsOptional() @IsUUID() gatheringId?: string;
  @IsOptional() @IsUUID() campaignId?: string;
  @IsOptional() @IsInt() @Min(0) @Max(366) daysBefore?: number;
  @IsOptional() @IsISO8601({ strict: true }) at?: string;
  @IsOptional() @IsString() @Length(1, 60) tag?: string;
}

const STATES_OF: Readonly<Record<string, readonly string[]>> = {
  rsvp: RSVP_STATES,
  attendance: ATTENDANCES,
  commitment: COMMITMENT_STATES,
};

/**
 * Steps as they were written, checked word by word and as a whole: every key once, every target a later step
 * (people move forward only, so everyone comes to an end), every wait of one kind.
 * @throws AppError SEQUENCE.STEPS_INVALID with `details.problems`, each naming its place.
 */
export function readSteps(steps: unknown): readonly StepConfig[] {
  if (!Array.isArray(steps) || steps.length === 0 || steps.length > MOST_STEPS)
    throw invalid([{ place: 'steps', message: `must be a list of 1 to ${MOST_STEPS} steps` }]);
  const problems = steps.flatMap((step: unknown, at) => ofOne(step, `steps[${at}]`));
  if (problems.length === 0) problems.push(...ofAll(steps as StepConfig[]));
  if (problems.length > 0) throw invalid(problems);
  return steps as StepConfig[];
}

/** @throws AppError SEQUENCE.STEPS_INVALID naming the place. */
export function readTrigger(trigger: unknown): Trigger {
  const dto = plainToInstance(TriggerDto, trigger ?? {});
  const problems = flat(validateSync(dto, STRICT), 'trigger');
  const known = STATES_OF[dto.on];
  if (known !== undefined && !dto.states?.every((state) => known.includes(state)))
    problems.push({ place: 'trigger.states', message: `must be some of ${known.join(', ')}` });
  if (dto.on === 'commitment_due' && dto.daysBefore === undefined)
    problems.push({ place: 'trigger.daysBefore', message: 'must say how many days before' });
  if (dto.on === 'tag' && dto.tag === undefined)
    problems.push({ place: 'trigger.tag', message: 'must say which tag' });
  if (dto.on === 'date' && dto.at === undefined)
    problems.push({ place: 'trigger.at', message: 'must say when' });
  if (problems.length > 0) throw invalid(problems);
  return trigger as Trigger;
}

/** @throws AppError SEQUENCE.STEPS_INVALID naming the place. */
export function readCondition(condition: unknown, place: string): Condition {
  const problems = [
    ...flat(validateSync(plainToInstance(ConditionDto, condition ?? {}), STRICT), place),
    ...wordsOf(condition as Condition, place),
  ];
  if (problems.length > 0) throw invalid(problems);
  return condition as Condition;
}

const STRICT = { whitelist: true, forbidNonWhitelisted: true } as const;

const invalid = (problems: readonly Problem[]): AppError =>
  new AppError('invalid', 'SEQUENCE.STEPS_INVALID', `${problems[0]!.place} ${problems[0]!.message}`, {
    field: problems[0]!.place,
    details: { problems },
  });

function ofOne(step: unknown, place: string): Problem[] {
  const kind = (step as { kind?: string } | null)?.kind;
  const dto = Object.hasOwn(KINDS, kind ?? '') ? KINDS[kind as keyof typeof KINDS] : undefined;
  if (dto === undefined)
    return [{ place: `${place}.kind`, message: `must be one of ${Object.keys(KINDS).join(', ')}` }];
  const problems = flat(validateSync(plainToInstance<object, unknown>(dto, step), STRICT), place);
  if (problems.length > 0) return problems;
  return shapeOf(step as StepConfig, place);
}

/** What no decorator says: which words go together. */
function shapeOf(step: StepConfig, place: string): Problem[] {
  switch (step.kind) {
    case 'message':
      return [
        ...messageOf(step, place),
        ...(step.only === undefined ? [] : wordsOf(step.only, `${place}.only`)),
      ];
    case 'wait': {
      const kinds = ['for', 'until', 'anchor', 'event'].filter((word) => word in step);
      if (kinds.length !== 1)
        return [{ place, message: 'must wait in one way: for, until, anchor or event' }];
      if ('anchor' in step && step.minutes === undefined)
        return [{ place: `${place}.minutes`, message: 'must say how many minutes' }];
      if (!('event' in step)) return [];
      if (step.timeoutMinutes === undefined)
        return [{ place: `${place}.timeoutMinutes`, message: 'must say when the time is over' }];
      return wordsOf(step.event, `${place}.event`);
    }
    case 'branch':
      return step.cases.flatMap(({ when }, at) => wordsOf(when, `${place}.cases[${at}].when`));
    case 'split':
      return step.parts.reduce((sum, { percent }) => sum + percent, 0) === 100
        ? []
        : [{ place: `${place}.parts`, message: 'must add up to 100 percent' }];
    case 'action': {
      const needs: readonly string[] = NEEDS[step.do];
      const may = [...OPTIONAL, ...needs, ...(step.do === 'offer_training' ? ['otherwise'] : [])];
      return [
        ...needs
          .filter((word) => !(word in step))
          .map((word) => ({ place: `${place}.${word}`, message: 'is missing' })),
        ...Object.keys(step)
          .filter((word) => !may.includes(word))
          .map((word) => ({ place: `${place}.${word}`, message: `is nothing that ${step.do} says` })),
      ];
    }
    case 'exit':
      return [];
  }
}

function messageOf(step: StepConfig & { kind: 'message' }, place: string): Problem[] {
  if (step.template !== undefined) return [];
  const problems: Problem[] = [];
  for (const part of ['subject', 'body'] as const) {
    const entries = Object.entries(step[part]);
    if (entries.length === 0 && !(part === 'subject' && step.channel === 'sms'))
      problems.push({ place: `${place}.${part}`, message: 'must say something in a language' });
    for (const [language, text] of entries)
      if (typeof text !== 'string' || text.trim() === '' || text.length > 20_000)
        problems.push({
          place: `${place}.${part}.${language}`,
          message: 'must be a text of 1 to 20000 characters',
        });
  }
  return problems;
}

/** A condition says exactly one thing, all the way down. */
function wordsOf(condition: Condition, place: string): Problem[] {
  const words = Object.keys(condition ?? {});
  if (words.length !== 1) return [{ place, message: 'must say exactly one thing' }];
  return [
    ...(condition.all ?? []).flatMap((one, at) => wordsOf(one, `${place}.all[${at}]`)),
    ...(condition.any ?? []).flatMap((one, at) => wordsOf(one, `${place}.any[${at}]`)),
    ...(condition.not === undefined ? [] : wordsOf(condition.not, `${place}.not`)),
  ];
}

/** Where a step may lead besides the next one, with the place that says so. */
export function targetsOf(step: StepConfig): { readonly word: string; readonly to: string }[] {
  if (step.kind === 'branch')
    return [
      ...step.cases.map(({ to }, at) => ({ word: `cases[${at}].to`, to })),
      ...(step.otherwise === undefined ? [] : [{ word: 'otherwise', to: step.otherwise }]),
    ];
  if (step.kind === 'split') return step.parts.map(({ to }, at) => ({ word: `parts[${at}].to`, to }));
  if (step.kind === 'wait' && 'event' in step && step.onTimeout !== undefined)
    return [{ word: 'onTimeout', to: step.onTimeout }];
  if (step.kind === 'action' && step.do === 'offer_training' && step.otherwise !== undefined)
    return [{ word: 'otherwise', to: step.otherwise }];
  return [];
}

function ofAll(steps: readonly StepConfig[]): Problem[] {
  const problems: Problem[] = [];
  const places = new Map<string, number>();
  steps.forEach(({ key }, at) => {
    if (places.has(key))
      problems.push({ place: `steps[${at}].key`, message: `is taken by steps[${places.get(key)}]` });
    else places.set(key, at);
  });
  steps.forEach((step, at) => {
    for (const { word, to } of targetsOf(step))
      if ((places.get(to) ?? -1) <= at)
        problems.push({ place: `steps[${at}].${word}`, message: `must name a later step; ${to} is none` });
  });
  return problems;
}

function flat(errors: readonly ValidationError[], place: string): Problem[] {
  return errors.flatMap(({ property, constraints, children }) => {
    const here = /^\d+$/.test(property) ? `${place}[${property}]` : `${place}.${property}`;
    const own = Object.values(constraints ?? {}).map((message) => ({
      place: here,
      message: message.startsWith(`${property} `) ? message.slice(property.length + 1) : message,
    }));
    return [...own, ...flat(children ?? [], here)];
  });
}
