import { milliseconds } from "../report/format-figure.ts";
import type { Table } from "../report/section-report.ts";
import { median } from "../statistics.ts";
import type { Round } from "./alternate.ts";
import { STAGES, type Stage } from "./stages.ts";

type Step = { name: string; at: number };

/** Where the time of the bot's pushes goes. */
export function botStageTable(rounds: readonly Round[]): Table {
  const since = (value: (round: Round) => number | undefined) =>
    medianOf(rounds, (round) => (value(round) ?? Number.NaN) - round.bot.stages.accepted);
  const steps: Step[] = Object.entries(STAGES).map(([stage, meaning]) => ({
    name: `${stage}: ${meaning}`,
    at: since(({ bot }) => bot.stages[stage as Stage]),
  }));
  const seen: Step[] = [
    { name: "(cluster) the pod exists", at: since(({ bot }) => bot.pod.created) },
    { name: "(cluster) the pod has a node", at: since(({ bot }) => bot.pod.scheduled) },
    { name: "(cluster) the kubelet tells that the container runs", at: since(({ bot }) => bot.pod.running) },
    { name: "(registry) the image is there", at: since(({ bot }) => bot.imageInRegistry) },
  ];
  return stageTable("Where the bot's time goes (medians, since the push was accepted)", [...steps, ...seen]);
}

/** Where the time of the bare Jobs goes. */
export function bareStageTable(rounds: readonly Round[]): Table {
  const since = (value: (round: Round) => number | undefined) =>
    medianOf(rounds, (round) => (value(round) ?? Number.NaN) - round.bare.created);
  return stageTable("Where the bare Job's time goes (medians, since its creation)", [
    { name: "created", at: 0 },
    { name: "the pod exists", at: since(({ bare }) => bare.pod.created) },
    { name: "the pod has a node", at: since(({ bare }) => bare.pod.scheduled) },
    { name: "the executor's first line", at: since(({ bare }) => bare.executor.began) },
    { name: "the kubelet tells that the container runs", at: since(({ bare }) => bare.pod.running) },
    { name: "the executor's last line", at: since(({ bare }) => bare.executor.ended) },
    { name: "(registry) the image is there", at: since(({ bare }) => bare.imageInRegistry) },
    { name: "the kubelet tells that the container has ended", at: since(({ bare }) => bare.pod.ended) },
    { name: "the Job is Complete", at: since(({ bare }) => bare.complete) },
  ]);
}

function stageTable(title: string, steps: Step[]): Table {
  const told = steps.filter(({ at }) => !Number.isNaN(at)).toSorted((one, other) => one.at - other.at);
  return {
    title,
    columns: ["", "at", "after the last"],
    rows: told.map(({ name, at }, index) => [
      name,
      milliseconds(at),
      index === 0 ? "" : milliseconds(at - (told[index - 1]?.at ?? at)),
    ]),
  };
}

/** NaN when most rounds know nothing of it: the bot removes a pod before the kubelet has told all. */
function medianOf(rounds: readonly Round[], value: (round: Round) => number): number {
  const known = rounds.map(value).filter((each) => !Number.isNaN(each));
  return known.length * 2 > rounds.length ? median(known) : Number.NaN;
}
