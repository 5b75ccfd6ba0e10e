import { formatDuration } from "../src/core/format-duration.ts";
import type { DemoContext } from "./demo-context.ts";
import { pushSample } from "./push-sample.ts";
import type { Result } from "./result.ts";
import { setScene } from "./set-scene.ts";
import { showBuild } from "./show-build.ts";
import { watchPushes } from "./watch-pushes.ts";

const EXPECTED = ["Hello World", "Server started on port 8081"];

/** The whole show. `seen` hears of the first build as soon as everything about it was seen to be true. */
export async function runDemo(
  context: DemoContext,
  { stays, seen }: { stays: boolean; seen: (result: Result) => void },
): Promise<void> {
  const { screen } = context;
  screen.heading("Pushwright", "turns every push into an image");
  const scene = await setScene(context);
  const build = await pushSample(context, scene);
  const result = await showBuild(context, scene, build, EXPECTED);
  seen(result);
  screen.line();
  const took = formatDuration(result.timings.total ?? 0);
  screen.line(
    `${screen.paint("green", "✓")} ${screen.paint("bold", took)} from the push to the green check, and the image runs.`,
  );
  if (stays) await watchPushes(context, scene);
}
