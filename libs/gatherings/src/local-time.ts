import { DateTime, FixedOffsetZone, IANAZone } from 'luxon';
import { offsetWrong, timeAmbiguous, timeInGap, timeInvalid, zoneUnknown } from './gatherings.errors';

const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/;
const MINUTE = 60_000;
const DAY = 86_400_000;
/** Where the zone's offset is looked at around a local time: a clock change lies between two of them. */
const PROBES = [-DAY, -DAY / 2, 0, DAY / 2, DAY];

export interface LocalTime {
  /** `YYYY-MM-DDTHH:mm`, as the clock on the wall shows it. */
  readonly local: string;
  /** IANA name. */
  readonly timeZone: string;
  /** `±HH:mm`; needed only where clocks show the time twice. */
  readonly offset?: string;
}

/**
 * The instant at which clocks in the zone show a local time.
 * @param field names the input in errors; its zone stands beside it, as `timeZone`.
 * @throws AppError GATHERING.ZONE_UNKNOWN, GATHERING.TIME_INVALID, GATHERING.TIME_IN_GAP (details
 *   `nextValid`), GATHERING.TIME_AMBIGUOUS (details `offsets`, earlier instant first),
 *   GATHERING.OFFSET_WRONG.
 */
export function instantOf({ local, timeZone, offset }: LocalTime, field: string): Date {
  const zone = zoneNamed(timeZone, field);
  if (!LOCAL.test(local)) throw timeInvalid(field);
  const wall = DateTime.fromISO(local, { zone: 'utc' });
  if (!wall.isValid || wall.year < 1990 || wall.year > 2200) throw timeInvalid(field);
  const asUtc = wall.toMillis();
  const instants = instantsShowing(zone, asUtc);
  const first = instants[0];
  if (first === undefined) throw timeInGap(field, endOfGap(zone, asUtc));
  const offsets = instants.map((at) => offsetText(zone.offset(at)));
  if (offset !== undefined) {
    const chosen = instants[offsets.indexOf(offset)];
    if (chosen === undefined) throw offsetWrong(field, offsets);
    return new Date(chosen);
  }
  if (instants.length > 1) throw timeAmbiguous(field, offsets);
  return new Date(first);
}

/** Whether clocks in the zone show the local time of this instant at another instant too. */
export function isShownTwice(at: Date, timeZone: string): boolean {
  const zone = IANAZone.create(timeZone);
  return instantsShowing(zone, at.getTime() + zone.offset(at.getTime()) * MINUTE).length > 1;
}

function zoneNamed(timeZone: string, field: string): IANAZone {
  const zone = IANAZone.create(timeZone);
  if (!zone.isValid || /^[+-]/.test(timeZone)) throw zoneUnknown(field.replace(/[^.]*$/, 'timeZone'));
  return zone;
}

function instantsShowing(zone: IANAZone, asUtc: number): number[] {
  const offsets = new Set(PROBES.map((probe) => zone.offset(asUtc + probe)));
  return [...offsets]
    .map((minutes) => asUtc - minutes * MINUTE)
    .filter((at) => at + zone.offset(at) * MINUTE === asUtc)
    .sort((a, b) => a - b);
}

/** The first local time after the gap that holds a local time which no clock shows. */
function endOfGap(zone: IANAZone, asUtc: number): string {
  let before = asUtc - DAY;
  let after = asUtc + DAY;
  while (after - before > 1000) {
    const middle = before + Math.floor((after - before) / 2000) * 1000;
    if (middle + zone.offset(middle) * MINUTE < asUtc) before = middle;
    else after = middle;
  }
  return DateTime.fromMillis(after, { zone }).toFormat("yyyy-LL-dd'T'HH:mm");
}

export function offsetText(minutes: number): string {
  return FixedOffsetZone.instance(minutes).formatOffset(0, 'short');
}
