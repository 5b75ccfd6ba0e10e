import type { Build } from "../../core/build.ts";
import { formatDuration } from "../../core/format-duration.ts";
import { type Html, html } from "./html.ts";
import { type Stage, stagesOf, stepsOf } from "./stages.ts";

/** The bar's width in its own units. */
const WIDTH = 1000;
const COLOURS = 7;

/** The build's stages: with their times once it has ended, and before that where it stands. */
export function renderTimeLine(build: Build): Html {
  if (build.state !== "completed") return renderSteps(build);
  const stages = stagesOf(build);
  return html`<section>
<h2>Time line</h2>
${stages.length > 1 && renderBar(stages)}
<table class="stages"><thead><tr><th scope="col">Stage</th><th scope="col">After</th><th scope="col">Took</th></tr></thead><tbody>
${stages.map(
  (
    { name, after },
    at,
  ) => html`<tr><th scope="row"><span class="dot c${colourOf(at)}"></span>${name}</th><td>${formatDuration(after)}</td><td>${at > 0 && formatDuration(after - (stages[at - 1]?.after ?? 0))}</td></tr>
`,
)}</tbody></table>
</section>`;
}

function renderBar(stages: readonly Stage[]): Html {
  const total = Math.max(1, stages.at(-1)?.after ?? 0);
  const xOf = (after: number) => Math.round((WIDTH * after) / total);
  return html`<svg class="bar" viewBox="0 0 ${WIDTH} 10" preserveAspectRatio="none" aria-hidden="true">${stages
    .slice(1)
    .map(({ name, after }, at) => {
      const x = xOf(stages[at]?.after ?? 0);
      return html`<rect class="c${colourOf(at + 1)}" x="${x}" width="${xOf(after) - x}" height="10"><title>${name}</title></rect>`;
    })}</svg>`;
}

function colourOf(at: number): number {
  return at === 0 ? 0 : 1 + ((at - 1) % COLOURS);
}

function renderSteps(build: Build): Html {
  return html`<ol class="steps">${stepsOf(build).map(
    ({ name, progress }) =>
      html`<li class="${progress}"${progress === "current" && html` aria-current="step"`}>${name}</li>`,
  )}</ol>`;
}
