import type { Readable } from 'node:stream';
import { Controller, HttpCode, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ENCODINGS, ImportsService, isEncoding } from '@unionhall/members';
import { AppError } from '@unionhall/platform';
import { ACTOR_RESOLVER, decodeId, encodeId, type ResolveSchemaActor } from '../graphql';

/** How much of a refused file is read away so that its sender hears why on a connection that goes on. */
const READ_AWAY = 64 * 1024 * 1024;

/** Uploads of files of people: the body is the file, `content-type: text/csv` (which no plain form can send). */
@Controller('imports')
export class ImportsController {
  constructor(
    private readonly imports: ImportsService,
    @Inject(ACTOR_RESOLVER) private readonly resolve: ResolveSchemaActor,
  ) {}

  /**
   * `chapterId`: a global id; `encoding`: needed for anything but UTF-8; `country`: of national telephone
   * numbers, US when not given. Gives the id of the preview.
   */
  @Post()
  @HttpCode(201)
  async upload(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query('chapterId') chapterId: string,
    @Query('encoding') encoding: string | undefined,
    @Query('country') country: string | undefined,
  ): Promise<{ id: string }> {
    if (!(request.headers['content-type'] ?? '').startsWith('text/csv')) {
      throw new AppError(
        'invalid',
        'IMPORT.CONTENT_TYPE',
        'Send the file as the body, with content-type: text/csv.',
      );
    }
    if (encoding !== undefined && !isEncoding(encoding)) {
      throw new AppError('invalid', 'IMPORT.ENCODING', `An encoding is one of ${ENCODINGS.join(', ')}.`, {
        field: 'encoding',
      });
    }
    const actor = await this.resolve(request, 'api');
    const bytes = request.raw.iterator({ destroyOnReturn: false }) as AsyncGenerator<Buffer>;
    try {
      const { id } = await this.imports.preview(actor, {
        chapterId: decodeId('Chapter', chapterId, 'chapterId'),
        encoding,
        country,
        bytes,
      });
      return { id: encodeId('ImportRun', id) };
    } catch (error) {
      await bytes.return(undefined);
      if (!(await readAway(request.raw))) void reply.header('connection', 'close');
      throw error;
    }
  }
}

/** @returns whether the stream was read to its end. */
async function readAway(stream: Readable): Promise<boolean> {
  let size = 0;
  for await (const chunk of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>)
    if ((size += chunk.length) > READ_AWAY) return false;
  return true;
}
