import { types, type Connection, type FieldDef, type PoolClient, type Submittable } from 'pg';
import { prepareValue } from 'pg/lib/utils';
import { statementName } from './named-client';

/** A parameterised statement. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

export interface Rows {
  readonly rows: object[];
  /** How many rows the statement gave, or changed. */
  readonly rowCount: number | null;
}

/** What a connection has prepared so far, by statement name: pg's own record, kept up to date. */
interface Prepared extends Connection {
  readonly parsedStatements: Record<string, string>;
}

interface Column {
  readonly name: string;
  readonly parse: (text: string) => unknown;
}

type Columns = Map<string, readonly Column[]>;

/** The columns of statements that a connection has described: they do not change while it is prepared. */
const described = new WeakMap<Connection, Columns>();

/**
 * Sends named statements in one write, with one Sync behind them: PostgreSQL runs them as one implicit
 * transaction ("Pipelining" in its protocol documentation), answers in one piece, and after an error
 * runs none of the rest and rolls back what ran. There is no BEGIN and no COMMIT to wait for.
 * @returns the rows of the last statement. @throws PostgreSQL's error of the first that fails.
 */
export function inOneWrite(client: PoolClient, statements: readonly Statement[]): Promise<Rows> {
  return new Promise((resolve, reject) => client.query(new OneWrite(statements, resolve, reject)));
}

class OneWrite implements Submittable {
  private readonly rows: Record<string, unknown>[] = [];
  private rowCount: number | null = null;
  private readonly names: readonly string[];
  /** Written before anything is sent: a value that cannot be written must not leave half a request behind. */
  private readonly values: readonly (string | Buffer | null)[][];
  private columns: readonly Column[] = [];
  private completed = 0;
  private broken: Error | undefined;

  constructor(
    private readonly statements: readonly Statement[],
    private readonly resolve: (rows: Rows) => void,
    private readonly reject: (error: Error) => void,
  ) {
    this.names = statements.map(({ text }) => statementName(text));
    this.values = statements.map(({ values }) => values.map(prepareValue));
  }

  submit(connection: Connection): Error | null {
    const { stream, parsedStatements } = connection as Prepared;
    stream.cork();
    try {
      this.statements.forEach(({ text }, index) => {
        const name = this.names[index]!;
        if (parsedStatements[name] === undefined) {
          // An earlier try may have failed behind its Parse; closing what is not there is no error.
          connection.close({ type: 'S', name }, true);
          connection.parse({ name, text, types: [] }, true);
        }
        connection.bind(
          { portal: '', statement: name, values: this.values[index] as (string | Buffer | null)[] },
          true,
        );
        if (this.isLast(index)) this.describe(connection, name);
        connection.execute({ portal: '' }, true);
      });
      connection.sync();
    } finally {
      stream.uncork();
    }
    return null;
  }

  private describe(connection: Connection, name: string): void {
    const columns = described.get(connection)?.get(name);
    if (columns === undefined) connection.describe({ type: 'P', name: '' }, true);
    else this.columns = columns;
  }

  private isLast(index: number): boolean {
    return index === this.statements.length - 1;
  }

  handleRowDescription({ fields }: { fields: readonly FieldDef[] }): void {
    this.columns = fields.map(({ name, dataTypeID }) => ({
      name,
      parse: types.getTypeParser(dataTypeID, 'text') as Column['parse'],
    }));
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    if (!this.isLast(this.completed) || this.broken !== undefined) return;
    const row: Record<string, unknown> = {};
    try {
      this.columns.forEach(({ name, parse }, index) => {
        const text = fields[index]!;
        row[name] = text === null ? null : parse(text);
      });
      this.rows.push(row);
    } catch (error) {
      this.broken = error as Error;
    }
  }

  handleCommandComplete({ text }: { text: string }): void {
    if (this.isLast(this.completed)) this.rowCount = rowsOf(text);
    this.completed += 1;
  }

  handleEmptyQuery(): void {
    this.completed += 1;
  }

  handleReadyForQuery(connection: Connection): void {
    const { parsedStatements } = connection as Prepared;
    this.statements.forEach(({ text }, index) => (parsedStatements[this.names[index]!] = text));
    const known = described.get(connection) ?? new Map<string, readonly Column[]>();
    described.set(connection, known.set(this.names.at(-1)!, this.columns));
    if (this.broken === undefined) this.resolve({ rows: this.rows, rowCount: this.rowCount });
    else this.reject(this.broken);
  }

  handleError(error: Error): void {
    this.reject(error);
  }
}

/** The number at the end of a command tag (`SELECT 3`, `INSERT 0 1`); null when it has none. */
function rowsOf(tag: string): number | null {
  const count = / (\d+)$/.exec(tag)?.[1];
  return count === undefined ? null : Number(count);
}
