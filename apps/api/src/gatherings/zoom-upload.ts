import type { FastifyRequest } from 'fastify';
import { ZOOM_LIMITS } from '@unionhall/gatherings';
import { AppError } from '@unionhall/platform';

export interface ZoomUpload {
  readonly file: Buffer;
  readonly fields: Readonly<Record<string, string>>;
}

type Part =
  | { type: 'file'; fieldname: string; file: AsyncIterable<Buffer> }
  | { type: 'field'; fieldname: string; value: unknown };

/**
 * The file and fields of a multipart upload. A browser that sends it for another site is refused.
 * @throws AppError UPLOAD.CROSS_SITE, UPLOAD.NOT_MULTIPART, UPLOAD.NO_FILE, UPLOAD.TOO_LARGE.
 */
export async function readZoomUpload(request: FastifyRequest): Promise<ZoomUpload> {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    throw new AppError('forbidden', 'UPLOAD.CROSS_SITE', 'Files are taken from this site alone.');
  }
  const multipart = request as unknown as { isMultipart?(): boolean; parts(): AsyncIterable<Part> };
  if (multipart.isMultipart?.() !== true) {
    throw new AppError('invalid', 'UPLOAD.NOT_MULTIPART', 'Send the file as multipart/form-data.');
  }
  const fields: Record<string, string> = {};
  let file: Buffer | undefined;
  for await (const part of multipart.parts()) {
    if (part.type === 'field') fields[part.fieldname] = String(part.value);
    else file = await readPart(part.file);
  }
  if (file === undefined)
    throw new AppError('invalid', 'UPLOAD.NO_FILE', 'There is no file in this request.', { field: 'file' });
  return { file, fields };
}

async function readPart(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > ZOOM_LIMITS.bytes)
      throw new AppError('invalid', 'UPLOAD.TOO_LARGE', 'A report has at most 8 MB.', { field: 'file' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
