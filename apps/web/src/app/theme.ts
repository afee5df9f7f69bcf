import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** Brick: the walls of a union hall. From shade 6 on white text stands at 4.5:1 or better. */
const brick: MantineColorsTuple = [
  '#fbf1ec', '#f3ddd3', '#e6b9a7', '#d89378', '#cb7150', '#bd5a38', '#a4452a', '#8c3822', '#7a2e1d', '#5c2014',
]; // prettier-ignore

/** The dark side of the same house: warm all the way down. */
const dark: MantineColorsTuple = [
  '#f3ebe3', '#d9cdc2', '#b9aca1', '#8d7f75', '#6b5e55', '#55483f', '#2e2621', '#27201c', '#1c1714', '#120e0c',
]; // prettier-ignore

/** Our own look: warm paper, brick, plain type. */
export const theme = createTheme({
  primaryColor: 'brick',
  primaryShade: { light: 7, dark: 6 },
  colors: { brick, dark },
  autoContrast: true,
  luminanceThreshold: 0.35,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  headings: { fontFamily: 'Georgia, "Noto Serif", "Times New Roman", serif', fontWeight: '600' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: { Paper: { styles: { root: { backgroundColor: 'var(--unionhall-card)' } } } },
});

/** Mantine's own error and dimmed colours do not reach AA on our paper. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#fffbf5',
    '--unionhall-card': '#ffffff',
    '--mantine-color-text': '#2a211c',
    '--mantine-color-dimmed': '#65584f',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-red-outline': '#b3261e',
    '--mantine-color-anchor': '#7a2e1d',
    '--mantine-color-placeholder': '#75685f',
    '--mantine-color-default-border': '#cdbfb2',
  },
  dark: {
    '--mantine-color-body': '#1c1714',
    '--unionhall-card': '#251e1a',
    '--mantine-color-text': '#f3ebe3',
    '--mantine-color-dimmed': '#b9aca1',
    '--mantine-color-error': '#ff9d94',
    '--mantine-color-red-outline': '#ff9d94',
    '--mantine-color-anchor': '#e6b9a7',
    '--mantine-color-placeholder': '#a3968c',
    '--mantine-color-default': '#27201c',
    '--mantine-color-default-border': '#55483f',
  },
});
