import { Global, Injectable, Module } from '@nestjs/common';
import {
  Args,
  Field,
  ID,
  Mutation,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Actor, anonymousActor, systemActor } from '@unionhall/identity';
import {
  AppError,
  Config,
  count,
  createLogger,
  Database,
  enumOf,
  globalId,
  int,
  LOGGER,
  many,
  ofRow,
  one,
  readable,
  root,
  string,
  type Policy,
  type ReadsDeclaration,
} from '@unionhall/platform';
import { Pool } from 'pg';
import {
  ACTOR_RESOLVER,
  Allow,
  CurrentActor,
  decodeId,
  GraphqlHostModule,
  readType,
  type Ref,
} from '../../apps/api/src/graphql';
import { cloneDatabase, type TestDatabase } from '../support/database';

const open: Policy = { label: 'anyone', decide: () => 'all' };
const closed: Policy = { label: 'nobody', decide: () => 'none' };
const shelf = '00000000-0000-4000-8000-00000000000a';
const bookId = (index: number): string => `00000000-0000-4000-8000-0000000000${(index + 16).toString(16)}`;

const label = { LABEL: { by: [{ expression: 'label', cast: 'text' }], policy: ofRow } };
const reads: ReadsDeclaration = {
  types: [
    readable({
      type: 'Shelf',
      description: 'Holds books.',
      table: 'host_shelf',
      policy: open,
      fields: {
        id: globalId('id', ofRow),
        label: string('label', ofRow),
        books: many('Book', ofRow, { foreign: 'shelf_id' }),
        bookCount: count('Book', ofRow, { foreign: 'shelf_id' }),
      },
      orders: label,
      defaultOrder: 'LABEL',
    }),
    readable({
      type: 'Book',
      description: 'Stands on a shelf.',
      table: 'host_book',
      policy: open,
      fields: {
        id: globalId('id', ofRow),
        label: string('label', ofRow, { filter: ['eq', 'prefix'] }),
        state: enumOf('BookState', ['lent', 'here'], 'state', ofRow, { filter: ['eq', 'in'] }),
        pages: int('pages', ofRow),
        secret: string('label', closed),
        shelf: one('Shelf', ofRow, { local: 'shelf_id' }),
      },
      orders: label,
      defaultOrder: 'LABEL',
    }),
  ],
  roots: [
    root({ name: 'books', type: 'Book', shape: 'page', description: 'All books.', policy: open }),
    root({
      name: 'shelf',
      type: 'Shelf',
      shape: 'one',
      description: 'A shelf.',
      policy: open,
      by: { id: { column: 'id', type: 'ID', cast: 'uuid' } },
    }),
  ],
};

let pool: Pool;

@ObjectType()
class MovePayload {
  @Field(() => readType('Book'), { nullable: true }) book?: Ref;
  @Field(() => [readType('Book')]) others!: Ref[];
  @Field() note!: string;
}

@Injectable()
@Resolver()
class LibraryResolver {
  @Allow('anyone')
  @Mutation(() => readType('Book'))
  async renameBook(@Args('id', { type: () => ID }) id: string, @Args('label') to: string): Promise<Ref> {
    const uuid = decodeId('Book', id, 'id');
    const { rowCount } = await pool.query('UPDATE host_book SET label = $2 WHERE id = $1', [uuid, to]);
    if (rowCount === 0) throw new AppError('not_found', 'BOOK.NOT_FOUND', 'No such book.', { field: 'id' });
    return { id: uuid };
  }

  @Allow('anyone')
  @Mutation(() => MovePayload)
  moveBooks(): MovePayload {
    return { book: { id: bookId(0) }, others: [{ id: bookId(1) }, { id: bookId(2) }], note: 'moved' };
  }

  @Allow('anyone')
  @Query(() => String)
  whoAmI(@CurrentActor() actor: Actor): string {
    return actor.kind;
  }

  @Allow('anyone')
  @Query(() => String)
  breaks(): string {
    throw new Error('a secret of the house');
  }
}

@Injectable()
@Resolver(() => readType('Book'))
class BookResolver {
  @Allow('row')
  @ResolveField(() => String)
  shout(@Parent() book: Ref): string {
    return `${book.id.slice(-2)}!`;
  }
}

