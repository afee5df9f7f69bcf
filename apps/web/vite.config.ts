import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { compressed } from './compressed';
import { doorParts } from './door-parts';
import { operations } from './operations';

const entry = (name: string): string => fileURLToPath(new URL(`./${name}.html`, import.meta.url));

/** The entries, built into `dist/apps/web`; the API serves them. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [operations(), doorParts(), compressed()],
  build: {
    outDir: '../../dist/apps/web',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        console: entry('console'),
        portal: entry('portal'),
        door: entry('door'),
        desk: entry('desk'),
        explorer: entry('explorer'),
      },
    },
  },
});
