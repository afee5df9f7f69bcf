import { Global, Module } from '@nestjs/common';
import { ActorsService } from './actors.service';
import { AttemptsService } from './attempts.service';
import { CredentialsService } from './credentials.service';
import { GrantsService } from './grants.service';
import { SignInService } from './sign-in.service';
import { SignInSweeper } from './sign-in-sweeper.service';
import { UsersService } from './users.service';

const services = [
  ActorsService,
  AttemptsService,
  CredentialsService,
  GrantsService,
  SignInService,
  SignInSweeper,
  UsersService,
];

/** Needs an `ACCOUNT_DIRECTORY`, which members provides. */
@Global()
@Module({ providers: services, exports: services })
export class IdentityModule {}