const LIMITS = { tokens: 300, depth: 8, aliases: 5, rootFields: 4, nodes: 1_000 };

@Global()
@Module({
  providers: [
    {
      provide: Database,
      useValue: {
        read: (_: unknown, { text, values }: { text: string; values: unknown[] }) => pool.query(text, values),
      },
    },
    {
      provide: ACTOR_RESOLVER,
      useValue: (request: { headers: Record<string, unknown> }) =>
        Promise.resolve(
          request.headers['x-anonymous'] === undefined ? systemActor('test') : anonymousActor(),
        ),
    },
    { provide: LOGGER, useValue: createLogger('silent', 'test') },
    { provide: Config, useValue: { environment: 'production' } },
  ],
  exports: [Database, ACTOR_RESOLVER, LOGGER, Config],
})
class ServicesModule {}

@Module({
  imports: [
    ServicesModule,
    GraphqlHostModule.forSchema({
      name: 'api',
      path: '/graphql',
      reads: [reads],
      resolvers: [LibraryResolver, BookResolver],
      limits: LIMITS,
    }),
    GraphqlHostModule.forSchema({
      name: 'partners',
      path: '/partners/graphql',
      reads: [
        {
          types: [{ ...reads.types![1]!, fields: { label: string('label', ofRow) } }],
          roots: [reads.roots![0]!],
        },
      ],
      resolvers: [],
      limits: LIMITS,
    }),
  ],
})
class LibraryModule {}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly data?: Record<string, never>;
  readonly errors?: { message: string; path?: unknown[]; extensions: { code: string; field?: string } }[];
}

