import { isEventbrite, readEventbrite } from './eventbrite-report';
import { zoomRefused } from './gatherings.errors';
import { decodeReport } from './zoom-encoding';
import { toLines, ZOOM_LIMITS, readMeeting, type ZoomReport } from './zoom-report';
import { isWebinar, readWebinar } from './zoom-webinar';

/**
 * Who was there, out of whatever report it is: of a Zoom meeting (either variant), of a Zoom webinar, or the attendees
 * of Eventbrite. What the file is, it says itself.
 * @param encoding when the file does not say it; UTF-8 and UTF-16 are found out.
 * @throws AppError ZOOM_REPORT.* naming line and column; nothing of a file that is refused counts.
 */
export function readAttendanceReport(file: Buffer, encoding?: string): ZoomReport {
  if (file.length > ZOOM_LIMITS.bytes) throw zoomRefused('TOO_LARGE', 'A report has at most 8 MB.');
  const lines = toLines(decodeReport(file, encoding));
  if (isEventbrite(lines)) return readEventbrite(lines);
  if (isWebinar(lines)) return readWebinar(lines);
  return readMeeting(lines);
}
