import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import ts from 'typescript';

export const ROOT = join(__dirname, '..', '..');

/** A source file with what it imports: workspace paths for our own files, package names otherwise. */
export interface Source {
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly string[];
}

/** The product's own sources below these folders, tests and what is generated apart. */
export function sources(...folders: readonly string[]): Source[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((name) => name.endsWith('.ts') && !/\.spec\.ts$|graphql-env\.d\.ts$|node_modules/.test(name))
      .map(source),
  );
}

function source(path: string): Source {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const imports = ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) => resolved(path, fileName));
  return { path, lines: text.split('\n').length - 1, imports };
}

function resolved(from: string, name: string): string {
  const alias = /^@unionhall\/(.+)$/.exec(name)?.[1];
  if (alias === 'migrations') return 'migrations/index.ts';
  if (alias !== undefined) return `libs/${alias}/src/index.ts`;
  return name.startsWith('.') ? relative(ROOT, normalize(join(ROOT, dirname(from), name))) : name;
}

/** The lib of a workspace path, or undefined. */
export const libOf = (path: string): string | undefined => /^libs\/([^/]+)\//.exec(path)?.[1];
/** The app of a workspace path, or undefined. */
export const appOf = (path: string): string | undefined => /^apps\/([^/]+)\//.exec(path)?.[1];
