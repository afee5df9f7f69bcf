import { zoomRefused } from './gatherings.errors';
import { plain, type Line, type ZoomPerson, type ZoomReport } from './zoom-report';

const NEEDED = ['order #', 'first name', 'last name', 'email', 'attendee status'] as const;
/** Everything else is somebody who was not seen, or somebody else's word that we do not know. */
const THERE = 'checked in';

const columnsOf = (line: Line | undefined): number[] =>
  NEEDED.map((name) => line?.cells.map(plain).indexOf(name) ?? -1);

/** Whether the first line names the columns of an Eventbrite attendee report. */
export const isEventbrite = (lines: readonly Line[]): boolean => columnsOf(lines[0]).every((at) => at >= 0);

/**
 * Those whom Eventbrite's attendee report says were checked in; for how long they stayed it does not say. Tickets that
 * one person ordered for several bear one address: whose it is, a person decides.
 * @throws AppError ZOOM_REPORT.RAGGED, NOBODY, EMPTY naming the line.
 */
export function readEventbrite(lines: readonly Line[]): ZoomReport {
  const [header, ...rows] = lines as [Line, ...Line[]];
  const [, first, last, email, status] = columnsOf(header) as [number, number, number, number, number];
  const people = new Map<string, ZoomPerson>();
  const namesOf = new Map<string, Set<string>>();
  for (const { cells, at } of rows) {
    if (cells.length !== header.cells.length)
      throw zoomRefused(
        'RAGGED',
        `This line has ${cells.length} cells where the header has ${header.cells.length}.`,
        at,
      );
    const address = cells[email]!.toLowerCase();
    const name = `${cells[first]} ${cells[last]}`.replace(/\s+/g, ' ').trim();
    if (name !== '' && address !== '')
      namesOf.set(address, (namesOf.get(address) ?? new Set()).add(plain(name)));
    if (plain(cells[status]!) !== THERE) continue;
    if (address === '' && name === '')
      throw zoomRefused('NOBODY', 'This line has neither name nor email.', at);
    const key = `ticket:${address}:${plain(name)}`;
    const known = people.get(key);
    people.set(key, {
      key,
      name,
      names: name === '' ? [] : [name],
      email: cells[email] || null,
      minutes: null,
      stays: [],
      lines: [...(known?.lines ?? []), at],
    });
  }
  if (people.size === 0)
    throw zoomRefused('EMPTY', 'The report says of nobody that they were checked in.', header.at);
  const shared = (address: string | null): boolean =>
    address !== null && (namesOf.get(address.toLowerCase())?.size ?? 0) > 1;
  return {
    source: 'import',
    meetingId: null,
    topic: null,
    firstJoins: [],
    people: [...people.values()].map((one) => (shared(one.email) ? { ...one, email: null } : one)),
  };
}
