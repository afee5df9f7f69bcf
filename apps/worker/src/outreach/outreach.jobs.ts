import { Injectable, type Type } from '@nestjs/common';
import {
  ADVANCE,
  AdvanceService,
  ASK_WHO_CAME,
  AttendanceNudge,
  BreakerService,
  CALL,
  CommitmentRequests,
  Entries,
  LET_IN,
  PublicRequestsService,
  RECOVER,
  SEND,
  SendService,
  SWEEP_REQUESTS,
  WATCH,
  WebhookCallsService,
} from '@unionhall/outreach';
import { Handles } from '@unionhall/platform';

@Injectable()
export class OutreachJobs {
  constructor(
    private readonly people: AdvanceService,
    private readonly entries: Entries,
    private readonly breaker: BreakerService,
    private readonly messages: SendService,
    private readonly requests: PublicRequestsService,
    private readonly nudge: AttendanceNudge,
    private readonly asked: CommitmentRequests,
    private readonly calls: WebhookCallsService,
  ) {}

  @Handles(ADVANCE)
  async advance(): Promise<void> {
    await this.people.advance();
  }

  @Handles(LET_IN)
  async letIn(): Promise<void> {
    await this.entries.sweep();
    await this.asked.settle();
  }

  @Handles(CALL)
  async call(): Promise<void> {
    await this.calls.call();
  }

  @Handles(WATCH)
  async watch(): Promise<void> {
    await this.breaker.watch();
  }

  @Handles(SEND)
  async send(): Promise<void> {
    await this.messages.send();
  }

  @Handles(SWEEP_REQUESTS)
  async forget(): Promise<void> {
    await this.requests.sweep();
  }

  @Handles(ASK_WHO_CAME)
  async askWhoCame(): Promise<void> {
    await this.nudge.sweep();
  }

  @Handles(RECOVER)
  async recover(): Promise<void> {
    await this.messages.recover();
    await this.calls.recover();
  }
}

export const outreachHandlers: Type[] = [OutreachJobs];
