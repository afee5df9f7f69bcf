import {
  Alert,
  Button,
  Code,
  CopyButton,
  Group,
  NumberInput,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../../app/ask';
import { useChange } from '../../app/change';
import { moment, t } from '../../app/i18n';
import { Failed, Waiting } from '../../app/outcome';
import { graphql } from '../../graphql';
import { partners } from './strings';

const KEYS = graphql(`
  query PartnerKeys($partnerId: ID!) {
    partnerKeys(partnerId: $partnerId) {
      id
      label
      expiresAt
      revokedAt
    }
  }
`);
const ISSUE = graphql(`
  mutation IssuePartnerKey($partnerId: ID!, $label: String!, $days: Int!) {
    issuePartnerKey(partnerId: $partnerId, label: $label, days: $days) {
      id
      key
    }
  }
`);
const REVOKE = graphql(`
  mutation RevokePartnerKey($id: ID!) {
    revokePartnerKey(id: $id)
  }
`);

/** A partner's keys; a new one is shown once. */
export function PartnerKeys({ partnerId }: { partnerId: string }): ReactNode {
  const [label, setLabel] = useState('');
  const [days, setDays] = useState<number | string>(90);
  const found = useQuery({
    queryKey: ['partner-keys', partnerId],
    queryFn: ({ signal }) => ask(KEYS, { partnerId }, { signal }),
  });
  const issue = useChange(ISSUE, 'partner-keys');
  const revoke = useChange(REVOKE, 'partner-keys');
  const fresh = issue.data?.issuePartnerKey.key;
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {t(partners.keys)}
      </Title>
      {found.isPending && <Waiting rows={1} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data?.partnerKeys.map((key) => (
        <Group key={key.id}>
          <Text>
            {key.label},{' '}
            {key.revokedAt === null
              ? t(partners.until, { when: moment(key.expiresAt) })
              : t(partners.revoked)}
          </Text>
          {key.revokedAt === null && (
            <Button variant="default" onClick={() => revoke.mutate({ id: key.id })}>
              {t(partners.revoke, { label: key.label })}
            </Button>
          )}
        </Group>
      ))}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          issue.mutate({ partnerId, label, days: Number(days) });
        }}
      >
        <Group align="end">
          <TextInput
            label={t(partners.label)}
            value={label}
            onChange={(event) => setLabel(event.currentTarget.value)}
          />
          <NumberInput
            label={t(partners.days)}
            value={days}
            onChange={setDays}
            allowDecimal={false}
            hideControls
          />
          <Button type="submit" loading={issue.isPending}>
            {t(partners.issue)}
          </Button>
        </Group>
      </form>
      {fresh !== undefined && (
        <Alert role="status" variant="outline" title={t(partners.newKey)}>
          <Stack align="flex-start">
            <Text>{t(partners.once)}</Text>
            <Code style={{ overflowWrap: 'anywhere' }}>{fresh}</Code>
            <CopyButton value={fresh}>
              {({ copied, copy }) => (
                <Button variant="default" onClick={copy}>
                  {t(copied ? partners.copied : partners.copy)}
                </Button>
              )}
            </CopyButton>
          </Stack>
        </Alert>
      )}
    </Stack>
  );
}
