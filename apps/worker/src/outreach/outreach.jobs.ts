import { Injectable, type Type } from '@nestjs/common';
import { ADVANCE, AdvanceService, RECOVER, SEND, SendService } from '@unionhall/outreach';
import { Handles } from '@unionhall/platform';

@Injectable()
export class OutreachJobs {
  constructor(
    private readonly people: AdvanceService,
    private readonly messages: SendService,
  ) {}

  @Handles(ADVANCE)
  async advance(): Promise<void> {
    await this.people.advance();
  }

  @Handles(SEND)
  async send(): Promise<void> {
    await this.messages.send();
  }

  @Handles(RECOVER)
  async recover(): Promise<void> {
    await this.messages.recover();
  }
}

export const outreachHandlers: Type[] = [OutreachJobs];
