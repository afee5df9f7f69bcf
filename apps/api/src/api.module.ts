import { Module, type DynamicModule } from '@nestjs/common';
import { PlatformModule, type Clock, type Config } from '@unionhall/platform';
import { DOMAINS } from '../../domains';
import { GraphqlHostModule } from './graphql';
import { HealthController } from './health/health.controller';
import { HttpErrorsFilter } from './http-errors.filter';
import { IdentityApiModule } from './identity/identity-api.module';
import { MailboxController } from './mailbox/mailbox.controller';
import { apiSchema, domains, partnersSchema } from './schemas';

@Module({})
export class ApiModule {
  static forRoot(config: Config, clock: Clock): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        PlatformModule.forRoot(config, 'api', clock),
        ...DOMAINS,
        IdentityApiModule,
        GraphqlHostModule.forSchema(apiSchema),
        GraphqlHostModule.forSchema(partnersSchema),
      ],
      controllers: [HealthController, MailboxController, ...domains.flatMap((domain) => domain.controllers)],
      providers: [HttpErrorsFilter],
    };
  }
}
