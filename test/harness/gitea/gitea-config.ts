import { randomBytes } from "node:crypto";
import { userInfo } from "node:os";
import { join } from "node:path";

export type GiteaPlace = { folder: string; staticRoot: string; port: number };

/** https://docs.gitea.com/administration/config-cheat-sheet: as the product's own defaults but for where it is. */
export function formatGiteaConfig({ folder, staticRoot, port }: GiteaPlace): string {
  const random = () => randomBytes(32).toString("hex");
  const sections: Record<string, Record<string, string | number | boolean>> = {
    "": {
      RUN_USER: userInfo().username,
      WORK_PATH: folder,
      RUN_MODE: "prod",
      I_AM_BEING_UNSAFE_RUNNING_AS_ROOT: true,
    },
    server: {
      ...{ HTTP_ADDR: "127.0.0.1", HTTP_PORT: port, ROOT_URL: `http://127.0.0.1:${port}/` },
      ...{ STATIC_ROOT_PATH: staticRoot, APP_DATA_PATH: join(folder, "data") },
      ...{ DISABLE_SSH: true, OFFLINE_MODE: true, LFS_START_SERVER: false },
    },
    database: { DB_TYPE: "sqlite3", PATH: join(folder, "gitea.db"), SQLITE_JOURNAL_MODE: "WAL" },
    repository: { ROOT: join(folder, "repositories"), DEFAULT_BRANCH: "main", DEFAULT_PRIVATE: "private" },
    // Each push signs in anew: a slow hash would be most of what the tests wait for.
    security: {
      ...{ INSTALL_LOCK: true, PASSWORD_HASH_ALGO: "pbkdf2$1000$50" },
      ...{ SECRET_KEY: random(), INTERNAL_TOKEN: random() },
    },
    oauth2: { ENABLED: false },
    webhook: { ALLOWED_HOST_LIST: "*" },
    queue: { TYPE: "channel" },
    indexer: { ISSUE_INDEXER_TYPE: "db" },
    actions: { ENABLED: false },
    "cron.update_checker": { ENABLED: false },
    log: { MODE: "console", LEVEL: "Warn" },
  };
  return Object.entries(sections)
    .map(([name, values]) => {
      const lines = Object.entries(values).map(([key, value]) => `${key} = ${value}`);
      return [...(name === "" ? [] : [`[${name}]`]), ...lines].join("\n");
    })
    .join("\n\n");
}
