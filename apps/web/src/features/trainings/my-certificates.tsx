import { Anchor, Group, NativeSelect, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../../app/ask';
import { useChange } from '../../app/change';
import { i18n, t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { graphql, type ResultOf } from '../../graphql';
import { trainings } from './strings';

const MINE = graphql(`
  query MyCertificates {
    me {
      certificates(first: 50) {
        nodes {
          id
          code
          shownAs
          issuedAt
          expiresAt
          revokedAt
          course {
            title
          }
        }
      }
    }
  }
`);
const SHOW = graphql(`
  mutation ShowCertificateAs($id: ID!, $shownAs: CertificateShownAs!) {
    showCertificateAs(id: $id, shownAs: $shownAs) {
      id
      shownAs
    }
  }
`);
const SHOWN = ['NOBODY', 'INITIALS', 'FIRST_NAME', 'FULL_NAME'] as const;
type Certificate = NonNullable<ResultOf<typeof MINE>['me']>['certificates']['nodes'][number];

/** What a member has completed, and how it names them to others. */
export default function MyCertificates(): ReactNode {
  const found = useQuery({
    queryKey: ['my-certificates'],
    queryFn: async ({ signal }) => (await ask(MINE, {}, { signal })).me?.certificates.nodes ?? [],
  });
  return (
    <Stack>
      <Title order={1} size="h2">
        {t(trainings.certificates)}
      </Title>
      {found.isPending ? (
        <Waiting rows={2} />
      ) : found.isError ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : found.data.length === 0 ? (
        <Empty>{t(trainings.noCertificate)}</Empty>
      ) : (
        found.data.map((one) => <One key={one.id} certificate={one} />)
      )}
    </Stack>
  );
}

const day = (at: string): string => i18n.date(at, { dateStyle: 'long' });

function One({ certificate }: { certificate: Certificate }): ReactNode {
  const { id, code, shownAs, issuedAt, expiresAt, revokedAt, course } = certificate;
  const show = useChange(SHOW, 'my-certificates');
  const stands = [
    t(trainings.issued, { when: day(issuedAt) }),
    ...(expiresAt === null ? [] : [t(trainings.until, { when: day(expiresAt) })]),
  ].join(', ');
  return (
    <Paper withBorder p="md" component="article">
      <Stack gap="xs">
        <Title order={2} size="h4">
          {course?.title}
        </Title>
        <Text>{revokedAt === null ? stands : t(trainings.revoked)}</Text>
        <Group align="flex-end">
          <NativeSelect
            label={t(trainings.shownAs)}
            value={shownAs}
            onChange={(event) =>
              show.mutate({ id, shownAs: event.currentTarget.value as (typeof SHOWN)[number] })
            }
            data={SHOWN.map((value) => ({ value, label: t(trainings[value]) }))}
          />
          <Anchor href={`/certificates/${code}`} target="_blank" rel="noreferrer">
            {t(trainings.check)}
          </Anchor>
        </Group>
      </Stack>
    </Paper>
  );
}
