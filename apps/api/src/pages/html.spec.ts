import { html } from './html';

describe('html', () => {
  it('escapes what is put in, in elements and attributes', () => {
    const odd = `<script>"a" & 'b'</script>`;
    expect(html`<p title="${odd}">${odd}</p>`.text).toBe(
      '<p title="&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;">&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;</p>',
    );
  });

  it('takes its own work as it is, in lists too, and leaves nothing for what is not there', () => {
    const items = ['<1>', 2].map((one) => html`<i>${one}</i>`);
    expect(html`<p>${items}${undefined}${false}</p>`.text).toBe('<p><i>&lt;1&gt;</i><i>2</i></p>');
  });
});
