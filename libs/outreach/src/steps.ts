export type { Texts } from './sequences/condition';
export { channelOf, type MessageStep, type StepConfig } from './sequences/step';
