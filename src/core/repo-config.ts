import type { z } from "zod";
import type { RepoConfigFile } from "./repo-config/repo-config-file.ts";

export type { ConfigFault } from "./yaml-faults/config-fault.ts";

/** What a repository wants: `.pushwright.yml`, with every default filled in. */
export type RepoConfig = z.output<typeof RepoConfigFile> & {
  /** The repository has no configuration: this is what is assumed of it. */
  isAssumed?: true;
};

/** One image of a repository, as its configuration says. */
export type ImageConfig = RepoConfig["images"][number];

/** Globs over paths from the repository's root: one changed file must match `include`, and not `ignore`. */
export type PathFilter = ImageConfig["paths"];

export const CONFIG_FILE = ".pushwright.yml";
