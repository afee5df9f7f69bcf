import { Injectable, type Type } from '@nestjs/common';
import { Handles, Outbox, RELAY_OUTBOX } from '@unionhall/platform';

@Injectable()
export class PlatformJobs {
  constructor(private readonly outbox: Outbox) {}

  @Handles(RELAY_OUTBOX)
  async relay(): Promise<void> {
    await this.outbox.relay();
  }
}

export const platformHandlers: Type[] = [PlatformJobs];
