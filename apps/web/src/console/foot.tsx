import { Link, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { t } from '../app/i18n';
import { useMay } from '../features/identity/permissions';
import { Icon } from './icons';
import { DAILY, isAt } from './places';
import classes from './shell.module.css';
import { console_ } from './strings';

/** The id of the button that opens the menu, where the focus returns to. */
export const MENU = 'console-menu';

/** The daily places at the foot of a phone, and the way to all others. */
export function Foot(props: { open: boolean; toggle: () => void; gone: () => void }): ReactNode {
  const { open, toggle, gone } = props;
  const { may } = useMay();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  return (
    <>
      {DAILY.filter(({ needs }) => needs === undefined || may(needs))
        .slice(0, 4)
        .map(({ to, word, icon }) => {
          const here = !open && isAt(to, path);
          return (
            <Link
              key={to}
              to={to}
              className={classes.tab}
              data-active={here || undefined}
              aria-current={here ? 'page' : undefined}
              onClick={gone}
            >
              <Icon name={icon} size={22} />
              {t(word)}
            </Link>
          );
        })}
      <button
        type="button"
        id={MENU}
        className={classes.tab}
        data-active={open || undefined}
        aria-expanded={open}
        onClick={toggle}
      >
        <Icon name="menu" size={22} />
        {t(console_.menu)}
      </button>
    </>
  );
}
