import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { AppError } from '@unionhall/platform';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;
const DATE = /^\d{4}-\d\d-\d\d$/;

function instant(value: unknown): string {
  if (typeof value === 'string' && INSTANT.test(value) && !Number.isNaN(Date.parse(value))) return value;
  throw new AppError('invalid', 'INPUT.BAD_INSTANT', 'An instant looks like 2026-12-01T18:00:00Z.');
}

function date(value: unknown): string {
  if (typeof value === 'string' && DATE.test(value)) {
    const parsed = new Date(`${value}T00:00:00Z`);
    if (!Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(value)) return value;
  }
  throw new AppError('invalid', 'INPUT.BAD_DATE', 'A date looks like 2026-12-01, and must exist.');
}

const fromLiteral =
  (parse: (value: unknown) => string) =>
  (node: ValueNode): string =>
    parse(node.kind === Kind.STRING ? node.value : undefined);

const out = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value);

/** An instant: ISO 8601 with an offset; given in UTC. */
export const InstantScalar = new GraphQLScalarType({
  name: 'Instant',
  description: 'An instant: ISO 8601 with an offset, given in UTC.',
  serialize: out,
  parseValue: instant,
  parseLiteral: fromLiteral(instant),
});

/** A calendar date without a zone: YYYY-MM-DD. */
export const DateScalar = new GraphQLScalarType({
  name: 'Date',
  description: 'A calendar date without a zone: YYYY-MM-DD.',
  serialize: out,
  parseValue: date,
  parseLiteral: fromLiteral(date),
});

/** Any JSON value. */
export const JsonScalar = new GraphQLScalarType({
  name: 'JSON',
  description: 'Any JSON value.',
});
