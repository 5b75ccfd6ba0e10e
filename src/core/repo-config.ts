import type { z } from "zod";
import { RepoConfigFile } from "./repo-config/repo-config-file.ts";
import type { ConfigFault } from "./yaml-faults/config-fault.ts";
import { parseYaml } from "./yaml-faults/parse-yaml.ts";

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

/** What a repository without a configuration wants: its root's `Dockerfile` built, whatever is pushed. */
export const DEFAULT_REPO_CONFIG: RepoConfig = { ...RepoConfigFile.parse({}), isAssumed: true };

/** Reads a `.pushwright.yml`: what it asks for, or all that is wrong with it. */
export function parseRepoConfig(text: string): { config: RepoConfig } | { faults: ConfigFault[] } {
  const parsed = parseYaml(text, RepoConfigFile, { scalars: "as-written" });
  return "value" in parsed ? { config: parsed.value } : parsed;
}
