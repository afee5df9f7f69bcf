import {
  Alert,
  Button,
  Checkbox,
  FileInput,
  Group,
  NativeSelect,
  Paper,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { queries } from '../../app/app';
import { ErrorSummary, problemAt, problemsOf, type FieldProblem } from '../../app/error-summary';
import { t } from '../../app/i18n';
import { previewZoom, recordZoom, undoZoom, type ZoomFile, type ZoomPreview } from './zoom-query';
import { zoom } from './zoom-strings';

const again = (): Promise<void> => queries.invalidateQueries({ queryKey: ['gathering'] });

/** Attendance from the report of an online meeting: looked at first, then recorded, and a way back. */
export function ZoomReport({ gatheringId }: { gatheringId: string }): ReactNode {
  const [looked, setLooked] = useState<{ file: ZoomFile; preview: ZoomPreview }>();
  return (
    <Paper withBorder p="md" component="section">
      <Stack>
        <Title order={3} size="h5">
          {t(zoom.title)}
        </Title>
        {looked === undefined ? (
          <Choose gatheringId={gatheringId} done={setLooked} />
        ) : (
          <Record gatheringId={gatheringId} {...looked} another={() => setLooked(undefined)} />
        )}
      </Stack>
    </Paper>
  );
}

function Choose(props: {
  gatheringId: string;
  done: (looked: { file: ZoomFile; preview: ZoomPreview }) => void;
}): ReactNode {
  const [file, setFile] = useState<File | null>(null);
  const [threshold, setThreshold] = useState('15');
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const looking = useMutation({
    mutationFn: (given: ZoomFile) => previewZoom(props.gatheringId, given),
    onSuccess: (preview, given) => props.done({ file: given, preview }),
    onError: (error) => setProblems(problemsOf(error, () => 'zoom-file')),
  });
  const send = (): void => {
    const found: FieldProblem[] = [];
    if (file === null) found.push({ field: 'zoom-file', message: t(zoom.needFile) });
    if (!/^\d{1,4}$/.test(threshold) || Number(threshold) > 1440)
      found.push({ field: 'zoom-threshold', message: t(zoom.needThreshold) });
    setProblems(found);
    if (file !== null && found.length === 0) looking.mutate({ file, threshold });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Stack maw={480}>
        <ErrorSummary problems={problems} />
        <FileInput
          id="zoom-file"
          label={t(zoom.file)}
          placeholder={t(zoom.choose)}
          accept=".csv,text/csv"
          value={file}
          onChange={setFile}
          error={problemAt(problems, 'zoom-file')}
        />
        <TextInput
          id="zoom-threshold"
          label={t(zoom.threshold)}
          inputMode="numeric"
          value={threshold}
          onChange={(event) => setThreshold(event.currentTarget.value)}
          error={problemAt(problems, 'zoom-threshold')}
        />
        <Group>
          <Button type="submit" variant="default" mih={44} loading={looking.isPending}>
            {t(zoom.look)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Record(props: {
  gatheringId: string;
  file: ZoomFile;
  preview: ZoomPreview;
  another: () => void;
}): ReactNode {
  const { gatheringId, file, preview, another } = props;
  const { fingerprint, people, matched, unmatched } = preview;
  const [decisions, setDecisions] = useState<Readonly<Record<string, string>>>({});
  const [markAbsent, setMarkAbsent] = useState(false);
  const recording = useMutation({
    mutationFn: () => recordZoom(gatheringId, file, { fingerprint, decisions, markAbsent }),
    onSuccess: again,
  });
  const undoing = useMutation({
    mutationFn: (batchId: string) => undoZoom(gatheringId, batchId),
    onSuccess: again,
  });
  const came = matched.filter(({ status }) => status === 'attended').length;
  const error = recording.error ?? undoing.error;
  return (
    <Stack align="flex-start">
      <ErrorSummary problems={error === null ? [] : problemsOf(error, () => undefined)} />
      <Text>{t(zoom.people, { count: people })}</Text>
      <Text>{t(zoom.matched, { count: matched.length, came, short: matched.length - came })}</Text>
      {recording.isSuccess ? (
        <Alert role="status" variant="outline">
          <Group>
            <Text c="var(--mantine-color-text)">
              {undoing.isSuccess ? t(zoom.undone) : t(zoom.recorded, { count: recording.data.recorded })}
            </Text>
            {!undoing.isSuccess && (
              <Button variant="default" mih={44} onClick={() => undoing.mutate(recording.data.batchId)}>
                {t(zoom.undo)}
              </Button>
            )}
          </Group>
        </Alert>
      ) : (
        <>
          {unmatched.length > 0 && <Text fw={600}>{t(zoom.unmatched)}</Text>}
          {unmatched.map(({ key, name, minutes, suggestions }) => (
            <NativeSelect
              key={key}
              label={minutes === null ? name : t(zoom.minutes, { name, count: minutes })}
              value={decisions[key] ?? ''}
              onChange={(event) => setDecisions({ ...decisions, [key]: event.currentTarget.value })}
              data={[
                { value: '', label: t(zoom.leave) },
                ...suggestions.map((one) => ({ value: one.memberId, label: one.name })),
              ]}
            />
          ))}
          <Checkbox
            label={t(zoom.absent)}
            checked={markAbsent}
            onChange={(event) => setMarkAbsent(event.currentTarget.checked)}
          />
          <Button mih={44} loading={recording.isPending} onClick={() => recording.mutate()}>
            {t(zoom.record)}
          </Button>
        </>
      )}
      <Button variant="default" mih={44} onClick={another}>
        {t(zoom.another)}
      </Button>
    </Stack>
  );
}
