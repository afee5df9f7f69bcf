import { CsvError, parse, type InfoRecord } from 'csv-parse/sync';
import { DateTime } from 'luxon';
import { zoomRefused } from './gatherings.errors';
import { minutesPresent, union, type Interval } from './presence';

export const ZOOM_LIMITS = { bytes: 8 * 1024 * 1024, rows: 20_000, columns: 60, line: 20_000 } as const;

export interface ZoomPerson {
  /** Stable within the file: decisions about people without a match name it. */
  readonly key: string;
  readonly name: string;
  /** Names to look for, the one in parentheses first: a device name hides it (`iPhone (Brian Smith)`). */
  readonly names: readonly string[];
  /** As written; null for guests without one. */
  readonly email: string | null;
  /** Null where the report says that they were there, and not for how long. */
  readonly minutes: number | null;
  /** When they were there; empty where the file has totals alone. */
  readonly stays: readonly Interval[];
  /** Lines of the file, counted from 1. */
  readonly lines: readonly number[];
}

export interface ZoomReport {
  readonly source: 'zoom' | 'import';
  /** Digits of the meeting's number, where the file has a preamble that says it. */
  readonly meetingId: string | null;
  readonly topic: string | null;
  /** The readings of the earliest join time, in whatever zone the account has; empty when the file has no times. */
  readonly firstJoins: readonly DateTime[];
  readonly people: readonly ZoomPerson[];
}

/** A line that says something, and where it stands in the file, counted from 1. */
export interface Line {
  readonly cells: readonly string[];
  readonly at: number;
}

export interface Columns {
  readonly name: number;
  readonly email: number;
  readonly join: number;
  readonly leave: number;
  readonly minutes: number;
  readonly waiting: number;
  readonly width: number;
}

/** Zoom writes dates by the account's locale; a file holds one of these throughout. */
const FORMATS = [
  'MM/dd/yyyy hh:mm:ss a',
  'MM/dd/yyyy hh:mm a',
  'M/d/yyyy h:mm:ss a',
  'M/d/yyyy h:mm a',
  'MM/dd/yyyy HH:mm:ss',
  'MM/dd/yyyy HH:mm',
  'M/d/yyyy H:mm:ss',
  'M/d/yyyy H:mm',
  'dd/MM/yyyy HH:mm:ss',
  'dd/MM/yyyy HH:mm',
  'dd/MM/yyyy hh:mm:ss a',
  'dd.MM.yyyy HH:mm:ss',
  'dd.MM.yyyy HH:mm',
  'yyyy-MM-dd HH:mm:ss',
  'yyyy-MM-dd HH:mm',
  'MMM d, yyyy hh:mm:ss a',
  'MMM d, yyyy hh:mm a',
  'MMM d, yyyy HH:mm:ss',
];

/**
 * A Zoom meeting's participant report in either variant (one row per stay, or totals), with or without
 * the block that stands before it. Stays of one person are merged: time covered twice counts once.
 * @throws AppError ZOOM_REPORT.* naming line and column.
 */
export function readMeeting(lines: readonly Line[]): ZoomReport {
  const headerAt = lines.findIndex((line) => columnsOf(line) !== undefined);
  if (headerAt < 0) throw notAReport();
  const header = lines[headerAt]!;
  const columns = columnsOf(header)!;
  const preamble = preambleOf(lines.slice(0, headerAt));
  const rows = lines.slice(headerAt + 1);
  for (const row of rows) checkWidth(row, columns.width);
  if (rows.length === 0) throw zoomRefused('EMPTY', 'The report names nobody.', header.at);
  const formats = columns.join < 0 ? [] : formatsOf(rows, columns);
  return {
    source: 'zoom',
    ...preamble,
    firstJoins: formats.map((format) =>
      rows.map((row) => timeAt(row, columns.join, format)).reduce((first, at) => (at < first ? at : first)),
    ),
    people: peopleOf(rows, columns, formats[0]),
  };
}

/** @throws AppError ZOOM_REPORT.NUL_BYTE, TOO_WIDE, TOO_LONG, NOT_CSV. */
export function toLines(text: string): Line[] {
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    const before = text.slice(0, nul).split('\n');
    throw zoomRefused(
      'NUL_BYTE',
      `The file holds a NUL byte at character ${before.at(-1)!.length + 1} of a line.`,
      before.length,
    );
  }
  try {
    const records = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: ZOOM_LIMITS.line,
    }) as unknown as { record: string[]; info: InfoRecord }[];
    const lines = records
      .map(({ record, info }) => ({ cells: record.map((cell) => cell.trim()), at: info.lines }))
      .filter(({ cells }) => cells.some((cell) => cell !== ''));
    const wide = lines.find(({ cells }) => cells.length > ZOOM_LIMITS.columns);
    if (wide) throw zoomRefused('TOO_WIDE', `A report has at most ${ZOOM_LIMITS.columns} columns.`, wide.at);
    if (lines.length > ZOOM_LIMITS.rows)
      throw zoomRefused('TOO_LONG', `A report has at most ${ZOOM_LIMITS.rows} rows.`);
    return lines;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const at = (error as unknown as { lines?: number }).lines;
    throw zoomRefused('NOT_CSV', `The file is not CSV: ${error.code}.`, at);
  }
}

/** As headers and names are compared. */
export const plain = (cell: string): string => cell.toLowerCase().replace(/\s+/g, ' ').trim();

