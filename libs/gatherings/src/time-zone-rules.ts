import { DateTime, IANAZone } from 'luxon';
import { offsetText } from './local-time';

/** No zone has changed its clocks there and back within so short a time. */
const STEP = 4 * 86_400_000;
const cache = new Map<string, string>();

/**
 * The VTIMEZONE (RFC 5545, 3.6.5) of a zone, true from one year before to one year after the given
 * year: one observance per clock change, out of the same zone data that fixes our instants. Lines end
 * in CRLF.
 */
export function timeZoneComponent(timeZone: string, year: number): string {
  const key = `${timeZone} ${year}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const zone = IANAZone.create(timeZone);
  const from = Date.UTC(year - 1, 0, 1);
  const until = Date.UTC(year + 2, 0, 1);
  const observances = [observance(zone, from, zone.offset(from))];
  for (let early = from; early < until; early += STEP) {
    if (zone.offset(early) !== zone.offset(early + STEP)) {
      const at = changeBetween(zone, early, early + STEP);
      observances.push(observance(zone, at, zone.offset(at - 1000)));
    }
  }
  const text = ['BEGIN:VTIMEZONE', `TZID:${timeZone}`, ...observances.flat(), 'END:VTIMEZONE'].join('\r\n');
  if (cache.size > 2_000) cache.clear();
  cache.set(key, text);
  return text;
}

/** The lines of one observance. Its DTSTART is the local time of its onset, in the offset before it. */
function observance(zone: IANAZone, onset: number, offsetFrom: number): string[] {
  const name = DateTime.fromMillis(onset, { zone }).isInDST ? 'DAYLIGHT' : 'STANDARD';
  const local = DateTime.fromMillis(onset + offsetFrom * 60_000, { zone: 'utc' });
  return [
    `BEGIN:${name}`,
    `DTSTART:${local.toFormat("yyyyLLdd'T'HHmmss")}`,
    `TZOFFSETFROM:${offsetText(offsetFrom).replace(':', '')}`,
    `TZOFFSETTO:${offsetText(zone.offset(onset)).replace(':', '')}`,
    `END:${name}`,
  ];
}

function changeBetween(zone: IANAZone, early: number, late: number): number {
  const before = zone.offset(early);
  while (late - early > 1000) {
    const middle = early + Math.floor((late - early) / 2000) * 1000;
    if (zone.offset(middle) === before) early = middle;
    else late = middle;
  }
  return late;
}
