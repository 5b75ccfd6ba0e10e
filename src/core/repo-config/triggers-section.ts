import { mapping } from "./mapping.ts";
import { NameGlobs, PathFilter } from "./path-filter.ts";

/** What makes builds. */
export const TriggersSection = mapping(
  {
    branches: NameGlobs.describe("Globs: a push to a branch that matches one is built; `[]` for none."),
    tags: NameGlobs.describe("Globs: a pushed Git tag that matches one is built; `[]` for none."),
    "pull-requests": NameGlobs.describe(
      "Globs over the branch that a pull request is to be merged into: its head is built; `[]` for none.",
    ),
    paths: PathFilter.describe("Build only when such files changed: globs, or `include` and `ignore`."),
  },
  "a mapping with `branches`, `tags`, `pull-requests` and `paths`",
);
