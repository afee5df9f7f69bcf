import { Html } from './html';

/** The mark of apps/web/src/app/mark.svg, written into the page so that nothing is fetched for it. */
export const MARK = new Html(
  '<svg width="32" height="32" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="7" fill="#5c2014"/>' +
    '<path d="M6 15 16 7l10 8" fill="none" stroke="#fff6e9" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/>' +
    '<path d="M9 15v8a7 7 0 0 0 14 0v-8" fill="none" stroke="#fff6e9" stroke-width="2.6" stroke-linecap="round"/>' +
    '<circle cx="16" cy="17.5" r="2.2" fill="#f2b33d"/></svg>',
);
