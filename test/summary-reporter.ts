import type { Reporter, TestModule } from "vitest/node";

/** Names every skipped test with its reason, then closes with the line that tells the counts. */
export class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const of = (state: string) => tests.filter((test) => test.result().state === state);
    const skipped = of("skipped");
    // A file that does not load, a failing hook and an error outside any test are failures without a test of their own.
    const broken = modules.filter(
      (module) => module.state() === "failed" && ![...module.children.allTests("failed")].length,
    );
    const failed = of("failed").length + broken.length + unhandledErrors.length;
    if (skipped.length > 0) {
      const names = skipped.map((test) => `  - ${test.module.relativeModuleId}: ${test.fullName}`);
      process.stdout.write(
        `\n=== SKIPPED: ${skipped.length} tests did not run ===\n${names.join("\n")}\n===\n`,
      );
    }
    process.stdout.write(`\n${of("passed").length} passed, ${failed} failed, ${skipped.length} skipped\n`);
  }
}
