import mjml2html from 'mjml-core';
import presetCore from 'mjml-preset-core';

/** The HTML around the words of every mail. */
export interface Layout {
  readonly before: string;
  readonly between: string;
  readonly after: string;
}

export type Direction = 'ltr' | 'rtl';

/** Languages whose letters run from right to left. */
const RIGHT_TO_LEFT = new Set(['ar', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi']);

export const directionOf = (language: string): Direction =>
  RIGHT_TO_LEFT.has(language.split('-')[0]!.toLowerCase()) ? 'rtl' : 'ltr';

const BODY = 'xqzbodyzqx';
const FOOT = 'xqzfootzqx';

const source = (direction: Direction): string => {
  const align = direction === 'rtl' ? 'right' : 'left';
  return `
    <mjml dir="${direction}">
      <mj-head>
        <mj-attributes>
          <mj-all font-family="Arial, Helvetica, sans-serif" />
          <mj-text align="${align}" color="#1a1a1a" font-size="16px" line-height="1.5" padding="0" />
          <mj-section direction="${direction}" />
        </mj-attributes>
      </mj-head>
      <mj-body background-color="#ffffff" width="600px">
        <mj-section padding="24px 16px 8px"><mj-column><mj-text>\n${BODY}\n</mj-text></mj-column></mj-section>
        <mj-section padding="0 16px 24px">
          <mj-column>
            <mj-divider border-color="#c8c8c8" border-width="1px" padding="0 0 12px" />
            <mj-text color="#4a4a4a" font-size="13px">\n${FOOT}\n</mj-text>
          </mj-column>
        </mj-section>
      </mj-body>
    </mjml>`;
};

/** Its types do not know of presets. */
const OPTIONS: NonNullable<Parameters<typeof mjml2html>[1]> & { readonly presets: readonly object[] } = {
  presets: [presetCore],
  fonts: {},
  keepComments: false,
  validationLevel: 'strict',
};

/** Made once for each direction of writing; the words are put in between. No fonts, pictures or scripts of anybody. */
export async function layoutFor(direction: Direction): Promise<Layout> {
  const { html } = await mjml2html(source(direction), OPTIONS);
  const lean = html.replaceAll(/^\s+/gm, '').replaceAll(/\r?\n/g, '\r\n');
  const [before, rest] = lean.split(BODY);
  const [between, after] = rest!.split(FOOT);
  return { before: before!, between: between!, after: after! };
}
