import { Alert, Button, FileInput, Group, NativeSelect, Stack, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { t } from '../../app/i18n';
import { Failed } from '../../app/outcome';
import { useScope } from '../../console/scope';
import { useChapters } from '../chapters/chapters';
import { FileRefused, upload } from './imports-query';
import { RecentImports } from './recent-imports';
import { imports } from './strings';

/** People from a file: first a look at what would change, then the change, then a way back. */
export function ImportPeople(): ReactNode {
  const navigate = useNavigate();
  return (
    <Stack maw={1000} gap="xl">
      <Title order={1} size="h2">
        {t(imports.title)}
      </Title>
      <Upload done={(id) => void navigate({ to: '/imports/$id', params: { id } as never })} />
      <RecentImports />
    </Stack>
  );
}

function Upload({ done }: { done: (id: string) => void }): ReactNode {
  const [scope] = useScope();
  const chapters = useChapters();
  const [file, setFile] = useState<File | null>(null);
  const [chapterId, setChapter] = useState(scope);
  const [tried, setTried] = useState(false);
  const sending = useMutation({ mutationFn: upload, onSuccess: done });
  const send = (encoding?: string): void => {
    setTried(true);
    if (file === null || chapterId === '') return;
    sending.mutate({ file, chapterId, ...(encoding === undefined ? {} : { encoding }) });
  };
  const detected = sending.error instanceof FileRefused ? sending.error.detected : undefined;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Stack maw={480}>
        <FileInput
          label={t(imports.file)}
          placeholder={t(imports.choose)}
          accept=".csv,text/csv"
          value={file}
          onChange={setFile}
          error={tried && file === null && t(imports.missingFile)}
          clearable={false}
        />
        <NativeSelect
          label={t(imports.chapter)}
          value={chapterId}
          onChange={(event) => setChapter(event.currentTarget.value)}
          error={tried && chapterId === '' && t(imports.missingChapter)}
          data={[
            { value: '', label: t(imports.choose) },
            ...(chapters.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <Group>
          <Button type="submit" loading={sending.isPending}>
            {t(imports.look)}
          </Button>
        </Group>
        {detected !== undefined ? (
          <Alert role="alert" title={t(imports.looksLike, { encoding: detected })}>
            <Button variant="default" onClick={() => send(detected)}>
              {t(imports.readAs, { encoding: detected })}
            </Button>
          </Alert>
        ) : (
          sending.isError && <Failed error={sending.error} />
        )}
      </Stack>
    </form>
  );
}
