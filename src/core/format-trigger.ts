import type { BuildRequest } from "./build.ts";
import { formatCode } from "./format-code.ts";

/** Who made somebody want the build and how, and the rule that matched, as one line of markdown. */
export function formatTrigger({ trigger, approval }: BuildRequest): string {
  const approved = typeof approval === "object" ? `; approved by ${formatCode(approval.by)}` : "";
  return `${formatCode(trigger.by)} ${deedOf(trigger.kind)}: ${trigger.rule}${approved}`;
}

function deedOf(kind: BuildRequest["trigger"]["kind"]): string {
  switch (kind) {
    case "push":
      return "pushed the commit";
    case "tag":
      return "pushed the Git tag";
    case "pull-request":
      return "brought it into a pull request";
    case "comment":
      return "asked in a comment";
    case "check-action":
      return "pressed a button";
  }
}
