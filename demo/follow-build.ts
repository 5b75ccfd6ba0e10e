import type { BuildNews, WatchedBuild } from "./bot/watched-builds.ts";
import type { DemoContext } from "./demo-context.ts";
import { drawStage } from "./screen/draw-stage.ts";
import { wrapText } from "./screen/wrap-text.ts";

/** Milliseconds since the push was accepted, by stage. */
export type Timings = Record<string, number>;

const SECONDS = 600;

/** Shows a build's time line while it runs, until its check has been reported. */
export async function followBuild(
  { screen, signal }: Pick<DemoContext, "screen" | "signal">,
  build: WatchedBuild,
  onRunning: () => void,
): Promise<Timings> {
  const timings: Timings = {};
  const until = AbortSignal.any([signal, deadline()]);
  let previous = 0;
  let tryNumber = 1;
  while (timings.reported === undefined) {
    const news = await build.news.take(until);
    if (news.kind === "stage") showStage(news);
    else showSetback(news.text);
  }
  return timings;

  function showStage(news: BuildNews & { kind: "stage" }): void {
    if (news.tryNumber > tryNumber) {
      tryNumber = news.tryNumber;
      screen.line(screen.paint("yellow", `            try ${tryNumber}`));
    }
    const at = news.at - build.acceptedAt;
    timings[news.stage] = at;
    if (news.stage === "running") onRunning();
    screen.line(drawStage(screen, news.stage, at, at - previous));
    previous = at;
  }

  function showSetback(text: string): void {
    for (const line of wrapText(text, screen.width - 12))
      screen.line(screen.paint("yellow", `${" ".repeat(12)}${line}`));
  }
}

function deadline(): AbortSignal {
  const controller = new AbortController();
  const error = new Error(`the build was not reported within ${SECONDS} s`);
  setTimeout(() => controller.abort(error), SECONDS * 1000).unref();
  return controller.signal;
}
