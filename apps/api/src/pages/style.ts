/** Warm paper and brick, as the screens have them (apps/web/src/app/theme.ts); every pair of colours reaches AA. */
const COLOURS = `:root{color-scheme:light dark;--paper:#fffbf5;--card:#fff;--ink:#2a211c;--dim:#65584f;--line:#e2d6ca;--edge:#857568;--brick:#8c3822;--brick-ink:#fff;--link:#7a2e1d;--wall:#7a2e1d;--wall-ink:#fff6e9;--gold:#f2b33d;--bad:#b3261e;--good:#2d6a3f;--soft:#f7eee4}
@media(prefers-color-scheme:dark){:root{--paper:#1c1714;--card:#27201c;--ink:#f3ebe3;--dim:#b9aca1;--line:#41362f;--edge:#a3968c;--brick:#d89378;--brick-ink:#1c1714;--link:#e6b9a7;--wall:#3d160d;--bad:#ff9d94;--good:#8fd0a2;--soft:#2e2621}}`;

const FRAME = `*,::before,::after{box-sizing:border-box}
html{font:112.5%/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);overflow-wrap:break-word;min-block-size:100vh;display:flex;flex-direction:column}
h1,h2,h3{font-family:Georgia,"Noto Serif","Times New Roman",serif;line-height:1.2;text-wrap:balance}
h1{font-size:clamp(1.65rem,6vw,2.35rem);margin-block:.25rem .75rem}h2{font-size:1.3rem;margin-block:2.2rem .6rem}h3{font-size:1.05rem;margin-block:0 .2rem}
p,ul,ol,dl{margin-block:0 1rem}a{color:var(--link);text-underline-offset:.18em}a:hover{text-decoration-thickness:.15em}
:focus-visible,.errors:focus{outline:3px solid var(--gold);outline-offset:2px;box-shadow:0 0 0 5px var(--ink)}
.top{background:var(--wall);color:var(--wall-ink);border-block-end:4px solid var(--gold)}
.bar{max-inline-size:44rem;inline-size:100%;margin-inline:auto;padding-inline:1rem;display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:0 1rem}
.bar a{color:inherit;display:inline-flex;align-items:center;gap:.6rem;min-block-size:48px;min-inline-size:44px}
.brand{font:600 1.15rem Georgia,"Noto Serif",serif;text-decoration:none}.skip{position:absolute;inset-inline-start:-100vw}.skip:focus{position:static;padding:.75rem 1rem;display:block;background:var(--paper);color:var(--link)}
main{max-inline-size:44rem;inline-size:100%;margin-inline:auto;padding:1.75rem 1rem 3rem;flex:1}
.foot{border-block-start:1px solid var(--line);color:var(--dim);font-size:.9rem}`;

const PIECES = `.kicker{color:var(--dim);font-weight:600;margin:0}.lead{font-size:1.15rem}.dim,.hint{color:var(--dim)}.hint{display:block;font-size:.9rem}
.card,fieldset{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:1.1rem;margin-block:1.25rem;margin-inline:0;min-inline-size:0}.card>:first-child{margin-block-start:0}.card>:last-child{margin-block-end:0}
.count{border-inline-start:6px solid var(--gold);padding-inline-start:1rem;margin-block:1.25rem}.count strong{display:block;font:600 2.4rem/1.1 Georgia,"Noto Serif",serif}
.note{border-inline-start:6px solid var(--good);background:var(--soft);border-radius:.3rem;padding:.9rem 1rem;margin-block:1rem;font-weight:600}.note.warn{border-color:var(--gold)}
.errors{border:3px solid var(--bad);border-radius:.6rem;padding:1rem;margin-block-end:1.5rem}.errors h2{margin-block:0 .4rem}.errors ul{margin:0;padding-inline-start:1.2rem}.errors a{color:var(--bad);font-weight:600;display:inline-block;padding-block:.6rem}
.field{margin-block-end:1.15rem}.field.wrong{border-inline-start:5px solid var(--bad);padding-inline-start:.8rem}.field>label,legend{display:block;font-weight:600;margin-block-end:.25rem}legend{padding-inline:.3rem}.field p{color:var(--bad);font-weight:600;margin:0 0 .3rem}
input[type=text],input[type=email],select{inline-size:100%;max-inline-size:26rem;font:inherit;color:inherit;background:var(--card);border:2px solid var(--edge);border-radius:.45rem;padding:.5rem .7rem;min-block-size:48px}
.check{display:flex;gap:.75rem;align-items:flex-start;padding-block:.6rem;min-block-size:44px;cursor:pointer}.check input{flex:none;inline-size:1.5rem;block-size:1.5rem;margin:0;accent-color:var(--brick)}
button,.button{font:inherit;font-weight:600;color:var(--brick-ink);background:var(--brick);border:2px solid var(--brick);border-radius:.45rem;padding:.6rem 1.4rem;min-block-size:48px;cursor:pointer;margin-block:.25rem;margin-inline-end:.4rem;text-decoration:none;display:inline-block}button:hover,.button:hover{filter:brightness(1.1)}button.plain,.button.plain{background:transparent;color:var(--link);border-color:var(--edge)}button:disabled{background:var(--soft);color:var(--dim);border-color:var(--edge);cursor:default}
@media(max-width:30rem){form>button,.wide{inline-size:100%;margin-inline:0;text-align:center}}
.rows{list-style:none;padding:0}.rows>li{border-block-start:1px solid var(--line);padding-block:.9rem}.rows>li:last-child{border-block-end:1px solid var(--line)}.rows a.to{font-weight:600;display:block;padding-block:.35rem;min-block-size:44px;font-size:1.08rem}
li.depth-1{padding-inline-start:1.2rem}li.depth-2{padding-inline-start:2.4rem}li.depth-3{padding-inline-start:3.6rem}
dl.facts{display:grid;grid-template-columns:max-content 1fr;gap:.5rem 1.2rem}.facts dt{color:var(--dim)}.facts dd{margin:0;min-inline-size:0}
@media(max-width:30rem){dl.facts{grid-template-columns:1fr;gap:0}.facts dd{margin-block-end:.7rem}}
.demands{padding-inline-start:1.4rem}.demands>li{margin-block-end:1rem}.answer{color:var(--dim);display:block;font-size:.95rem}.pre{white-space:pre-line}pre{white-space:pre-wrap}
.link{font-family:ui-monospace,monospace;font-size:.9rem;user-select:all;background:var(--soft);padding:.7rem;border-radius:.4rem;display:block;word-break:break-all}
.split{display:flex;flex-wrap:wrap;gap:.75rem;align-items:center;justify-content:space-between}.split>*{margin-block:0}`;

/** The one style of every page from the server; its hash is what the policy lets in. */
export const STYLE = [COLOURS, FRAME, PIECES].join('\n').replaceAll('\n', '');
