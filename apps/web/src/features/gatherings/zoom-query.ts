import { ConnectionLost, Refusal } from '../../app/ask';

export interface ZoomPreview {
  readonly fingerprint: string;
  readonly people: number;
  readonly matched: readonly { readonly key: string; readonly status: 'attended' | 'no_show' | 'unknown' }[];
  readonly unmatched: readonly {
    readonly key: string;
    readonly name: string;
    /** Null: they were there, and for how long is not known. */
    readonly minutes: number | null;
    readonly suggestions: readonly { readonly memberId: string; readonly name: string }[];
  }[];
}

export interface ZoomRecord {
  readonly batchId: string;
  readonly recorded: number;
}

export interface ZoomFile {
  readonly file: File;
  readonly threshold: string;
}

async function post<T>(path: string, body: FormData | null): Promise<T> {
  const answer = await fetch(path, { method: 'POST', body }).catch(() => {
    throw new ConnectionLost();
  });
  const given = (await answer.json().catch(() => undefined)) as
    (T & { error?: { code: string; message: string } }) | undefined;
  if (given === undefined) throw new ConnectionLost();
  if (given.error !== undefined) throw new Refusal([given.error]);
  return given;
}

const formOf = ({ file, threshold }: ZoomFile, more: Readonly<Record<string, string>>): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ thresholdMinutes: threshold, ...more })) form.set(name, value);
  form.set('file', file);
  return form;
};

const path = (gatheringId: string): string => `/gatherings/${gatheringId}/zoom-report`;

/** What a report would record. @throws Refusal (ZOOM_REPORT.*, UPLOAD.*), ConnectionLost. */
export const previewZoom = (gatheringId: string, file: ZoomFile): Promise<ZoomPreview> =>
  post(path(gatheringId), formOf(file, { mode: 'preview' }));

/** Records a report that was looked at; `decisions` say who those are that no address matched. @throws as `previewZoom`. */
export const recordZoom = (
  gatheringId: string,
  file: ZoomFile,
  given: { fingerprint: string; decisions: Readonly<Record<string, string>>; markAbsent: boolean },
): Promise<ZoomRecord> =>
  post(
    path(gatheringId),
    formOf(file, {
      mode: 'commit',
      fingerprint: given.fingerprint,
      markAbsent: String(given.markAbsent),
      decisions: JSON.stringify(
        Object.entries(given.decisions).flatMap(([key, memberId]) =>
          memberId === '' ? [] : [{ key, memberId }],
        ),
      ),
    }),
  );

/** Takes the marks of a report back. @throws as `previewZoom`. */
export const undoZoom = (gatheringId: string, batchId: string): Promise<{ undone: number }> =>
  post(`${path(gatheringId)}/${batchId}/undo`, null);
