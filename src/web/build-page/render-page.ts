import { createHash } from "node:crypto";
import type { Build } from "../../core/build.ts";
import { describeState } from "../../core/describe-state.ts";
import type { LinkTo } from "../../core/format-build-table.ts";
import { formatReport } from "../../core/format-report.ts";
import { Html, html } from "./html.ts";
import { renderMarkdown } from "./render-markdown.ts";
import {
  imageNameOf,
  renderAnnotations,
  renderBadge,
  renderLog,
  renderOrigin,
  renderOtherBuilds,
} from "./sections.ts";
import { STYLE } from "./style.ts";
import { renderTimeLine } from "./time-line.ts";

const REFRESH_SECONDS = 5;
/** Somebody's approval may take days. */
const SLOW_REFRESH_SECONDS = 30;

/** No script, nothing from elsewhere, and in nobody's frame. The page's own style is told by its hash. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** A build's page. `others` are the other builds of its commit. */
export function renderPage(build: Build, others: readonly Build[], linkTo: LinkTo, jsonUrl: string): string {
  const report = formatReport(build, { earlier: [] });
  const name = imageNameOf(build.request);
  const { icon } = describeState(build);
  const isLive = build.state !== "completed";
  const refresh = build.state === "waiting-for-approval" ? SLOW_REFRESH_SECONDS : REFRESH_SECONDS;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
${isLive && html`<meta http-equiv="refresh" content="${refresh}">`}
<title>${icon} ${name}: ${report.title}</title>
<link rel="icon" href="${iconUrl(icon)}">
<style>${new Html(STYLE)}</style>
</head>
<body>
<main>
<header>
<h1>${name} ${renderBadge(build)}</h1>
${renderOrigin(build)}
<p class="title">${report.title}</p>
</header>
${isLive && renderTimeLine(build)}
<section class="summary">${renderMarkdown(report.summary)}</section>
${renderAnnotations(report.annotations)}
${!isLive && renderTimeLine(build)}
${renderLog(report.logTail)}
${renderOtherBuilds(others, linkTo)}
</main>
<footer>${isLive && `This page renews itself every ${refresh} seconds. `}<a href="${jsonUrl}">The same as JSON</a></footer>
</body>
</html>
`;
  return page.text;
}

function iconUrl(icon: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><text y=".9em" font-size="90">${icon}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
