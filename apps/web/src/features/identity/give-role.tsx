import { Button, Checkbox, Group, Modal, NativeSelect, Radio, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { queries } from '../../app/app';
import { ask } from '../../app/ask';
import { ErrorSummary, problemAt, problemsOf, type FieldProblem } from '../../app/error-summary';
import { t } from '../../app/i18n';
import { say } from '../../app/say';
import { words } from '../../app/words';
import { useChapters } from '../chapters/chapters';
import { roles } from './role-strings';
import { GRANT, PURPOSES, ROLES } from './roles-query';
import { useSession } from './session';

const MAY = {
  ORGANIZER: roles.organizerMay,
  FACILITATOR: roles.facilitatorMay,
  STEWARD: roles.stewardMay,
  ADMIN: roles.adminMay,
  AUDITOR: roles.auditorMay,
} as const;
/** The whole union, among ids of chapters. */
const EVERYWHERE = 'everywhere';

/** Gives somebody a role: what it allows is said beside it, and where, for what and until when is asked. */
export default function GiveRole({ close }: { close: () => void }): ReactNode {
  const chapters = useChapters();
  const everywhere = useSession().data?.viewer?.grants.nodes.some((one) => one.chapterId === null) === true;
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<(typeof ROLES)[number]>('ORGANIZER');
  const [where, setWhere] = useState('');
  const [purposes, setPurposes] = useState<string[]>([]);
  const [lastDay, setLastDay] = useState('');
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const giving = useMutation({
    mutationFn: () =>
      ask(GRANT, {
        input: {
          email: email.trim(),
          role,
          chapterId: where === EVERYWHERE ? null : where,
          purposes,
          expiresAt: lastDay === '' ? null : new Date(`${lastDay}T23:59:59`).toISOString(),
        },
      }),
    onSuccess: async () => {
      say(t(roles.given));
      close();
      await Promise.all(
        ['grants', 'chapter-level'].map((key) => queries.invalidateQueries({ queryKey: [key] })),
      );
    },
    onError: (error) =>
      setProblems(
        problemsOf(
          error,
          (field) => `role-${field.replace(/^input\./, '')}`,
          (code) => (code === 'GRANT.EXCEEDS' ? t(roles.exceeds) : undefined),
        ),
      ),
  });
  const submit = (): void => {
    const found: FieldProblem[] = [];
    if (!email.includes('@')) found.push({ field: 'role-email', message: t(roles.emailMissing) });
    if (where === '') found.push({ field: 'role-chapterId', message: t(roles.chapterMissing) });
    setProblems(found);
    if (found.length === 0) giving.mutate();
  };
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={t(roles.give)}
      closeButtonProps={{ 'aria-label': t(words.close) }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack>
          <ErrorSummary problems={problems} />
          <TextInput
            id="role-email"
            type="email"
            label={t(roles.email)}
            description={t(roles.emailHelp)}
            value={email}
            error={problemAt(problems, 'role-email')}
            onChange={(event) => setEmail(event.currentTarget.value)}
            data-autofocus
          />
          <Radio.Group
            label={t(roles.role)}
            value={role}
            onChange={(value) => setRole(value as (typeof ROLES)[number])}
          >
            <Stack gap="sm" mt="xs">
              {ROLES.map((one) => (
                <Radio key={one} value={one} size="md" label={t(roles[one])} description={t(MAY[one])} />
              ))}
            </Stack>
          </Radio.Group>
          <NativeSelect
            id="role-chapterId"
            label={t(roles.chapter)}
            value={where}
            error={problemAt(problems, 'role-chapterId')}
            onChange={(event) => setWhere(event.currentTarget.value)}
            data={[
              { value: '', label: t(roles.choose) },
              ...(everywhere ? [{ value: EVERYWHERE, label: t(roles.everywhere) }] : []),
              ...(chapters.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <Checkbox.Group
            label={t(roles.purposes)}
            description={t(roles.purposesHelp)}
            value={purposes}
            onChange={setPurposes}
          >
            <Group gap="md" mt="xs">
              {PURPOSES.map((one) => (
                <Checkbox key={one} value={one} size="md" label={t(roles[one])} />
              ))}
            </Group>
          </Checkbox.Group>
          <TextInput
            id="role-expiresAt"
            type="date"
            label={t(roles.expires)}
            value={lastDay}
            error={problemAt(problems, 'role-expiresAt')}
            onChange={(event) => setLastDay(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" mih={44} onClick={close}>
              {t(roles.cancel)}
            </Button>
            <Button type="submit" mih={44} loading={giving.isPending}>
              {t(roles.give)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
