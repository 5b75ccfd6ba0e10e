import { defineConfig } from "vitest/config";
import { SummaryReporter } from "./test/summary-reporter.ts";

const SECOND = 1000;

/** Quick ones first; files that share the one cluster, two at a time, each in its own namespace. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/unit/**/*.test.ts"],
          testTimeout: 60 * SECOND,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "integration",
          include: ["test/integration/**/*.test.ts"],
          globalSetup: ["test/integration/global-setup.ts"],
          testTimeout: 60 * SECOND,
          hookTimeout: 60 * SECOND,
          // They wait more than they work: for servers, and for what must not happen.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: "cluster",
          include: ["test/cluster/**/*.test.ts"],
          globalSetup: ["test/cluster/global-setup.ts"],
          testTimeout: 180 * SECOND,
          hookTimeout: 180 * SECOND,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
    ],
    reporters: ["default", new SummaryReporter()],
  },
});
