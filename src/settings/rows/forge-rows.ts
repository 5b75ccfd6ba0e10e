import { z } from "zod";
import { ForgeEntries } from "../forge-entry.ts";
import type { SettingRow } from "./setting-row.ts";
import { ImagePrefix, parseJson } from "./setting-values.ts";

/** What several forges beside each other need. */
export const FORGE_ROWS = {
  forges: {
    env: "PUSHWRIGHT_FORGES",
    schema: z.preprocess(parseJson, ForgeEntries).prefault([]),
    about:
      "More GitLab and Gitea hosts, each with a name of its own: [docs/forges.md](docs/forges.md). In the environment as JSON.",
  },
  githubImagePrefix: {
    env: "PUSHWRIGHT_GITHUB_IMAGE_PREFIX",
    schema: ImagePrefix,
    about: "What images of GitHub's repositories go below, where several forges are served: `github`.",
  },
  gitlabImagePrefix: {
    env: "PUSHWRIGHT_GITLAB_IMAGE_PREFIX",
    schema: ImagePrefix,
    about: "The same for the GitLab at `PUSHWRIGHT_GITLAB_URL`.",
  },
  giteaImagePrefix: {
    env: "PUSHWRIGHT_GITEA_IMAGE_PREFIX",
    schema: ImagePrefix,
    about: "The same for the Gitea at `PUSHWRIGHT_GITEA_URL`.",
  },
} as const satisfies Record<string, SettingRow>;
