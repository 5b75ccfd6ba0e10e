import type { BuildNews, WatchedBuild } from "./bot/watched-builds.ts";
import type { DemoContext } from "./demo-context.ts";
import { drawStage } from "./screen/draw-stage.ts";
import { wrapText } from "./screen/wrap-text.ts";

/** Milliseconds since the push was accepted, by stage. */
export type Timings = Record<string, number>;

const SECONDS = 600;
const TROUBLE_LINES = 4;
const MARGIN = " ".repeat(12);

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
  // Why a try failed is worth telling if there is another; else the check run tells it, and better.
  let setback = "";
  while (timings.reported === undefined) {
    const news = await build.news.take(until);
    if (news.kind === "stage") showStage(news);
    else if (news.level === "warning") showTrouble(news.text);
    else setback = news.text;
  }
  return timings;

  function showStage(news: BuildNews & { kind: "stage" }): void {
    if (news.tryNumber > tryNumber) {
      tryNumber = news.tryNumber;
      showTrouble(setback);
      showTrouble(`try ${tryNumber}`);
    }
    const at = news.at - build.acceptedAt;
    timings[news.stage] = at;
    if (news.stage === "running") onRunning();
    screen.line(drawStage(screen, news.stage, at, at - previous));
    previous = at;
  }

  function showTrouble(text: string): void {
    for (const line of wrapText(text, screen.width - MARGIN.length).slice(0, TROUBLE_LINES))
      screen.line(screen.paint("yellow", `${MARGIN}${line}`));
  }
}

function deadline(): AbortSignal {
  const controller = new AbortController();
  const error = new Error(`the build was not reported within ${SECONDS} s`);
  setTimeout(() => controller.abort(error), SECONDS * 1000).unref();
  return controller.signal;
}
