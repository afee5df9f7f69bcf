import type { ReactNode } from 'react';

/** Our own small signs, drawn on a field of 20 by 20 with one stroke. */
const PATHS = {
  home: 'M3 9.5 10 3.5l7 6M5 8.2V16.5h10V8.2M8.5 16.5v-4.5h3v4.5',
  members: 'M7.5 9.5a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5ZM2.5 16.5c0-2.8 2.2-4.6 5-4.6s5 1.8 5 4.6M13 4.3a2.75 2.75 0 0 1 0 5M14.5 12.3c1.8.6 3 2.1 3 4.2',
  gatherings: 'M4 5h12v12H4zM4 8.5h12M7 3v3.5M13 3v3.5',
  outreach: 'M3 4.5h14v9H9.5L6 17v-3.5H3zM6.5 8h7M6.5 10.5h4',
  campaigns: 'M4 12.5v-5l9-4v13l-9-4ZM4 12.5l1.5 4.5h2l-1-3.6M16 8.3v3.4',
  chapters: 'M10 3v4M4.5 11V9h11v2M10 7v2M2.5 11h4v4h-4zM8 11h4v4H8zM13.5 11h4v4h-4z',
  imports: 'M10 3v9M6.5 8.5 10 12l3.5-3.5M3.5 12.5v4h13v-4',
  partners: 'M2.5 8.5 6 5l4 1.5L14 5l3.5 3.5-5 5.5L10 16l-3-2.5-4.5-5Z M10 6.5 7.5 9.2c1.2 1 2.6.6 3.5-.7l3.8 3.6',
  roles: 'M7 12.5a4 4 0 1 1 3.6-5.8H17v3h-2v2.5h-2.6V9.9h-1.6A4 4 0 0 1 7 12.5ZM6.5 8.5h.01',
  mailbox: 'M3 5.5h14v10H3zM3 6l7 5.5L17 6',
  search: 'M9 14.5A5.5 5.5 0 1 0 9 3.5a5.5 5.5 0 0 0 0 11ZM13 13l4 4',
  plus: 'M10 4v12M4 10h12',
  menu: 'M3.5 6h13M3.5 10h13M3.5 14h13',
  keyboard: 'M2.5 5.5h15v9h-15zM5.5 8.5h.01M8.5 8.5h.01M11.5 8.5h.01M14.5 8.5h.01M6.5 11.7h7',
  leave: 'M8.5 4h-4v12h4M12 6.5l3.5 3.5-3.5 3.5M15.5 10H8',
  scope: 'M10 17.5s5.5-4.7 5.5-9a5.5 5.5 0 1 0-11 0c0 4.3 5.5 9 5.5 9ZM10 10.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  person: 'M10 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM4.5 17c0-3.1 2.4-5.2 5.5-5.2s5.5 2.1 5.5 5.2',
  check: 'M4 10.5 8 14.5 16 5.5',
} as const; // prettier-ignore

export type IconName = keyof typeof PATHS;

/** A sign beside a word; it says nothing by itself. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }): ReactNode {
  return (
    <svg
      viewBox="0 0 20 20"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      style={{ flex: 'none' }}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
