import { EVERY_ABILITY, type ForgeAbilities } from "./forge-abilities.ts";
import type { ForgeFeature } from "./forge-features.ts";

type KnownForge = {
  abilities: ForgeAbilities;
  /** Why it has not what it has not. */
  reasons: Partial<Record<ForgeFeature, string>>;
};

const ONE_PER_NAME = "statuses are known by their name: the newest build's is shown";

/** Every forge with an adapter, by the name that the docs give it. */
export const KNOWN_FORGES = {
  GitHub: { abilities: EVERY_ABILITY, reasons: {} },
  GitLab: {
    abilities: {
      ...EVERY_ABILITY,
      permissions: ["none", "read", "write", "maintain", "admin"],
      // A merge request's note has the details: the suite's reports are on a commit.
      hasDetails: false,
      isOneReportPerName: true,
    },
    reasons: {
      "permission triage": "no role of GitLab's is counted as it",
      "report each": ONE_PER_NAME,
      details: "a status has one line; a merge request's note has the summary",
    },
  },
  Gitea: {
    abilities: {
      permissions: ["none", "read", "write", "admin"],
      threads: ["pull-request"],
      ends: ["success", "failure", "cancelled", "timed-out", "skipped", "neutral"],
      hasDetails: false,
      isOneReportPerName: true,
    },
    reasons: {
      "permission triage": "Gitea has no such right",
      "permission maintain": "Gitea has no such right",
      "report each": ONE_PER_NAME,
      "end action-required": "a status has no word for it: it stays pending",
      details: "a status has one line, which links to the build's page",
      "commit note": "Gitea has no comments on commits",
    },
  },
} as const satisfies Record<string, KnownForge>;
