import type { FoundConfig } from "../../context/config-search.ts";
import { DEFAULT_REPO_CONFIG } from "../../core/repo-config/default-repo-config.ts";
import { MAX_CONFIG_BYTES, parseRepoConfig } from "../../core/repo-config/parse-repo-config.ts";
import { CONFIG_FILE, type ConfigFault, type RepoConfig } from "../../core/repo-config.ts";

/** What a repository wants built, by the file that was found in it. */
export function readConfig(text: FoundConfig): RepoConfig | { faults: ConfigFault[] } {
  if (text === undefined) return DEFAULT_REPO_CONFIG;
  if (text === "too large") {
    const message = `${CONFIG_FILE} is larger than ${MAX_CONFIG_BYTES / 1024} KiB`;
    return { faults: [{ line: 1, column: 1, message }] };
  }
  const parsed = parseRepoConfig(text);
  return "config" in parsed ? parsed.config : parsed;
}
