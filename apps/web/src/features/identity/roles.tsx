import { Button, Group, Modal, Paper, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useChange } from '../../app/change';
import { i18n, t } from '../../app/i18n';
import { MainAction } from '../../app/main-action';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { say } from '../../app/say';
import { words } from '../../app/words';
import { roles } from './role-strings';
import { REVOKE, useGrants, type Grant, type Purpose } from './roles-query';
import classes from './roles.module.css';
import { useSession } from './session';

const GiveRole = lazy(() => import('./give-role'));

/** Who may do what in which chapter, with the way to give a role and to take it back. */
export function Roles(): ReactNode {
  const [giving, setGiving] = useState(false);
  return (
    <Stack maw={1080}>
      <Title order={1} size="h2">
        {t(roles.title)}
      </Title>
      <Text>{t(roles.about)}</Text>
      <MainAction ofList>
        <Button onClick={() => setGiving(true)}>{t(roles.give)}</Button>
      </MainAction>
      <Grants />
      <Suspense>{giving && <GiveRole close={() => setGiving(false)} />}</Suspense>
    </Stack>
  );
}

const whereOf = ({ chapter }: Grant): string => chapter?.name ?? t(roles.everywhere);
const purposesOf = ({ purposes }: Grant): string =>
  (purposes as Purpose[]).map((one) => t(roles[one])).join(', ') || t(roles.everyPurpose);
const endOf = ({ expiresAt }: Grant): string =>
  expiresAt === null ? t(roles.noEnd) : i18n.date(expiresAt, { dateStyle: 'medium' });

function Grants(): ReactNode {
  const found = useGrants();
  const [revoking, setRevoking] = useState<Grant>();
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const grants = found.data.pages.flatMap(({ nodes }) => nodes);
  if (grants.length === 0) return <Empty>{t(roles.none)}</Empty>;
  return (
    <>
      <Paper withBorder>
        <table className={classes.table}>
          <thead>
            <tr>
              {(['who', 'role', 'where', 'purposesShort', 'until'] as const).map((word) => (
                <th key={word} scope="col">
                  {t(roles[word])}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {grants.map((grant) => (
              <tr key={grant.id}>
                <th scope="row">{grant.email ?? ''}</th>
                <td data-word={t(roles.role)}>{t(roles[grant.role])}</td>
                <td data-word={t(roles.where)}>{whereOf(grant)}</td>
                <td data-word={t(roles.purposesShort)}>{purposesOf(grant)}</td>
                <td data-word={t(roles.until)}>{endOf(grant)}</td>
                <td>
                  <Button
                    variant="default"
                    mih={44}
                    aria-label={t(roles.revokeOf, { role: t(roles[grant.role]), who: grant.email })}
                    onClick={() => setRevoking(grant)}
                  >
                    {t(roles.revoke)}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Paper>
      {found.hasNextPage && (
        <Button variant="default" mih={44} onClick={() => void found.fetchNextPage()}>
          {t(words.more)}
        </Button>
      )}
      {revoking !== undefined && <Revoke grant={revoking} close={() => setRevoking(undefined)} />}
    </>
  );
}

/** Asks before a role is taken back, and says what stops. */
function Revoke({ grant, close }: { grant: Grant; close: () => void }): ReactNode {
  const own = useSession().data?.viewer?.id === grant.userId;
  const revoke = useChange(REVOKE, 'grants');
  return (
    <Modal
      opened
      onClose={close}
      title={t(roles.revokeTitle)}
      closeButtonProps={{ 'aria-label': t(words.close) }}
    >
      <Stack>
        <Text>
          {t(roles.revokeSays, { who: grant.email, role: t(roles[grant.role]), where: whereOf(grant) })}
        </Text>
        {own && <Text fw={600}>{t(roles.revokeOwn)}</Text>}
        <Group justify="flex-end">
          <Button variant="default" mih={44} onClick={close} data-autofocus>
            {t(roles.keep)}
          </Button>
          <Button
            mih={44}
            loading={revoke.isPending}
            onClick={() =>
              revoke.mutate({ id: grant.id }, { onSuccess: () => say(t(roles.revoked)), onSettled: close })
            }
          >
            {t(roles.revoke)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
