import { zoomRefused } from './gatherings.errors';
import { minutesPresent, union } from './presence';
import {
  columnsOf,
  formatsOf,
  peopleOf,
  plain,
  preambleOf,
  timeAt,
  type Line,
  type ZoomPerson,
  type ZoomReport,
} from './zoom-report';

const SECTIONS = ['host details', 'panelist details', 'attendee details', 'other attended'];
const title = ({ cells }: Line): string => plain(cells[0] ?? '');
const isSection = (line: Line): boolean => SECTIONS.includes(title(line));

/** Whether the lines are those of a webinar report: several tables in one file, each under its title. */
export const isWebinar = (lines: readonly Line[]): boolean => lines.some(isSection);

/**
 * The report of a Zoom webinar. Its tables may write their times in different ways, leave cells out at the end of a
 * line, and say `--` for nothing; whoever registered and did not come is in it, and does not count.
 * @throws AppError ZOOM_REPORT.* naming line and column.
 */
export function readWebinar(lines: readonly Line[]): ZoomReport {
  const starts = lines.flatMap((line, index) => (isSection(line) ? [index] : []));
  const head = lines.slice(0, starts[0]);
  const about = head.findIndex(({ cells }) => cells.some((cell) => plain(cell) === 'webinar id'));
  const preamble = preambleOf(about < 0 ? [] : head.slice(about), 'webinar id');
  const tables = starts.map((from, index) => tableOf(lines.slice(from + 1, starts[index + 1])));
  const people = joined(tables.flatMap((table) => table.people));
  if (people.length === 0) throw zoomRefused('EMPTY', 'The report names nobody who was there.', lines[0]!.at);
  return {
    source: 'zoom',
    ...preamble,
    firstJoins: tables.flatMap((table) => table.firstJoins),
    people,
  };
}

function tableOf(lines: readonly Line[]): Pick<ZoomReport, 'people' | 'firstJoins'> {
  const [header, ...rest] = lines;
  if (header === undefined || rest.length === 0) return { people: [], firstJoins: [] };
  const columns = columnsOf(header);
  if (columns === undefined || columns.join < 0)
    throw zoomRefused(
      'NOT_A_REPORT',
      'A table of a webinar names a user, an email, Join Time and Leave Time.',
      header.at,
    );
  const attended = header.cells.map(plain).indexOf('attended');
  const rows = rest
    .map(({ cells, at }) => {
      if (cells.slice(columns.width).some((cell) => cell !== ''))
        throw zoomRefused('RAGGED', `This line has more cells than its header, ${columns.width}.`, at);
      const padded = Array.from({ length: columns.width }, (_, index) => cells[index] ?? '');
      return { cells: padded.map((cell) => (cell === '--' ? '' : cell)), at };
    })
    .filter(({ cells }) => attended < 0 || plain(cells[attended]!) !== 'no');
  if (rows.length === 0) return { people: [], firstJoins: [] };
  const formats = formatsOf(rows, columns);
  return {
    people: peopleOf(rows, columns, formats[0]),
    firstJoins: formats.map((format) =>
      rows.map((row) => timeAt(row, columns.join, format)).reduce((first, at) => (at < first ? at : first)),
    ),
  };
}

/** Whoever is in two tables, a panelist who came as an attendee too, was there once. */
function joined(people: readonly ZoomPerson[]): ZoomPerson[] {
  const found = new Map<string, ZoomPerson>();
  for (const person of people) {
    const known = found.get(person.key);
    if (known === undefined) found.set(person.key, person);
    else {
      const stays = union([...known.stays, ...person.stays]);
      found.set(person.key, {
        ...known,
        stays,
        minutes: minutesPresent(stays),
        lines: [...known.lines, ...person.lines],
      });
    }
  }
  return [...found.values()];
}
