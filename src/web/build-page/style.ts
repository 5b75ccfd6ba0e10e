/** The page's whole style: for light and dark, narrow and wide. */
export const STYLE = `
:root {
  --ink: #1b1f24; --soft: #57606a; --paper: #f6f7f9; --sheet: #fff; --line: #d9dee4; --link: #0a58ca;
  --good: #1a7f37; --bad: #c62828; --active: #8a5a00; --waiting: #57606a; --neutral: #57606a; --log: #10151b; --log-ink: #dfe6ee;
  --c0: #8c959f; --c1: #8c959f; --c2: #3b82f6; --c3: #8b5cf6; --c4: #d97706; --c5: #0d9488; --c6: #16a34a; --c7: #db2777;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6edf3; --soft: #9aa5b1; --paper: #0d1117; --sheet: #161b22; --line: #30363d; --link: #79b8ff;
    --good: #3fb950; --bad: #ff7b72; --active: #e3b341; --waiting: #9aa5b1; --neutral: #9aa5b1; --log: #010409;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
main, footer { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem; }
footer { padding-top: 0; color: var(--soft); font-size: .875rem; }
header, section { background: var(--sheet); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem; margin-bottom: 1rem; }
h1 { margin: 0 0 .25rem; font-size: 1.5rem; line-height: 1.3; display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: center; }
h2 { margin: 0 0 .75rem; font-size: 1rem; }
a { color: var(--link); }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .875em; }
p { margin: .5rem 0; }
.origin { color: var(--soft); margin: 0; display: flex; flex-wrap: wrap; gap: 0 1rem; }
.title { font-size: 1.125rem; margin: .75rem 0 0; }
.badge { border: 1px solid currentColor; border-radius: 1rem; padding: 0 .75rem; font-size: .875rem; font-weight: 600; line-height: 1.6; white-space: nowrap; }
.good { color: var(--good); } .bad { color: var(--bad); } .active { color: var(--active); }
.waiting { color: var(--waiting); } .neutral { color: var(--neutral); }
.active::before { content: ""; display: inline-block; width: .5em; height: .5em; border-radius: 50%; background: currentColor; margin-right: .5em; }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; vertical-align: top; padding: .375rem 1rem .375rem 0; border-top: 1px solid var(--line); font-weight: normal; }
tbody tr:first-child > * { border-top: 0; }
.summary thead { display: none; }
.summary td:first-child { color: var(--soft); white-space: nowrap; width: 1%; }
.summary > :first-child { margin-top: 0; } .summary > :last-child { margin-bottom: 0; }
.summary pre, .log { background: var(--log); color: var(--log-ink); border-radius: .5rem; padding: .875rem 1rem; margin: .75rem 0 0; overflow: auto; }
.summary pre { white-space: pre-wrap; }
.log { max-height: 32rem; display: flex; flex-direction: column-reverse; } /* Begins at its end. */
.log pre { margin: 0; line-height: 1.45; overflow-wrap: normal; }
.bar { display: block; width: 100%; height: .75rem; border-radius: .375rem; background: var(--line); margin-bottom: .75rem; }
.bar .c1 { fill: var(--c1); } .bar .c2 { fill: var(--c2); } .bar .c3 { fill: var(--c3); } .bar .c4 { fill: var(--c4); }
.bar .c5 { fill: var(--c5); } .bar .c6 { fill: var(--c6); } .bar .c7 { fill: var(--c7); }
.dot { display: inline-block; width: .625rem; height: .625rem; border-radius: 50%; margin-right: .5rem; }
.dot.c0 { background: var(--c0); } .dot.c1 { background: var(--c1); } .dot.c2 { background: var(--c2); } .dot.c3 { background: var(--c3); }
.dot.c4 { background: var(--c4); } .dot.c5 { background: var(--c5); } .dot.c6 { background: var(--c6); } .dot.c7 { background: var(--c7); }
.stages thead th { color: var(--soft); font-size: .875rem; }
.stages td, .stages thead th:not(:first-child) { text-align: right; font-variant-numeric: tabular-nums; width: 20%; padding-right: 0; }
.steps { list-style: none; display: flex; gap: .5rem; padding: 0; margin: 0 0 1rem; }
.steps li { flex: 1; border-top: .25rem solid var(--line); padding-top: .25rem; color: var(--soft); }
.steps .done { border-color: var(--good); }
.steps .current { border-color: var(--active); color: var(--ink); font-weight: 600; }
.marks, .others { list-style: none; margin: 0; padding: 0; }
.marks li, .others li { padding: .5rem 0; border-top: 1px solid var(--line); }
.marks li:first-child, .others li:first-child { border-top: 0; padding-top: 0; }
.attempt { color: var(--soft); margin: 0 .5rem; }
@media (max-width: 40rem) {
  main, footer { padding: .75rem; }
  header, section { padding: 1rem; }
  .summary table, .summary tbody, .summary tr, .summary td { display: block; width: auto; padding-right: 0; }
  .summary td { border: 0; padding: 0; }
  .summary td:first-child { font-size: .875rem; padding-top: .5rem; }
}
`;
