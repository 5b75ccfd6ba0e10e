import type { Build, BuildRequest } from "../../core/build.ts";
import { formatShortSha } from "../../core/commit-sha.ts";
import { commitUrl } from "../../core/commit-url.ts";
import { describeState } from "../../core/describe-state.ts";
import type { LinkTo } from "../../core/format-build-table.ts";
import { formatTime } from "../../core/format-time.ts";
import type { ReportAnnotation } from "../../core/report.ts";
import { formatRepository } from "../../core/repository.ts";
import { type Html, html } from "./html.ts";
import { renderInline } from "./render-markdown.ts";

export function imageNameOf({ image }: BuildRequest): string {
  return image.name ?? image.path;
}

export function renderBadge(build: Build): Html {
  const { word, mood } = describeState(build);
  return html`<span class="badge ${mood}">${word}</span>`;
}

/** Of what, by whom, when. */
export function renderOrigin({ request }: Build): Html {
  const { repository, commit, branch, gitTag, pullRequest, trigger, acceptedAt, attempt } = request;
  const url = commitUrl(repository, commit);
  return html`<p class="origin"><a href="${webUrl(repository.url)}">${formatRepository(repository)}</a>
 <span>commit <a href="${webUrl(url)}"><code>${formatShortSha(commit)}</code></a></span>
 ${branch !== undefined && html`<span>branch <code>${branch}</code></span>`}
 ${gitTag !== undefined && html`<span>tag <code>${gitTag}</code></span>`}
 ${pullRequest !== undefined && html`<span>pull request ${pullRequest.number}${pullRequest.isFork && " from a fork"}</span>`}
 <span>by ${trigger.by}</span>
 <span><time datetime="${new Date(acceptedAt).toISOString()}">${formatTime(acceptedAt)}</time></span>
 ${attempt > 1 && html`<span>attempt ${attempt}</span>`}</p>`;
}

/** An address out of a payload: followed only if it leads to the web. */
function webUrl(url: string): string {
  return /^https?:\/\//i.test(url) ? url : "about:blank";
}

export function renderAnnotations(annotations: readonly ReportAnnotation[]): Html | undefined {
  if (annotations.length === 0) return undefined;
  return html`<section><h2>Annotations</h2><ul class="marks">${annotations.map(
    ({ path, line, column, title, message }) =>
      html`<li><code>${path}:${line}${column !== undefined && `:${column}`}</code> <strong>${title}</strong><br>${renderInline(message)}</li>
`,
  )}</ul></section>`;
}

export function renderLog(lines: readonly string[]): Html | undefined {
  if (lines.length === 0) return undefined;
  return html`<section><h2>End of the log</h2><div class="log" role="region" aria-label="End of the log" tabindex="0"><pre>${lines.join("\n")}</pre></div></section>`;
}

export function renderOtherBuilds(builds: readonly Build[], linkTo: LinkTo): Html | undefined {
  if (builds.length === 0) return undefined;
  return html`<section><h2>Other builds of this commit</h2><ul class="others">${builds.map((build) => {
    const { request } = build;
    const link = linkTo(request.id);
    const name = imageNameOf(request);
    return html`<li>${link === undefined ? name : html`<a href="${link}">${name}</a>`}${request.gitTag !== undefined && html` for <code>${request.gitTag}</code>`} <span class="attempt">attempt ${request.attempt}</span> ${renderBadge(build)}</li>
`;
  })}</ul></section>`;
}
