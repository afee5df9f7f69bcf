export {
  ACTOR_RESOLVER,
  CurrentActor,
  CurrentEnd,
  CurrentReads,
  CurrentReply,
  CurrentRequest,
  type GraphqlContext,
  type ResolveActor,
  type ResolveSchemaActor,
} from './current-actor';
export { databaseError } from './errors';
export { GraphqlHostModule } from './graphql-host.module';
export { decodeId, encodeId, parseId } from './ids';
export { MAIN_LIMITS, PARTNER_LIMITS, type Limits } from './limits';
export { Allow } from './policy';
export { readEnum } from './read-enums';
export { DateScalar, InstantScalar, JsonScalar } from './scalars';
export { prepareSchema, readFilter, readType, type Ref, type SchemaSpec } from './schema-spec';