describe('the GraphQL host', () => {
  let app: NestFastifyApplication;
  let database: TestDatabase;

  beforeAll(async () => {
    database = await cloneDatabase();
    pool = new Pool({ connectionString: database.url, max: 2 });
    await pool.query(`
      CREATE TABLE host_shelf (id uuid PRIMARY KEY, label text NOT NULL);
      CREATE TABLE host_book (id uuid PRIMARY KEY, label text NOT NULL, state text NOT NULL, pages int NOT NULL, shelf_id uuid NOT NULL);
      INSERT INTO host_shelf VALUES ('${shelf}', 'top')`);
    for (let index = 0; index < 5; index++) {
      await pool.query('INSERT INTO host_book VALUES ($1, $2, $3, $4, $5)', [
        bookId(index),
        `book ${index}`,
        index % 2 ? 'lent' : 'here',
        index * 100,
        shelf,
      ]);
    }
    app = await NestFactory.create<NestFastifyApplication>(LibraryModule, new FastifyAdapter(), {
      logger: false,
      abortOnError: false,
    });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  });
  afterAll(async () => {
    await app.close();
    await pool.end();
    await database.drop();
  });

  async function post(
    body: unknown,
    headers: Record<string, string> = {},
    url = '/graphql',
  ): Promise<Answer> {
    const payload = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await app.inject({
      method: 'POST',
      url,
      payload,
      headers: { 'content-type': 'application/json', ...headers },
    });
    return {
      status: response.statusCode,
      type: String(response.headers['content-type']),
      ...(response.json() as object),
    };
  }
  const ask = (query: string, variables?: unknown, headers?: Record<string, string>): Promise<Answer> =>
    post({ query, variables }, headers);
  const codes = (answer: Answer): string[] => (answer.errors ?? []).map((error) => error.extensions.code);

  it('answers a declared query, with aliases, variables and fragments', async () => {
    const answer = await ask(
      `query ($n: Int, $state: BookState!) {
        all: books(first: $n) { totalCount pageInfo { hasNextPage } nodes { ...b } }
        here: books(filter: { state: { eq: $state } }) { edges { node { label } } }
      } fragment b on Book { id name: label state shelf { label bookCount } }`,
      { n: 1, state: 'HERE' },
    );
    expect(answer).toEqual({
      status: 200,
      type: 'application/json; charset=utf-8',
      data: {
        all: {
          totalCount: 5,
          pageInfo: { hasNextPage: true },
          nodes: [
            { id: `Book_${bookId(0)}`, name: 'book 0', state: 'HERE', shelf: { label: 'top', bookCount: 5 } },
          ],
        },
        here: { edges: [0, 2, 4].map((index) => ({ node: { label: `book ${index}` } })) },
      },
    });
  });

  it('answers by node id, and null for an id of nothing', async () => {
    const query =
      'query ($id: ID!) { node(id: $id) { __typename id ... on Shelf { books(last: 1) { nodes { pages } } } } }';
    const found = await ask(query, { id: `Shelf_${shelf}` });
    expect(found.data).toEqual({
      node: { __typename: 'Shelf', id: `Shelf_${shelf}`, books: { nodes: [{ pages: 400 }] } },
    });
    expect((await ask(query, { id: `Shelf_${bookId(0)}` })).data).toEqual({ node: null });
    expect(codes(await ask(query, { id: 'nonsense' }))).toEqual(['ID.MALFORMED']);
  });

  it('refuses an id of another type, naming the argument', async () => {
    const answer = await ask(`{ shelf(id: "Book_${bookId(0)}") { label } }`);
    expect(answer.errors![0]!.extensions).toMatchObject({ code: 'ID.WRONG_TYPE', field: 'shelf.id' });
  });

  it('mixes declared and hand-written root fields in one answer', async () => {
    for (let run = 0; run < 3; run++) {
      const answer = await ask(
        '{ a: whoAmI books(first: 1) { nodes { label shouted: shout s: state } } b: shelf(id: "Shelf_' +
          shelf +
          '") { label } }',
      );
      expect(answer.errors).toBeUndefined();
      expect(answer.data).toEqual({
        a: 'system',
        books: { nodes: [{ label: 'book 0', shouted: '10!', s: 'HERE' }] },
        b: { label: 'top' },
      });
    }
  });

  it('reads what a mutation selects of the row it gives', async () => {
    for (const to of ['renamed', 'once more', 'book 4']) {
      const answer = await ask(
        'mutation ($id: ID!, $to: String!) { done: renameBook(id: $id, label: $to) { __typename id title: label state shelf { l: label books(first: 1) { nodes { id } } } } }',
        { id: `Book_${bookId(4)}`, to },
      );
      expect(answer.errors).toBeUndefined();
      expect(answer.data).toMatchObject({
        done: { __typename: 'Book', id: `Book_${bookId(4)}`, title: to, state: 'HERE', shelf: { l: 'top' } },
      });
    }
    const payload = await ask('mutation { moveBooks { note book { label } others { label pages } } }');
    expect(payload.data).toEqual({
      moveBooks: {
        note: 'moved',
        book: { label: 'book 0' },
        others: [
          { label: 'book 1', pages: 100 },
          { label: 'book 2', pages: 200 },
        ],
      },
    });
  });

  it('answers typed errors of mutations with their path, and hides the text of all others', async () => {
    const missing = await ask(`mutation { renameBook(id: "Book_${shelf}", label: "x") { id } }`);
    expect(missing.errors![0]).toMatchObject({
      path: ['renameBook'],
      extensions: { code: 'BOOK.NOT_FOUND', kind: 'not_found', field: 'id' },
    });
    const broken = await ask('{ breaks }');
    expect(codes(broken)).toEqual(['INTERNAL']);
    expect(JSON.stringify(broken)).not.toContain('secret');
  });

  it('refuses what may not be read, at plan time, naming the place', async () => {
    const answer = await ask('{ books { nodes { secret } } }');
    expect(answer.data).toBeNull();
    expect(answer.errors![0]!.extensions).toMatchObject({ code: 'FORBIDDEN', field: 'books.nodes.secret' });
  });

  it('refuses cursors it did not give out and pages that are too large', async () => {
    const after = 'query ($c: String) { books(after: $c) { nodes { id } } }';
    for (const c of ['', 'zzz', Buffer.from('Shelf.LABEL\u001fa\u001fb').toString('base64')]) {
      expect(codes(await ask(after, { c }))).toEqual(['READ.BAD_CURSOR']);
    }
    expect(codes(await ask('{ books(first: 101) { totalCount } }'))).toEqual(['READ.BAD_PAGE']);
    expect(codes(await ask('{ books(first: 1, last: 1) { totalCount } }'))).toEqual(['READ.BAD_PAGE']);
  });

  it('limits tokens, depth, aliases, root fields and rows before anything runs', async () => {
    const nested = (levels: number): string =>
      levels === 0 ? 'label' : `books { nodes { shelf { ${nested(levels - 1)} } } }`;
    expect(codes(await ask(`{ ${'whoAmI '.repeat(400)} }`))).toEqual(['LIMIT.TOKENS']);
    expect(codes(await ask(`{ shelf(id: "x") { ${nested(4)} } }`))).toEqual(['LIMIT.DEPTH']);
    expect(
      codes(
        await ask(
          `{ books { nodes { ${'abcdef'
            .split('')
            .map((a) => `${a}: label`)
            .join(' ')} } } }`,
        ),
      ),
    ).toEqual(['LIMIT.ALIASES']);
    expect(codes(await ask('{ books { totalCount } x: whoAmI y: whoAmI z: whoAmI v: whoAmI }'))).toEqual([
      'LIMIT.ROOT_FIELDS',
    ]);
    expect(
      codes(await ask('{ books(first: 100) { nodes { shelf { books(first: 100) { nodes { id } } } } } }')),
    ).toEqual(['LIMIT.COST']);
  });

  it('speaks HTTP as the draft has it', async () => {
    const invalid = '{ books { nodes { nothing } } }';
    expect(await ask(invalid)).toMatchObject({ status: 200, type: 'application/json; charset=utf-8' });
    const modern = await ask(invalid, undefined, { accept: 'application/graphql-response+json' });
    expect(modern).toMatchObject({ status: 400, type: 'application/graphql-response+json; charset=utf-8' });
    expect(codes(modern)).toEqual(['GRAPHQL.INVALID']);
    expect(codes(await ask('{ books {'))).toEqual(['GRAPHQL.SYNTAX']);
    expect(await post([{ query: '{ whoAmI }' }])).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'HTTP.BATCHED' } }],
    });
    expect(await post('{"query":')).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'HTTP.BAD_BODY' } }],
    });
    expect(await post({ query: 7 })).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'HTTP.BAD_BODY', field: 'query' } }],
    });
    expect((await post('query=x', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415);
    expect((await post('{"query":"{ whoAmI }"}', { 'content-type': 'text/plain' })).status).toBe(415);
    const get = await app.inject({ method: 'GET', url: '/graphql?query={whoAmI}' });
    expect(get.statusCode).toBe(405);
  });

  it('refuses variables of the wrong type before anything runs', async () => {
    expect(codes(await ask('query ($n: Int!) { books(first: $n) { totalCount } }', { n: 'many' }))).toEqual([
      'GRAPHQL.INVALID',
    ]);
  });

  it('runs the named operation of several, each with its own plan', async () => {
    const query = 'query A { whoAmI } query B { breaks } query C { books(first: 2) { nodes { label } } }';
    for (let run = 0; run < 3; run++) {
      expect((await post({ query, operationName: 'A' })).data).toEqual({ whoAmI: 'system' });
      expect(codes(await post({ query, operationName: 'B' }))).toEqual(['INTERNAL']);
      expect((await post({ query, operationName: 'C' })).data).toEqual({
        books: { nodes: [{ label: 'book 0' }, { label: 'book 1' }] },
      });
    }
    expect(codes(await post({ query }))).toEqual(['GRAPHQL.NO_OPERATION']);
  });

  it('tells its schema to those who have signed in alone', async () => {
    const query = '{ __schema { queryType { name } } }';
    expect((await ask(query)).data).toEqual({ __schema: { queryType: { name: 'Query' } } });
    expect(codes(await ask(query, undefined, { 'x-anonymous': '1' }))).toEqual(['GRAPHQL.INTROSPECTION']);
  });

  it('keeps two schemas apart', async () => {
    const query = '{ books(first: 1) { nodes { label } } }';
    expect((await post({ query }, {}, '/partners/graphql')).data).toEqual({
      books: { nodes: [{ label: 'book 0' }] },
    });
    expect(codes(await post({ query: '{ books { nodes { pages } } }' }, {}, '/partners/graphql'))).toEqual([
      'GRAPHQL.INVALID',
    ]);
    expect(codes(await post({ query: '{ whoAmI }' }, {}, '/partners/graphql'))).toEqual(['GRAPHQL.INVALID']);
  });
});
