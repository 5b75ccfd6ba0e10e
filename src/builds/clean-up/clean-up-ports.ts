import type { ImageUses } from "../../builders/image-uses.ts";
import type { CleanUpPolicy } from "../../core/policy.ts";
import type { History } from "../../history/history.ts";
import type { ImageShelf } from "../../registry/image-shelf.ts";
import type { SweepPorts } from "./sweep.ts";

export type CleanUpPorts = SweepPorts & {
  history: Pick<History, "list" | "get" | "change">;
  shelf: ImageShelf;
  uses: ImageUses;
  policy: CleanUpPolicy;
};
