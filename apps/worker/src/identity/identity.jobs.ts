import { Injectable, type Type } from '@nestjs/common';
import { SignInSweeper, SWEEP_SIGN_INS } from '@unionhall/identity';
import { Handles } from '@unionhall/platform';

@Injectable()
export class IdentityJobs {
  constructor(private readonly sweeper: SignInSweeper) {}

  @Handles(SWEEP_SIGN_INS)
  async sweep(): Promise<void> {
    await this.sweeper.sweep();
  }
}

export const identityHandlers: Type[] = [IdentityJobs];
