import type { CommentEvent } from "../../core/forge-event.ts";
import type { Permission } from "../../core/permission.ts";
import type { BuildPorts } from "../build-ports.ts";
import type { Occurrence } from "../occurrence.ts";
import type { Target } from "./target.ts";

/** What a command of a comment is carried out with. */
export type CommandContext = {
  ports: BuildPorts;
  event: CommentEvent;
  occurrence: Occurrence;
  /** What the comment's author may do. */
  permission: Permission;
  /** The forge is asked for it once, by the first command that wants to know. */
  target: () => Promise<Target>;
};
