import type { PlotTheme } from '../plots/index.ts';
import { type Palette, palettes } from '../plots/palette.ts';

/** Drawn pictures carry the light colours; on a dark screen each is exchanged for its dark counterpart. */
function darkPictures(): string {
  const roles = Object.keys(palettes.light) as (keyof Palette)[];
  return roles
    .flatMap((role) =>
      (['fill', 'stroke'] as const).map(
        (paint) => `svg [${paint}="${palettes.light[role]}"]{${paint}:${palettes.dark[role]}}`,
      ),
    )
    .join('\n');
}

/** The colours of pictures that captions repeat. */
function pictureColours(theme: PlotTheme): string {
  const { bar, over, overArea, underArea } = palettes[theme];
  return `--bar:${bar};--over:${over};--over-area:${overArea};--under-area:${underArea}`;
}

/** The style sheet of the HTML report. Light unless the reader's screen is dark; print is always light. */
export const htmlStyle = `
:root{color-scheme:light dark;--page:#f5f6f8;--card:#fff;--ink:#1c2530;--muted:#56616f;--line:#dde2e8;--stripe:#f7f9fb;
--good:#0a6b4e;--good-soft:#e0f3ec;--bad:#a34100;--bad-soft:#fdece0;--quiet-soft:#eceff3;--accent:#0b5fa5;
${pictureColours('light')};--over-ink:#a34100;--under-ink:#00664a}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
main{max-width:66rem;margin:0 auto;padding:2rem 1.25rem 3rem}
h1,h2,p,dl,ul,figure{margin:0}
h1{font-size:1.75rem;line-height:1.2;font-weight:650;letter-spacing:-.01em;overflow-wrap:anywhere}
h2{font-size:1.15rem;line-height:1.3;font-weight:650;margin-bottom:.35rem}
header{margin-bottom:1.25rem}
.kind{color:var(--muted);font-size:.8rem;letter-spacing:.06em;text-transform:uppercase;margin-bottom:.35rem}
.subtitle{color:var(--muted);margin-top:.35rem}
section{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1.25rem 1.4rem;margin-top:1rem}
.lead{color:var(--muted);font-size:.92rem;max-width:46rem}
.verdict{border-left:6px solid var(--accent);padding-block:1.4rem}
.verdict.improved{border-left-color:var(--good)}
.verdict.worse,.verdict.in-doubt{border-left-color:var(--bad)}
.verdict.unchanged,.verdict.uncertain{border-left-color:var(--muted)}
.headline{font-size:1.35rem;line-height:1.35;font-weight:600;text-wrap:balance}
.details{margin-top:.7rem;padding:0;list-style:none;color:var(--muted)}
.details li+li{margin-top:.2rem}
.notices ul{padding-left:1.15rem;margin-top:.4rem}
.notices{border-left:6px solid #c98a00}
.notices li{overflow-wrap:anywhere}
.box{overflow-x:auto;margin-top:.8rem;border:1px solid var(--line);border-radius:8px;max-width:100%}
.box:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.tall{max-height:26rem;overflow-y:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}
th,td{padding:.42rem .7rem;text-align:right;white-space:nowrap;border-top:1px solid var(--line);background:var(--card)}
thead th{color:var(--muted);font-weight:600;font-size:.92em;background:var(--stripe);border-top:0}
thead tr+tr th{border-top:1px solid var(--line)}
th:first-child{text-align:left;position:sticky;left:0;z-index:1}
thead tr+tr th:first-child{position:static;text-align:right}
tbody th{font-weight:550}
.tall thead th{position:sticky;top:0;z-index:2}
.figures td.mark-cell{text-align:center}
.bins{font-size:.83rem}.bins th,.bins td{padding:.36rem .5rem}
.unit{color:var(--muted);font-weight:400;font-size:.92em;margin-left:.3rem}
.minor th,.minor td{color:var(--muted);font-weight:400;border-top-style:dotted}
.figures .minor th{padding-left:1.6rem}
.bins .group{border-left:1px solid var(--line)}
.bins thead .group[colspan]{text-align:center}
.bins .minor .group{text-align:left}
.soft{color:var(--muted)}
td.over{color:var(--over-ink);font-weight:650}
td.under{color:var(--under-ink);font-weight:650}
.classes th:first-child bdi{display:inline-block;max-width:16rem;overflow:hidden;text-overflow:ellipsis;vertical-align:bottom}
.mark{display:inline-block;border-radius:99px;padding:.05em .7em;font-size:.9em;font-weight:600}
.good{background:var(--good-soft);color:var(--good)}
.bad{background:var(--bad-soft);color:var(--bad)}
.quiet{background:var(--quiet-soft);color:var(--muted)}
.note{color:var(--muted);font-size:.86rem;margin-top:.6rem}
.pictures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,19rem),1fr));gap:1rem;margin-top:.8rem;justify-items:center}
svg{display:block;width:100%;height:auto}
.side{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));gap:1rem;align-items:start}
figcaption{color:var(--muted);font-size:.86rem;margin-top:.6rem}
.key{white-space:nowrap}
.swatch{display:inline-block;width:.8em;height:.8em;border-radius:2px;margin:0 .3em 0 .1em;vertical-align:-.05em}
.line{display:inline-block;width:1.5em;border-top:2px solid var(--ink);margin:0 .3em 0 .1em;vertical-align:.25em}
.dashed{border-top-style:dashed}
.s-bar{background:var(--bar)}.s-over{background:var(--over-area)}.s-under{background:var(--under-area)}.s-wrong{background:var(--over)}
dl{display:grid;grid-template-columns:minmax(7rem,10rem) 1fr;gap:.45rem 1rem;margin-top:.7rem;font-size:.92rem}
dt{color:var(--muted)}
dd{margin:0;overflow-wrap:anywhere}
.fact{font-size:.86em;color:var(--muted)}
@media (max-width:30rem){main{padding:1.1rem .7rem 2rem}section{padding:1rem .9rem}h1{font-size:1.4rem}.headline{font-size:1.15rem}
dl{grid-template-columns:1fr;gap:.1rem}dd{margin-bottom:.5rem}th,td{padding:.38rem .5rem}
.bins{font-size:.8rem}.bins th,.bins td{padding:.34rem .38rem}.classes thead th{white-space:normal}}
@media screen and (max-width:40rem){.compared,.compared thead,.compared tbody{display:block}
.compared tr{display:grid;grid-template-columns:1fr 1fr 1fr;padding:.35rem .3rem;border-top:1px solid var(--line)}
.compared thead tr{border-top:0;background:var(--stripe)}.compared tr.minor{border-top-style:dotted}
.compared th,.compared td,.compared .minor th,.compared .minor td{border:0;padding:.08rem .4rem}.compared td:empty,.compared thead th:is(:first-child,:nth-child(n+5)){display:none}
.compared tbody th{grid-area:1/1/2/4;position:static;white-space:normal}.compared td{grid-area:2/1}.compared td:nth-of-type(2){grid-area:2/2}.compared td:nth-of-type(3){grid-area:2/3}
.compared .minor th{padding-left:1rem}
.compared td.mark-cell{grid-area:1/3;text-align:right;z-index:1;background:none}.compared td.soft{grid-area:3/1/4/4}.compared td.soft::before{content:attr(data-label) ": "}}
@media screen and (prefers-color-scheme:dark){:root{--page:#0e1217;--card:#161b22;--ink:#e8ecf1;--muted:#a8b3c0;--line:#2a323d;--stripe:#1b222b;
--good:#5fd7b0;--good-soft:#12352b;--bad:#ffab78;--bad-soft:#40240f;--quiet-soft:#262e38;--accent:#82c4ff;
${pictureColours('dark')};--over-ink:#ffab78;--under-ink:#5fd7b0}
${darkPictures()}
}
@media print{@page{margin:14mm}:root{color-scheme:light;--page:#fff}html{font-size:9.2pt}body{font-size:1rem}main{max-width:none;padding:0}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
section{border-radius:0;padding:.7rem 0;margin-top:.7rem;border-width:1px 0 0;break-inside:auto}
.verdict,.notices{border-left-width:6px;padding-left:1rem}
.box,.tall{overflow:visible;max-height:none;border:0}th:first-child,.tall thead th{position:static}
h2,.lead{break-after:avoid}.lead,dd,dt{break-inside:avoid}dt{break-after:avoid}figure,tr,.verdict{break-inside:avoid}thead{display:table-header-group}
.pictures{grid-template-columns:1fr 1fr;gap:.5rem}.side{grid-template-columns:1fr 1fr}.side .pictures{grid-template-columns:1fr}svg{max-width:6.4cm!important}.lead{max-width:none}
body{line-height:1.4}table,.bins{font-size:.87rem;line-height:1.3}th,td,.bins th,.bins td{padding:.18rem .4rem}.details,dl,figcaption,.note,.lead{font-size:.92rem}}
`;
