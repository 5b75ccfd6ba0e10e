import type { ConfigFault, RepoConfig } from "../repo-config.ts";
import { MAX_YAML_BYTES, parseYaml } from "../yaml-faults/parse-yaml.ts";
import { RepoConfigFile } from "./repo-config-file.ts";

export const MAX_CONFIG_BYTES = MAX_YAML_BYTES;

/** Reads a `.pushwright.yml`: what it asks for, or all that is wrong with it. */
export function parseRepoConfig(text: string): { config: RepoConfig } | { faults: ConfigFault[] } {
  const parsed = parseYaml(text, RepoConfigFile, { scalars: "as-written" });
  return "value" in parsed ? { config: parsed.value } : parsed;
}
