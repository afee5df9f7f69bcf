import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { entryOf, partsOf, type Bundle } from './parts';

/** The most script that an entry may load for any of its first screens, in kB of 1000 bytes, compressed by gzip. */
export const BUDGETS: Readonly<Record<string, number>> = { console: 220, portal: 140, door: 130, desk: 140 };

function weigh(bundle: Bundle, parts: Iterable<string>): number {
  let bytes = 0;
  for (const name of parts) {
    const part = bundle[name];
    if (part?.type === 'chunk') bytes += gzipSync(part.code, { level: 9 }).length;
  }
  return bytes / 1000;
}

/**
 * What an entry weighs in kB: what it begins with, and with each part that it then loads, by that part's name.
 */
export function weights(bundle: Bundle): { begin: number; then: Readonly<Record<string, number>> } {
  const entry = entryOf(bundle);
  const begin = partsOf(bundle, entry.fileName);
  const then = entry.dynamicImports.map((fileName) => {
    const part = bundle[fileName];
    const name = part?.type === 'chunk' ? part.name : fileName;
    return [name, weigh(bundle, new Set([...begin, ...partsOf(bundle, fileName)]))] as const;
  });
  return { begin: weigh(bundle, begin), then: Object.fromEntries(then) };
}

/** Refuses an entry whose first screen, whichever it is, is over the budget; `weights.json` has what each weighs. */
export function budgets(): Plugin {
  const all: Record<string, ReturnType<typeof weights>> = {};
  return {
    name: 'unionhall-budgets',
    generateBundle(_options, bundle) {
      const entry = this.environment.name;
      const weight = weights(bundle);
      all[entry] = weight;
      this.emitFile({ type: 'asset', fileName: 'weights.json', source: JSON.stringify(all, null, 2) });
      const most = BUDGETS[entry];
      const over = Object.entries({ begin: weight.begin, ...weight.then }).filter(
        ([, kB]) => most !== undefined && kB > most,
      );
      if (over.length > 0)
        this.error(
          `The ${entry} may load ${most} kB of script: ${over.map(([part, kB]) => `${part} makes it ${kB.toFixed(1)}`).join(', ')}.`,
        );
    },
  };
}
