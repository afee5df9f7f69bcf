import type { Rolldown } from 'vite';

export type Bundle = Readonly<Record<string, Rolldown.OutputChunk | Rolldown.OutputAsset>>;

/** The files that a chunk needs: itself, what it imports, their styles and pictures; with `later` also what it may load. */
export function partsOf(bundle: Bundle, chunk: string, later = false): string[] {
  const parts = new Set<string>();
  const add = (fileName: string): void => {
    const part = bundle[fileName];
    if (part === undefined || parts.has(fileName)) return;
    parts.add(fileName);
    if (part.type === 'asset') return;
    const { importedCss, importedAssets } = part.viteMetadata ?? {};
    for (const other of [
      ...part.imports,
      ...(later ? part.dynamicImports : []),
      ...(importedCss ?? []),
      ...(importedAssets ?? []),
    ])
      add(other);
  };
  add(chunk);
  return [...parts].sort();
}

/** The chunk that an entry begins with. @throws Error when the bundle has none. */
export function entryOf(bundle: Bundle): Rolldown.OutputChunk {
  for (const part of Object.values(bundle)) if (part.type === 'chunk' && part.isEntry) return part;
  throw new Error('The bundle has no entry.');
}
