import { decode, encodingExists } from 'iconv-lite';
import { zoomRefused } from './gatherings.errors';

/**
 * The text of a report: UTF-8, or UTF-16 by its byte order mark. Anything else is decoded only when
 * the encoding is stated, never guessed.
 * @throws AppError ZOOM_REPORT.ENCODING.
 */
export function decodeReport(file: Buffer, encoding?: string): string {
  if (encoding !== undefined) {
    if (!encodingExists(encoding)) throw zoomRefused('ENCODING', 'This encoding is not known.');
    return decode(file, encoding);
  }
  if (file[0] === 0xff && file[1] === 0xfe) return decode(file, 'utf-16le');
  if (file[0] === 0xfe && file[1] === 0xff) return decode(file, 'utf-16be');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file);
  } catch {
    throw zoomRefused('ENCODING', 'The file is not UTF-8. State its encoding (windows-1252, for example).');
  }
}
