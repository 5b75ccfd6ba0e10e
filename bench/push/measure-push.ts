import type { Bench } from "../bench.ts";
import type { SectionReport } from "../report/section-report.ts";
import { median } from "../statistics.ts";
import { alternate, type Round } from "./alternate.ts";
import { raceTable } from "./race-table.ts";
import { LONG, TINY } from "./samples.ts";
import { bareStageTable, botStageTable } from "./stage-tables.ts";

/** A tiny image: what matters is how soon the start is noticed, and the end. */
export async function measurePush(bench: Bench): Promise<SectionReport> {
  const rounds = await alternate(bench, TINY, bench.quick ? 2 : 10);
  const ratio = medianOf(rounds, botSeconds) / medianOf(rounds, bareSeconds);
  const goal = {
    what: "a tiny image, as a share of a bare Job's time",
    measured: ratio,
    atMost: 0.6,
    unit: "times",
  } as const;
  return {
    title: `A push of a tiny image, against a bare Kaniko Job (${rounds.length} of each, in turn)`,
    goals: [goal],
    tables: [raceTable(rounds), botStageTable(rounds), bareStageTable(rounds)],
    figures: { ratio, rounds: rounds.map(figuresOf) },
  };
}

/** A longer build: nothing but its own work may take long. */
export async function measureLongBuild(bench: Bench): Promise<SectionReport> {
  const rounds = await alternate(bench, LONG, bench.quick ? 1 : 6);
  // Round by round: a build next to another one found the machine as busy, those of other rounds did not.
  const overhead = medianOf(rounds, (round) => botSeconds(round) - executorSeconds(round));
  const goal = {
    what: "a longer build, over the bare executor's own time",
    measured: overhead,
    atMost: 1,
    unit: "s",
  } as const;
  return {
    title: `A push of a longer build, against a bare Kaniko Job (${rounds.length} of each, in turn)`,
    goals: [goal],
    tables: [raceTable(rounds), botStageTable(rounds), bareStageTable(rounds)],
    figures: { overheadSeconds: overhead, rounds: rounds.map(figuresOf) },
  };
}

function medianOf(rounds: Round[], value: (round: Round) => number): number {
  return median(rounds.map(value));
}

function botSeconds({ bot: { stages } }: Round): number {
  return (stages.reported - stages.accepted) / 1000;
}

function bareSeconds({ bare }: Round): number {
  return (bare.complete - bare.created) / 1000;
}

function executorSeconds({ bare: { executor } }: Round): number {
  return (executor.ended - executor.began) / 1000;
}

function figuresOf({ bot, bare }: Round) {
  const { kanikoJob: _, ...figures } = bot;
  return { bot: figures, bare };
}
