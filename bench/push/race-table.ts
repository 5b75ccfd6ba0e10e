import { seconds } from "../report/format-figure.ts";
import type { Table } from "../report/section-report.ts";
import { median } from "../statistics.ts";
import type { Round } from "./alternate.ts";

/** The bot against the bare Job, from end to end. */
export function raceTable(rounds: readonly Round[]): Table {
  const row = (what: string, value: (round: Round) => number) => {
    const values = rounds.map(value);
    return [what, seconds(median(values)), seconds(Math.min(...values)), seconds(Math.max(...values))];
  };
  const calls = rounds[0]?.bot.githubCalls ?? [];
  const tellsCommandTime = rounds.every(({ bot, bare }) => bot.commandTime > 0 && bare.commandTime > 0);
  const podSpec = rounds[0]?.bot.kanikoJob.spec?.template.spec;
  return {
    title: "From end to end",
    columns: ["", "median", "fastest", "slowest"],
    rows: [
      row("bot: push accepted → check completed", ({ bot: { stages } }) => stages.reported - stages.accepted),
      row("bare Job: created → Complete", ({ bare }) => bare.complete - bare.created),
      row(
        "bot: push accepted → image in the registry",
        ({ bot }) => bot.imageInRegistry - bot.stages.accepted,
      ),
      row("bare Job: created → image in the registry", ({ bare }) => bare.imageInRegistry - bare.created),
      row(
        "bot: all but its executor's work (→ running, pushed →)",
        ({ bot: { stages } }) => stages.running - stages.accepted + stages.reported - stages.pushed,
      ),
      row(
        "bot: its executor's work (running → pushed)",
        ({ bot: { stages } }) => stages.pushed - stages.running,
      ),
      row(
        "bare Job: the executor's first → last line",
        ({ bare: { executor } }) => executor.ended - executor.began,
      ),
      row(
        "bot: push → completed, over the same round's bare executor",
        ({ bot: { stages }, bare: { executor } }) =>
          stages.reported - stages.accepted - (executor.ended - executor.began),
      ),
      ...(tellsCommandTime
        ? [
            row("bot: what the build's commands took of a processor", ({ bot }) => bot.commandTime),
            row("bare Job: what the same commands took of a processor", ({ bare }) => bare.commandTime),
          ]
        : []),
    ],
    notes: [
      "accepted: the signature is verified, nothing is queued yet; check completed: GitHub's stand-in has answered the update",
      "created: the API server has answered; Complete: a watch has brought the Job's condition",
      "the executor's own time: what it does before its first line and after its last is not counted, which is not in the bot's favour",
      ...(tellsCommandTime
        ? [
            "the same commands take of a processor what the machine makes of it; what they took longer than that, they waited for a processor or the disk",
          ]
        : []),
      "GitHub's stand-in is on this machine; the real one adds the time of its answers where a stage waits for them",
      `GitHub API calls for each push: ${calls.length} (${calls.join(", ")})`,
      `${podSpec?.containers[0]?.image}, ${podSpec?.hostUsers === false ? "in a user namespace of its own" : "without a user namespace"}, both times`,
    ],
  };
}
