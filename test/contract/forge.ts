import { describe } from "vitest";
import { describeForgeConversations } from "./forge/conversations.ts";
import { EVERY_ABILITY, type ForgeAbilities } from "./forge/forge-abilities.ts";
import type { OpenForge } from "./forge/forge-under-test.ts";
import { describeForgePullRequests } from "./forge/pull-requests.ts";
import { describeForgeReading } from "./forge/reading.ts";
import { describeForgeReports } from "./forge/reports.ts";

/** What must hold for every forge. `open` gives a forge with nothing on it but one repository and its first commit. */
export function describeForge(open: OpenForge, abilities: ForgeAbilities = EVERY_ABILITY): void {
  describe("what a commit holds", () => describeForgeReading(open));
  describe("pull requests", () => describeForgePullRequests(open, abilities));
  describe("reports", () => describeForgeReports(open, abilities));
  describe("conversations", () => describeForgeConversations(open, abilities));
}
