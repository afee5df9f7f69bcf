import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import {
  accessLedger,
  Config,
  Database,
  LOGGER,
  Reads,
  type Logger,
  type ReadLedger,
} from '@unionhall/platform';
import { ACTOR_RESOLVER, type ResolveSchemaActor } from './current-actor';
import { GraphqlHost } from './graphql-host';
import { passThrough } from './passthrough';
import { policiesOf } from './permissions';
import { prepareSchema, type Meter, type SchemaSpec } from './schema-spec';
import { readOperations } from '../web/web-files';
import { ScopedDriver, type ScopedDriverConfig } from './scoped-driver';

/** Serves one schema. Needs ACTOR_RESOLVER, Database, Config and LOGGER from global modules. */
@Module({})
export class GraphqlHostModule {
  static forSchema(spec: SchemaSpec, ledger: ReadLedger = accessLedger): DynamicModule {
    const prepared = prepareSchema(spec);
    const resolvers = resolversModule(spec.name, [...spec.resolvers, ...prepared.types.resolvers]);
    const graphql = GraphQLModule.forRootAsync<ScopedDriverConfig>({
      driver: ScopedDriver,
      inject: [Database, ACTOR_RESOLVER, LOGGER, Config, ...(spec.meter === undefined ? [] : [spec.meter])],
      useFactory: (
        database: Database,
        resolve: ResolveSchemaActor,
        logger: Logger,
        config: Config,
        meter?: Meter,
      ) => ({
        autoSchemaFile: true,
        include: [resolvers],
        path: '',
        buildSchemaOptions: {
          orphanedTypes: prepared.types.all(),
          numberScalarMode: 'integer',
        },
        serve: (schema) => {
          policiesOf(schema, prepared);
          const reads = new Reads(spec.reads, database, ledger, spec.limits.nodes);
          passThrough(schema, prepared.catalog, reads);
          const host = new GraphqlHost({
            schema,
            reads,
            limits: spec.limits,
            resolveActor: (request) => resolve(request, spec.name),
            logger,
            development: config.environment === 'development',
            operations: spec.name === 'api' ? readOperations() : new Map(),
            ...(meter === undefined ? {} : { meter: (actor, cost) => meter.record(actor, cost) }),
            onlyNamedFromBrowsers: config.environment === 'production',
          });
          return (scope) => host.mount(scope, spec.path);
        },
      }),
    });
    const holder = { [`${spec.name}Graphql`]: class {} }[`${spec.name}Graphql`]!;
    Module({})(holder);
    return { module: holder, imports: [resolvers, graphql] };
  }
}

/** Nest tells the resolvers of two schemas apart by the class of the module that holds them. */
function resolversModule(name: string, providers: readonly Type[]): Type {
  const holder = { [`${name}Resolvers`]: class {} }[`${name}Resolvers`]!;
  Module({ providers: [...providers] })(holder);
  return holder;
}
