import type { Logger } from "pino";
import type { ImageUses } from "../../builders/image-uses.ts";
import type { CleanUpPolicy } from "../../core/policy.ts";
import type { History } from "../../history/history.ts";
import type { ImageShelf } from "../../registry/image-shelf.ts";

export type CleanUpPorts = {
  history: Pick<History, "list" | "get" | "change">;
  shelf: ImageShelf;
  uses: ImageUses;
  policy: CleanUpPolicy;
  now: () => number;
  log: Logger;
};
