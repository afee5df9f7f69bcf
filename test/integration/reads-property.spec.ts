import fc from 'fast-check';
import { buildSchema, execute, parse, validate, type GraphQLSchema } from 'graphql';
import { Client } from 'pg';
import { AppError, Reads, type ReadActor } from '@unionhall/platform';
import { modelArb, operationArb, sdlOf, type Model } from '../support/reads/model';
import { declarationsOf } from '../support/reads/declarations';
import { naiveRoots } from '../support/reads/naive';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { createTables } from '../support/reads/tables';

const actorOf = (owner: number, shape: string): ReadActor & { owner: number } => ({
  owner,
  shape,
  binding: { text: 'SELECT 1', values: [] },
});

describe('declared reads against a naive evaluator over the same rows', () => {
  let database: TestDatabase;
  let client: Client;
  beforeAll(async () => {
    database = await cloneDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it('answers random operations over random schemas, rows and policies as the evaluator does', async () => {
    let answered = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(
        modelArb.chain((model) =>
          fc.tuple(fc.constant(model), fc.array(operationArb(model), { minLength: 3, maxLength: 6 })),
        ),
        async ([model, operations]) => {
          await client.query('BEGIN');
          try {
            await createTables(client, model);
            const schema = buildSchema(sdlOf(model));
            const reads = readsOver(client, model);
            for (const operation of operations) {
              for (const owner of [0, 1]) {
                const outcome = await compare(
                  model,
                  schema,
                  reads,
                  operation.text,
                  operation.variables,
                  owner,
                );
                if (outcome === 'refused') refused += 1;
                else answered += 1;
              }
            }
          } finally {
            await client.query('ROLLBACK');
          }
        },
      ),
      { numRuns: Number(process.env['READS_RUNS'] ?? 120), endOnFailure: true },
    );
    expect(answered).toBeGreaterThan(refused);
    expect(refused).toBeGreaterThan(0);
  }, 240_000);

  it('walks every row of a list exactly once, forwards and backwards, whatever the order and the page size', async () => {
    await fc.assert(
      fc.asyncProperty(
        modelArb,
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        async (model, size, backward) => {
          await client.query('BEGIN');
          try {
            await createTables(client, model);
            const reads = readsOver(client, {
              ...model,
              policies: { rows: 'all', fields: 'all' },
            });
            for (const order of ['LABEL', 'AMOUNT', 'MIXED']) {
              const seen = await walk(reads, order, size, backward);
              const ids = model.tables[0]!.rows.map((row) => `A_${row.id}`);
              expect([...seen].sort()).toEqual([...ids].sort());
            }
          } finally {
            await client.query('ROLLBACK');
          }
        },
      ),
      { numRuns: 25 },
    );
  }, 120_000);
});

function readsOver(client: Client, model: Model): Reads {
  const database = {
    read: async (_actor: unknown, statement: { text: string; values: readonly unknown[] }) =>
      client.query(statement.text, [...statement.values]),
  };
  return new Reads(declarationsOf(model), database as never, {
    insert: () => 'SELECT 1 WHERE false',
  });
}

async function compare(
  model: Model,
  schema: GraphQLSchema,
  reads: Reads,
  text: string,
  variables: Record<string, unknown>,
  owner: number,
): Promise<'answered' | 'refused'> {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  const expected = await execute({
    schema,
    document,
    rootValue: naiveRoots(model, owner),
    variableValues: variables,
  });
  const denied = expected.errors?.some((error) => error.message === 'FORBIDDEN') === true;
  const unexpected = expected.errors?.filter((error) => error.message !== 'FORBIDDEN') ?? [];
  if (unexpected.length > 0) throw unexpected[0]!;
  const actor = actorOf(owner, `shape-${model.policies.rows}-${model.policies.fields}`);
  try {
    const given: unknown = JSON.parse(await reads.run(reads.prepare(text, document), actor, variables));
    if (!denied) expect(given).toEqual(JSON.parse(JSON.stringify(expected.data)));
    else expect(model.policies.fields).toBe('none');
    return 'answered';
  } catch (error) {
    if (error instanceof AppError && error.code === 'FORBIDDEN' && model.policies.fields === 'none')
      return 'refused';
    throw error;
  }
}

async function walk(reads: Reads, order: string, size: number, backward: boolean): Promise<string[]> {
  const [count, cursor] = backward ? ['last', 'before'] : ['first', 'after'];
  const text = `query ($cursor: String, $size: Int) { allA(${count}: $size, ${cursor}: $cursor, orderBy: ${order}) {
    nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
  const prepared = reads.prepare(text, parse(text));
  const seen: string[] = [];
  let at: string | null = null;
  for (;;) {
    const answer = JSON.parse(await reads.run(prepared, actorOf(0, 'walk'), { cursor: at, size })) as {
      allA: { nodes: { id: string }[]; pageInfo: Record<string, unknown> };
    };
    seen.push(...answer.allA.nodes.map((node) => node.id));
    const { pageInfo } = answer.allA;
    if (pageInfo[backward ? 'hasPreviousPage' : 'hasNextPage'] !== true) return seen;
    at = pageInfo[backward ? 'startCursor' : 'endCursor'] as string;
  }
}
