import { once } from 'node:events';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { CountryCode } from 'libphonenumber-js';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Addresses } from '@unionhall/consent';
import { emailKeyOf } from '../member-input';
import { readHeader, readRow, type Header, type PersonRow } from './action-network';
import { decoded, type Encoding } from './encoding';
import { notCsv, tooLarge } from './import.errors';

const MAX_RECORD_BYTES = 1024 * 1024;
const MAX_ROWS = 1_000_000;
/** Rows are handed on in pieces of about this size. */
const PIECE = 64 * 1024;

const COLUMNS =
  'line, given_name, family_name, email, email_key, phone, postal_code, city, region, country, tags, custom, email_opt_out, phone_opt_out, problem_column, problem';

/** PostgreSQL does not COPY into a table with row-level security: the rows come by way of this one. */
const LOAD_TABLE = `
  CREATE TEMPORARY TABLE import_load (
    line int NOT NULL, given_name text, family_name text, email text, email_key text, phone text, postal_code text, city text,
    region text, country text, tags text[] NOT NULL, custom jsonb NOT NULL, email_opt_out text, phone_opt_out text,
    problem_column text, problem text
  ) ON COMMIT DROP`;

export interface FileToLoad {
  readonly bytes: AsyncIterable<Buffer>;
  readonly encoding: Encoding;
  readonly country: CountryCode;
}

/**
 * Reads a file as it arrives, row after row, into the temporary table `import_load` of the client's
 * transaction. Memory does not grow with the file. When it throws, the client is in the middle of a
 * COPY: its connection must be closed.
 * @throws AppError IMPORT.* naming the line or column.
 */
export async function loadFile(
  client: PoolClient,
  addresses: Addresses,
  { bytes, encoding, country }: FileToLoad,
): Promise<Header> {
  await client.query(LOAD_TABLE);
  const parser = parse({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD_BYTES,
    info: true,
  });
  pipeline(Readable.from(decoded(bytes, encoding)), parser, () => undefined);
  const copy = client.query(copyFrom(`COPY import_load (${COLUMNS}) FROM STDIN`));
  const refused = new Promise<never>((_, reject) => copy.once('error', reject));
  refused.catch(() => undefined);
  let header: Header | undefined;
  let rows = 0;
  let piece = '';
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      if (header === undefined) {
        header = readHeader(record);
        continue;
      }
      if (++rows > MAX_ROWS) throw tooLarge(`There are more than ${MAX_ROWS} rows.`, { line: info.lines });
      piece += copyLine(readRow(header, record, info.lines, country), addresses);
      if (piece.length < PIECE) continue;
      await Promise.race([written(copy, piece), refused]);
      piece = '';
    }
  } catch (error) {
    throw asRefusal(error);
  }
  if (header === undefined) throw notCsv('The file has no header row.');
  const end = once(copy, 'finish');
  copy.end(piece);
  await Promise.race([end, refused]);
  return header;
}

async function written(stream: Writable, piece: string): Promise<void> {
  if (!stream.write(piece)) await once(stream, 'drain');
}

function asRefusal(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error;
  const line = (error as unknown as { lines?: number }).lines;
  return error.code === 'CSV_MAX_RECORD_SIZE'
    ? tooLarge(`A row at line ${line} is longer than ${MAX_RECORD_BYTES} bytes.`, { line })
    : notCsv(`The file stops being CSV at line ${line}: ${error.code}.`, { line });
}

/** A row as one line of PostgreSQL's text format. */
function copyLine(row: PersonRow, addresses: Addresses): string {
  const tags = row.tags.map((tag) => `"${tag.replaceAll(/["\\]/g, '\\$&')}"`).join(',');
  const cells = [
    String(row.line),
    row.givenName,
    row.familyName,
    row.email,
    row.email === null ? null : emailKeyOf(row.email),
    row.phone,
    row.postalCode,
    row.city,
    row.region,
    row.country,
    `{${tags}}`,
    JSON.stringify(row.custom),
    row.emailOptOut && row.email !== null ? addresses.hash('email', row.email) : null,
    row.phoneOptOut && row.phone !== null ? addresses.hash('sms', row.phone) : null,
    row.problem?.column ?? null,
    row.problem?.code ?? null,
  ];
  return `${cells.map(escapeCell).join('\t')}\n`;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const escapeCell = (cell: string | null): string =>
  cell === null ? '\\N' : cell.replaceAll(/[\\\n\r\t]/g, (c) => ESCAPES[c]!);
