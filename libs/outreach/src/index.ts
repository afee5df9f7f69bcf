export { AdvanceService } from './advance.service';
export * from './outreach.errors';
export { ADVANCE, RECOVER, SEND } from './outreach.jobs';
export { OutreachModule } from './outreach.module';
export { outreachReads } from './outreach.reads';
export { SendService } from './send.service';
export { SequencesService, type Segment, type Started, type StartTraining } from './sequences.service';
export { UnsubscribeLinks, type Standing } from './unsubscribe-links';
