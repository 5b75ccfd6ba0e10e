import type { Bench } from "../bench.ts";
import { stageTimes } from "../push/stages.ts";
import type { SectionReport } from "../report/section-report.ts";
import { openScene } from "../scene/open-scene.ts";
import { withDeadline } from "../with-deadline.ts";
import { type MemoryFigures, memoryTable } from "./memory-table.ts";
import { idleMemory, watchBot } from "./watch-bot.ts";
import { writeBallast } from "./write-ballast.ts";

const MAX_MS = 900_000;
const MIB = 1024 * 1024;

/** What the bot holds in memory while a large context goes through it. */
export async function measureMemory(bench: Bench): Promise<SectionReport> {
  await using cleanUp = bench.openCleanUp();
  const contextBytes = (bench.quick ? 128 : 1024) * MIB;
  const { github, bot } = await openScene(await bench.cluster(), cleanUp, {
    PUSHWRIGHT_CONTEXT_LIMIT: "2Gi",
    // Kaniko keeps all that it reads from stdin in memory before it unpacks it.
    PUSHWRIGHT_MEMORY_LIMIT: "6Gi",
  });
  const repository = await github.createRepository({ owner: "acme", name: "ballast" });
  await writeBallast(repository, contextBytes);
  const files = {
    Dockerfile: "FROM scratch\nCOPY small /small\n",
    ".dockerignore": "ballast\n",
    small: "the only file of the image\n",
  };
  bench.progress(`memory: a context of ${contextBytes / MIB} MiB`);

  const idleBytes = await idleMemory(bot);
  let commit = "";
  const watch = await watchBot(bot, async () => {
    ({ commit } = await github.push(repository, { files }));
    const reported = bot.line((line) => line.commit === commit && line.stage === "reported");
    await withDeadline(reported, MAX_MS, "the report of the large context's build");
  });
  const [run] = github.checkRuns({ sha: commit });
  if (run?.conclusion !== "success")
    throw new Error(
      `building the large context failed: ${run?.output.title}\n${run?.output.summary}\n${run?.output.text}`,
    );
  const stages = stageTimes(bot.log.filter((line) => line.commit === commit));
  const figures: MemoryFigures = { contextBytes, idleBytes, ...watch, stages };
  const goal = {
    what: "memory above idle, with a large context in transit",
    measured: (watch.peakBytes - idleBytes) / MIB,
    atMost: 150,
    unit: "MB",
  } as const;
  return {
    title: `The bot's memory while a context of ${contextBytes / MIB} MiB goes through it`,
    goals: [goal],
    tables: [memoryTable(figures)],
    figures,
  };
}
