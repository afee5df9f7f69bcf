import { fileURLToPath } from 'node:url';
import { defineConfig, type EnvironmentOptions } from 'vite';
import { budgets } from './build/budgets';
import { compressed } from './build/compressed';
import { doorParts } from './build/door-parts';
import { messages } from './build/messages';
import { operations } from './build/operations';

/** Each is built by itself, so that nobody loads what only another entry needs. */
const ENTRIES = ['console', 'portal', 'door', 'desk', 'explorer'];

const environment = (entry: string, index: number): EnvironmentOptions => ({
  consumer: 'client',
  build: {
    emptyOutDir: index === 0,
    rolldownOptions: {
      input: { [entry]: fileURLToPath(new URL(`./${entry}.html`, import.meta.url)) },
    },
  },
});

/** The entries, built into `dist/apps/web`; the API serves them. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [operations(), messages(), doorParts(), budgets(), compressed()],
  build: { outDir: '../../dist/apps/web', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  environments: Object.fromEntries(ENTRIES.map((entry, index) => [entry, environment(entry, index)])),
  builder: {
    sharedPlugins: true,
    buildApp: async (builder) => {
      for (const entry of ENTRIES) await builder.build(builder.environments[entry]!);
    },
  },
});