export function columnsOf(line: Line): Columns | undefined {
  const names = line.cells.map(plain);
  const find = (...any: string[]): number => names.findIndex((name) => any.includes(name));
  const columns = {
    name: find('name (original name)', 'user name (original name)', 'user name', 'name'),
    email: find('user email', 'email'),
    join: find('join time'),
    leave: find('leave time'),
    minutes: find('total duration (minutes)', 'duration (minutes)', 'time in session (minutes)'),
    waiting: find('in waiting room'),
    width: names.length,
  };
  const timed = columns.join >= 0 && columns.leave >= 0;
  if (columns.name < 0 || columns.email < 0 || (!timed && columns.minutes < 0)) return undefined;
  const twice = names.find((name, at) => name !== '' && names.indexOf(name) !== at);
  if (twice !== undefined)
    throw zoomRefused('DUPLICATE_HEADER', 'Two columns have the same name.', line.at, twice);
  return timed ? columns : { ...columns, join: -1, leave: -1 };
}

const notAReport = (): Error =>
  zoomRefused(
    'NOT_A_REPORT',
    'No line names the columns of a report of Zoom (Name (Original Name), User Email, and Join Time with Leave Time or Total Duration (Minutes)) or of Eventbrite (Order #, First Name, Last Name, Email, Attendee Status).',
  );

export function preambleOf(
  lines: readonly Line[],
  number = 'meeting id',
): { meetingId: string | null; topic: string | null } {
  const names = lines[0]?.cells.map(plain) ?? [];
  const values = lines[1]?.cells ?? [];
  const value = (...any: string[]): string | null =>
    values[names.findIndex((name) => any.includes(name))] || null;
  return { meetingId: value(number, 'id')?.replace(/\D/g, '') || null, topic: value('topic') };
}

function checkWidth({ cells, at }: Line, width: number): void {
  const extra = cells.slice(width).some((cell) => cell !== '');
  if (cells.length < width || extra) {
    throw zoomRefused('RAGGED', `This line has ${cells.length} cells where the header has ${width}.`, at);
  }
}

/** Every format in which all times of the file can be read: day and month may be exchangeable. */
export function formatsOf(rows: readonly Line[], columns: Columns): string[] {
  const reads = (row: Line, column: number, format: string): boolean =>
    readTime(row.cells[column]!, format).isValid;
  const fits = FORMATS.filter((format) => reads(rows[0]!, columns.join, format));
  const all = fits.filter((format) =>
    rows.every((row) => reads(row, columns.join, format) && reads(row, columns.leave, format)),
  );
  if (all.length > 0) return all;
  for (const row of rows) {
    for (const column of [columns.join, columns.leave]) {
      if (!(fits.length > 0 ? fits : FORMATS).some((format) => reads(row, column, format))) {
        throw zoomRefused(
          'BAD_TIME',
          'This is not a time as the rest of the file writes it.',
          row.at,
          column === columns.join ? 'Join Time' : 'Leave Time',
        );
      }
    }
  }
  throw zoomRefused('BAD_TIME', 'The file writes its times in more than one way.', rows[0]!.at, 'Join Time');
}

const readTime = (text: string, format: string): DateTime =>
  DateTime.fromFormat(text, format, { zone: 'utc', locale: 'en-US' });
export const timeAt = (row: Line, column: number, format: string): DateTime =>
  readTime(row.cells[column]!, format);

export function peopleOf(rows: readonly Line[], columns: Columns, format: string | undefined): ZoomPerson[] {
  const groups = new Map<string, Line[]>();
  for (const row of rows) {
    if (columns.waiting >= 0 && plain(row.cells[columns.waiting]!) === 'yes') continue;
    const email = row.cells[columns.email]!.toLowerCase();
    const name = row.cells[columns.name]!;
    if (email === '' && name === '')
      throw zoomRefused('NOBODY', 'This line has neither name nor email.', row.at);
    const key = email === '' ? `name:${plain(name)}` : `email:${email}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups].map(([key, group]) => {
    const stays = format === undefined ? [] : union(group.map((row) => stayOf(row, columns, format)));
    return {
      key,
      name: group[0]!.cells[columns.name]!,
      names: namesIn(group[0]!.cells[columns.name]!),
      email: group[0]!.cells[columns.email] || null,
      minutes: format === undefined ? totalOf(group, columns) : minutesPresent(stays),
      stays,
      lines: group.map((row) => row.at),
    };
  });
}

function stayOf(row: Line, columns: Columns, format: string): Interval {
  const from = timeAt(row, columns.join, format).toMillis();
  const to = timeAt(row, columns.leave, format).toMillis();
  if (to < from) throw zoomRefused('BAD_TIME', 'Left before joining.', row.at, 'Leave Time');
  return { from, to };
}

/** Totals of one person on two devices may overlap: the longer is what is certain. */
function totalOf(group: readonly Line[], columns: Columns): number {
  return Math.max(
    ...group.map((row) => {
      const cell = row.cells[columns.minutes]!;
      if (!/^\d{1,5}$/.test(cell))
        throw zoomRefused('BAD_MINUTES', 'Minutes are a whole number.', row.at, 'Total Duration (Minutes)');
      return Number(cell);
    }),
  );
}

function namesIn(name: string): string[] {
  const inside = /^(.*?)\s*\(([^()]+)\)\s*$/.exec(name);
  const names = inside === null ? [name] : [inside[2]!, inside[1]!];
  return names.map((one) => one.trim().replace(/\s+/g, ' ')).filter((one) => one !== '');
}
