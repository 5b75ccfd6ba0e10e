import { formatCode } from "../format-code.ts";
import { GlobList } from "../glob/glob-list.ts";
import type { PathFilter } from "../repo-config.ts";

/** Comparing goes on for about half a second at most, whatever patterns and paths a stranger chose. */
const MAX_STEPS = 5_000_000;

/** What a commit changed, held against any number of path filters. */
export class ChangedFiles {
  readonly #files: readonly string[] | "unknown";
  #stepsLeft = MAX_STEPS;

  constructor(files: readonly string[] | "unknown") {
    this.#files = files;
  }

  /**
   * Why the filter lets the commit pass, as a sentence of markdown, or undefined: it does not. What is unknown, too much
   * to compare, or no change at all (an empty commit is pushed to have a build) passes every filter.
   */
  reasonToPass({ include, ignore }: PathFilter): string | undefined {
    if (this.#files === "unknown") return "the changed files are not known";
    if (this.#files.length === 0) return "no file was changed";
    const included = new GlobList(include.length === 0 ? ["**"] : include);
    const ignored = new GlobList(ignore);
    for (const file of this.#files) {
      const stepsBefore = included.steps + ignored.steps;
      const by = included.find(file);
      const passes = by !== undefined && ignored.find(file) === undefined;
      if (passes) return `${formatCode(file)} matches ${formatCode(by)}`;
      this.#stepsLeft -= included.steps + ignored.steps - stepsBefore;
      if (this.#stepsLeft <= 0) return "the changed files are too many to compare with all patterns";
    }
    return undefined;
  }
}

/** Whether the filter can keep anything out. */
export function isFilter({ include, ignore }: PathFilter): boolean {
  return ignore.length > 0 || include.some((pattern) => pattern !== "**");
}
