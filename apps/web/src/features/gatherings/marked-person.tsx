import { Anchor, Button, Group, Paper, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { t } from '../../app/i18n';
import { nameOf } from '../members/name';
import { hall } from './gathering-strings';
import type { Marks } from './marks';

export interface Person {
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
}

/** A person with what is known of whether they came, and the marks that can be made. */
export function MarkedPerson(props: {
  person: Person;
  came: 'ATTENDED' | 'NO_SHOW' | 'UNKNOWN' | null;
  /** Undefined while attendance is not open. */
  marks: Marks | undefined;
}): ReactNode {
  const { person, came, marks } = props;
  const name = nameOf(person);
  return (
    <Paper withBorder px="sm" py="xs" component="li">
      <Group justify="space-between" gap="xs" mih={44}>
        <div>
          <Anchor component={Link} to="/members/$id" params={{ id: person.id } as never}>
            {name}
          </Anchor>
          {came !== null && (
            <Text size="sm" c="dimmed">
              {t(hall[came])}
            </Text>
          )}
        </div>
        {marks !== undefined && (
          <Group gap="xs">
            {came !== 'ATTENDED' && (
              <Button
                variant="default"
                mih={44}
                aria-label={t(hall.markCame, { name })}
                onClick={() => marks.mark(person.id, 'ATTENDED')}
              >
                {t(hall.came)}
              </Button>
            )}
            {came !== 'NO_SHOW' && (
              <Button
                variant="default"
                mih={44}
                aria-label={t(hall.markMissed, { name })}
                onClick={() => marks.mark(person.id, 'NO_SHOW')}
              >
                {t(hall.missed)}
              </Button>
            )}
            {marks.made(person.id) && (
              <Button
                variant="default"
                mih={44}
                aria-label={t(hall.undoFor, { name })}
                onClick={() => marks.undo(person.id)}
              >
                {t(hall.undo)}
              </Button>
            )}
          </Group>
        )}
      </Group>
    </Paper>
  );
}
