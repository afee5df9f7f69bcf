import { analyse } from 'chardet';
import { getDecoder } from 'iconv-lite';
import { encodingUnclear, hasNul, notCsv } from './import.errors';

/** Encodings that files of people come in. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

export const isEncoding = (name: string): name is Encoding => (ENCODINGS as readonly string[]).includes(name);

/** How much of a file is looked at before it is read. */
export const SAMPLE_BYTES = 64 * 1024;

const ZIP = Buffer.from('PK\u0003\u0004', 'latin1');

/**
 * The encoding of a file, from its beginning.
 * @param confirmed what the organizer says it is; anything but clean UTF-8 needs their word.
 * @throws AppError IMPORT.NOT_CSV, IMPORT.NUL, IMPORT.ENCODING (details: `detected`).
 */
export function encodingOf(sample: Buffer, confirmed: Encoding | undefined): Encoding {
  if (sample.length === 0) throw notCsv('The file is empty.');
  if (sample.subarray(0, 4).equals(ZIP))
    throw notCsv('This is a spreadsheet or archive, not CSV. Export it as CSV.');
  if (/^\s*<(!doctype|html|\?xml)/i.test(sample.subarray(0, 200).toString('latin1')))
    throw notCsv('This is a web page, not CSV.');
  const detected = detect(sample);
  if (detected === 'utf-8' || confirmed === detected) return detected;
  if (confirmed !== undefined)
    throw encodingUnclear(`The file does not look like ${confirmed}.`, { detected });
  throw encodingUnclear(
    `The file is not UTF-8; it looks like ${detected}. Confirm that, or export it as UTF-8.`,
    { detected },
  );
}

function detect(sample: Buffer): Encoding {
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le';
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be';
  const nul = sample.indexOf(0);
  if (nul !== -1) {
    const [best] = analyse(sample);
    if (best?.name === 'UTF-16LE') return 'utf-16le';
    if (best?.name === 'UTF-16BE') return 'utf-16be';
    throw hasNul(`There is a NUL byte at byte ${nul + 1}.`, { byte: nul + 1 });
  }
  // A character may be cut at the end of the sample.
  for (let cut = 0; cut < 4; cut++) {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(sample.subarray(0, sample.length - cut));
      return 'utf-8';
    } catch {
      continue;
    }
  }
  return 'windows-1252';
}

/**
 * Bytes to text, chunk by chunk; refuses what is not of the encoding, and NULs, wherever they come.
 * @throws AppError IMPORT.ENCODING, IMPORT.NUL.
 */
export async function* decoded(bytes: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<string> {
  const decode = encoding === 'utf-8' ? strictUtf8() : lenient(encoding);
  let line = 1;
  const checked = (text: string): string => {
    const nul = text.indexOf('\0');
    line += lineBreaks(nul === -1 ? text : text.slice(0, nul));
    if (nul !== -1) throw hasNul(`There is a NUL byte on line ${line}.`, { line });
    return text;
  };
  for await (const chunk of bytes) yield checked(decode(chunk));
  yield checked(decode(undefined));
}

type Decode = (chunk: Buffer | undefined) => string;

function strictUtf8(): Decode {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let seen = 0;
  return (chunk) => {
    try {
      const text = decoder.decode(chunk, { stream: chunk !== undefined });
      seen += chunk?.length ?? 0;
      return text;
    } catch {
      throw encodingUnclear(`The file is not UTF-8 from about byte ${seen + 1} on.`, { byte: seen + 1 });
    }
  };
}

/** Not the platform's TextDecoder: some versions of Node read windows-1252 as Latin-1. */
function lenient(encoding: Encoding): Decode {
  const decoder = getDecoder(encoding, { stripBOM: true });
  return (chunk) => (chunk === undefined ? (decoder.end() ?? '') : decoder.write(chunk));
}

function lineBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** The first bytes of a stream, and an iterable of all of it. */
export async function beginning(bytes: AsyncIterable<Buffer>): Promise<[Buffer, AsyncIterable<Buffer>]> {
  const iterator = bytes[Symbol.asyncIterator]();
  const chunks: Buffer[] = [];
  let size = 0;
  while (size < SAMPLE_BYTES) {
    const { value, done } = await iterator.next();
    if (done === true) break;
    chunks.push(value);
    size += value.length;
  }
  const sample = Buffer.concat(chunks);
  const all = async function* (): AsyncGenerator<Buffer> {
    yield sample;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  };
  return [sample.subarray(0, SAMPLE_BYTES), all()];
}
