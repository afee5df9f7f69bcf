import { Button, Paper } from '@mantine/core';
import { useClickOutside, useDisclosure } from '@mantine/hooks';
import { useId, useRef, type ReactNode } from 'react';
import classes from './members.module.css';

/** A button that opens a small panel below itself; Escape, or a press elsewhere, closes it. */
export function Disclosure({ label, children }: { label: string; children: ReactNode }): ReactNode {
  const [open, { toggle, close }] = useDisclosure();
  const button = useRef<HTMLButtonElement>(null);
  const box = useClickOutside<HTMLDivElement>(close);
  const id = useId();
  return (
    <div
      ref={box}
      className={classes.disclosure}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.preventDefault();
        close();
        button.current?.focus();
      }}
    >
      <Button
        ref={button}
        variant="default"
        mih={44}
        aria-expanded={open}
        aria-controls={id}
        onClick={toggle}
      >
        {label}
      </Button>
      {open && (
        <Paper id={id} withBorder shadow="md" p="md" className={classes.panel!}>
          {children}
        </Paper>
      )}
    </div>
  );
}
