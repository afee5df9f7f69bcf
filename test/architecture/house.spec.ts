import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { appOf, libOf, ROOT, sources } from './sources';

const LADDER = [
  'platform',
  'identity',
  'chapters',
  'consent',
  'members',
  'gatherings',
  'campaigns',
  'outreach',
  'partners',
];
const libs = sources('libs');
const apps = sources('apps');

describe('the ladder of libs', () => {
  it('names every lib that stands', () => {
    expect(LADDER).toEqual(expect.arrayContaining(readdirSync(join(ROOT, 'libs'))));
  });

  it('lets a lib import only what stands to its left', () => {
    const wrong = libs.flatMap(({ path, imports }) =>
      imports
        .filter((one) => {
          const to = libOf(one);
          return (
            appOf(one) !== undefined ||
            one.startsWith('migrations') ||
            (to !== undefined && LADDER.indexOf(to) > LADDER.indexOf(libOf(path)!))
          );
        })
        .map((one) => `${path} imports ${one}`),
    );
    expect(wrong).toEqual([]);
  });

  it('has one door to each lib', () => {
    const wrong = [...libs, ...apps].flatMap(({ path, imports }) =>
      imports
        .filter(
          (one) =>
            libOf(one) !== undefined &&
            libOf(one) !== libOf(path) &&
            one !== `libs/${libOf(one)}/src/index.ts`,
        )
        .map((one) => `${path} imports ${one}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps the frameworks of the edge out of the domain libs', () => {
    const edge =
      /^(@nestjs\/(graphql|mercurius|passport|platform-fastify)|mercurius|dataloader|fastify|@fastify\/.+|passport(-.+)?|bullmq)$/;
    const wrong = libs
      .filter(({ path }) => libOf(path) !== 'platform')
      .flatMap(({ path, imports }) =>
        imports.filter((one) => edge.test(one)).map((one) => `${path} imports ${one}`),
      );
    expect(wrong).toEqual([]);
  });

  it('keeps apps apart', () => {
    const wrong = apps.flatMap(({ path, imports }) =>
      imports
        .filter((one) => appOf(one) !== undefined && appOf(one) !== appOf(path))
        .map((one) => `${path} imports ${one}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe('folders', () => {
  it('never import each other both ways', () => {
    const edges = new Set<string>();
    for (const { path, imports } of [...libs, ...apps]) {
      for (const one of imports) {
        if (!/^(libs|apps)\//.test(one)) continue;
        const from = dirname(path);
        const to = existsSync(join(ROOT, `${one}.ts`)) || one.endsWith('.ts') ? dirname(one) : one;
        if (from !== to) edges.add(`${from} -> ${to}`);
      }
    }
    const both = [...edges].filter((edge) => {
      const [from, to] = edge.split(' -> ') as [string, string];
      const nested = from.startsWith(`${to}/`) || to.startsWith(`${from}/`);
      return !nested && from < to && edges.has(`${to} -> ${from}`);
    });
    expect(both).toEqual([]);
  });

  it('are not called utils, common, shared or helpers', () => {
    expect([...libs, ...apps].filter(({ path }) => /\/(utils|common|shared|helpers)\//.test(path))).toEqual(
      [],
    );
  });
});

describe('files', () => {
  const sizes = [...libs, ...apps]
    .map(({ path, lines }) => ({ path, lines }))
    .sort((a, b) => a.lines - b.lines);

  it('stay within 400 lines', () => {
    expect(sizes.filter(({ lines }) => lines > 400)).toEqual([]);
  });

  it('are small on the whole: the median within 90 lines, nine in ten within 250', () => {
    const at = (part: number): number => sizes[Math.floor((sizes.length - 1) * part)]!.lines;
    process.stdout.write(
      `files: ${sizes.length}, median ${at(0.5)}, p90 ${at(0.9)}, largest ${at(1)} (${sizes.at(-1)!.path})\n`,
    );
    expect(at(0.5)).toBeLessThanOrEqual(90);
    expect(at(0.9)).toBeLessThanOrEqual(250);
  });
});

describe('docs/map.md', () => {
  const map = readFileSync(join(ROOT, 'docs', 'map.md'), 'utf8');

  it('names only paths that exist', () => {
    const named = [...map.matchAll(/`((?:apps|libs|migrations|docs|test|docker)\/[^`*<>]*)`/g)].map(
      (match) => match[1]!,
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('names every lib and every app', () => {
    const rooms = [
      ...readdirSync(join(ROOT, 'libs')).map((lib) => `libs/${lib}`),
      ...readdirSync(join(ROOT, 'apps')).map((app) => `apps/${app}`),
    ];
    expect(rooms.filter((room) => !map.includes(`\`${room}`))).toEqual([]);
  });

  it('fits on a page', () => {
    expect(map.split('\n').length).toBeLessThanOrEqual(90);
  });
});
