import type { DataSourceOptions } from 'typeorm';
import type { Config } from '../config/config';
import { NamedClient } from './named-client';

/** The role that every runtime connection takes; row-level security holds for it. */
export const APP_ROLE = 'unionhall_app';

/** TypeORM's options for a running process: no schema changes, named statements, the application's role. */
export function dataSourceOptions(config: Config, applicationName: string): DataSourceOptions {
  return {
    type: 'postgres',
    url: config.databaseUrl,
    synchronize: false,
    migrationsRun: false,
    logging: false,
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    extra: {
      Client: NamedClient,
      max: config.databasePool,
      application_name: applicationName,
      // A transaction whose process has fallen silent gives its locks back when a lease would have run out.
      options: `-c role=${APP_ROLE} -c TimeZone=UTC -c idle_in_transaction_session_timeout=${config.leaseSeconds}s`,
      connectionTimeoutMillis: 10_000,
    },
  };
}
