import { API_ROWS } from "./rows/api-rows.ts";
import { BUILD_ROWS } from "./rows/builds-rows.ts";
import { FORGE_ROWS } from "./rows/forge-rows.ts";
import { GITEA_ROWS } from "./rows/gitea-rows.ts";
import { GITHUB_ROWS } from "./rows/github-rows.ts";
import { GITLAB_ROWS } from "./rows/gitlab-rows.ts";
import { HISTORY_ROWS } from "./rows/history-rows.ts";
import { REGISTRY_ROWS } from "./rows/registry-rows.ts";
import { SERVER_ROWS } from "./rows/server-rows.ts";

/** Every setting there is. The key is its name in the configuration file; in the environment it is `env`. */
export const SETTING_ROWS = {
  ...GITHUB_ROWS,
  ...GITLAB_ROWS,
  ...GITEA_ROWS,
  ...FORGE_ROWS,
  ...SERVER_ROWS,
  ...API_ROWS,
  ...HISTORY_ROWS,
  ...REGISTRY_ROWS,
  ...BUILD_ROWS,
};
