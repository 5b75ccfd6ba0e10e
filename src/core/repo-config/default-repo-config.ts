import type { RepoConfig } from "../repo-config.ts";
import { RepoConfigFile } from "./repo-config-file.ts";

/** What a repository without a configuration wants: its root's `Dockerfile` built, whatever is pushed. */
export const DEFAULT_REPO_CONFIG: RepoConfig = { ...RepoConfigFile.parse({}), isAssumed: true };
