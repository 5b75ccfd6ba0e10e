import type { Permission } from "../../../src/core/permission.ts";
import type { Conclusion, ForgeAbilities } from "./forge-abilities.ts";

type Feature = {
  about: string;
  /** Else every forge has it. */
  isOf?: (abilities: ForgeAbilities) => boolean;
};

const permission = (one: Permission): Feature => ({
  about: `The right \`${one}\` is told apart`,
  isOf: ({ permissions }) => permissions.includes(one),
});

const end = (conclusion: Conclusion): Feature => ({
  about: `A build's end \`${conclusion}\` is shown`,
  isOf: ({ ends }) => ends.includes(conclusion),
});

/** What the contract suite proves of a forge: a row of the table in docs/forges.md each. */
export const FORGE_FEATURES = {
  archive: { about: "A commit's archive" },
  file: { about: "A file as it is at a commit, unless too large" },
  message: { about: "A commit's whole message" },
  changes: { about: "The files that a push changes, a forced one's too" },
  retries: { about: "Faults that pass are told from those that stay" },
  pullRequest: { about: "A pull request as it stands now, and what it changes" },
  fork: { about: "A fork's pull request, also when the fork is gone" },
  "permission none": permission("none"),
  "permission read": permission("read"),
  "permission triage": permission("triage"),
  "permission write": permission("write"),
  "permission maintain": permission("maintain"),
  "permission admin": permission("admin"),
  stranger: { about: "Strangers and unknown accounts may do nothing" },
  report: { about: "One report for a build, found again after a lost answer or a restart" },
  "report each": {
    about: "Each build of a commit has a report of its own",
    isOf: ({ isOneReportPerName }) => !isOneReportPerName,
  },
  "end success": end("success"),
  "end failure": end("failure"),
  "end cancelled": end("cancelled"),
  "end timed-out": end("timed-out"),
  "end skipped": end("skipped"),
  "end neutral": end("neutral"),
  "end action-required": end("action-required"),
  long: { about: "A report and a note however long they are" },
  details: {
    about: "Summary, end of the log and marks on lines beside the report",
    isOf: ({ hasDetails }) => hasDetails,
  },
  reactions: { about: "A reaction to a comment, once" },
  note: { about: "One note a pull request, updated, found again, written anew when deleted" },
  "commit note": {
    about: "Reactions and a note in the comments on a commit",
    isOf: ({ threads }) => threads.includes("commit"),
  },
} as const satisfies Record<string, Feature>;

export type ForgeFeature = keyof typeof FORGE_FEATURES;

/** The features that a forge of these abilities has not. */
export function missingFeatures(abilities: ForgeAbilities): ForgeFeature[] {
  return Object.entries<Feature>(FORGE_FEATURES)
    .filter(([, { isOf }]) => isOf && !isOf(abilities))
    .map(([feature]) => feature as ForgeFeature);
}
