import type { NamedTheme, ReadTestimony, TestimonyPage } from '@unionhall/gatherings';
import { decodeId, encodeId } from '../graphql';
import type { NamedThemeOut, SpokenTestimony, SpokenTestimonyPage } from './listening-types';

/** Ids as clients see them. */
export const namedThemes = (themes: readonly NamedTheme[]): NamedThemeOut[] =>
  themes.map(({ id, name }) => ({ id: encodeId('Theme', id), name }));

export const spokenPage = ({ nodes, next }: TestimonyPage): SpokenTestimonyPage => ({
  nodes: nodes.map(spoken),
  next: next === null ? null : encodeId('Testimony', next),
});

/** The key behind `after`; null for the first page. */
export const afterOf = (after: string | null | undefined): string | null =>
  after == null ? null : decodeId('Testimony', after, 'after');

export const testimonyIdOf = ({ testimonyId }: { testimonyId: string }): string =>
  decodeId('Testimony', testimonyId, 'input.testimonyId');

export const themeIdsOf = ({ themeIds }: { themeIds: readonly string[] }): string[] =>
  themeIds.map((one, index) => decodeId('Theme', one, `input.themeIds.${index}`));

const spoken = (one: ReadTestimony): SpokenTestimony => ({
  ...one,
  id: encodeId('Testimony', one.id),
  gatheringId: encodeId('Gathering', one.gatheringId),
  chapterId: encodeId('Chapter', one.chapterId),
  texts: one.texts.map((text) => ({ ...text, id: encodeId('TestimonyText', text.id) })),
  codings: one.codings.map((coding) => ({ ...coding, themes: namedThemes(coding.themes) })),
  themes: namedThemes(one.themes),
});
