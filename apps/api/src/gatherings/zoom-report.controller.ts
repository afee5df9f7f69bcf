import { Controller, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  AttendanceService,
  ZoomImportService,
  type ZoomDecision,
  type ZoomOptions,
  type ZoomPreview,
} from '@unionhall/gatherings';
import { AppError } from '@unionhall/platform';
import { ACTOR_RESOLVER, decodeId, encodeId, type ResolveSchemaActor } from '../graphql';
import { readZoomUpload } from './zoom-upload';

const THRESHOLD = '15';

/** Attendance from a Zoom report: looked at, committed with what the first look gave, taken back by its batch. */
@Controller('gatherings')
export class ZoomReportController {
  constructor(
    @Inject(ACTOR_RESOLVER) private readonly actorOf: ResolveSchemaActor,
    private readonly zoom: ZoomImportService,
    private readonly attendance: AttendanceService,
  ) {}

  /** Multipart: `file`, `thresholdMinutes`, `encoding`; with `mode=commit` also `fingerprint`, `decisions`, `markAbsent`. */
  @Post(':id/zoom-report')
  @HttpCode(200)
  async report(@Param('id') id: string, @Req() request: FastifyRequest): Promise<object> {
    const actor = await this.actorOf(request, 'api');
    actor.require('attendance.record');
    const gatheringId = decodeId('Gathering', id, 'id');
    const { file, fields } = await readZoomUpload(request);
    const options: ZoomOptions = {
      gatheringId,
      thresholdMinutes: Number(fields['thresholdMinutes'] ?? THRESHOLD),
      ...(fields['encoding'] ? { encoding: fields['encoding'] } : {}),
    };
    const mode = fields['mode'] ?? 'preview';
    if (mode === 'preview') return shown(await this.zoom.preview(actor, file, options));
    if (mode !== 'commit')
      throw new AppError('invalid', 'ZOOM_REPORT.MODE', 'A report is sent to preview or commit.', {
        field: 'mode',
      });
    return this.zoom.commit(actor, file, {
      ...options,
      fingerprint: fields['fingerprint'] ?? '',
      decisions: decisionsOf(fields['decisions']),
      markAbsent: fields['markAbsent'] === 'true',
    });
  }

  @Post(':id/zoom-report/:batchId/undo')
  @HttpCode(200)
  async undo(
    @Param('id') id: string,
    @Param('batchId') batch: string,
    @Req() request: FastifyRequest,
  ): Promise<object> {
    const actor = await this.actorOf(request, 'api');
    actor.require('attendance.record');
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none') {
      throw new AppError('forbidden', 'UPLOAD.CROSS_SITE', 'This is done from this site alone.');
    }
    const batchId = decodeId('Batch', `Batch_${batch}`, 'batchId');
    return {
      undone: await this.attendance.undoBatch(actor, {
        gatheringId: decodeId('Gathering', id, 'id'),
        batchId,
      }),
    };
  }
}

function shown(preview: ZoomPreview): object {
  return {
    ...preview,
    matched: preview.matched.map((one) => ({ ...one, memberId: encodeId('Member', one.memberId) })),
    unmatched: preview.unmatched.map((one) => ({
      ...one,
      suggestions: one.suggestions.map((each) => ({ ...each, memberId: encodeId('Member', each.memberId) })),
    })),
  };
}

function decisionsOf(text: string | undefined): ZoomDecision[] {
  if (text === undefined || text === '') return [];
  const malformed = new AppError(
    'invalid',
    'ZOOM_REPORT.DECISIONS',
    'Decisions are a JSON list of { key, memberId }.',
    { field: 'decisions' },
  );
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw malformed;
  }
  if (!Array.isArray(given)) throw malformed;
  return given.map((one: { key?: unknown; memberId?: unknown } | null, index) => {
    if (typeof one?.key !== 'string') throw malformed;
    return { key: one.key, memberId: decodeId('Member', one.memberId, `decisions.${index}.memberId`) };
  });
}
