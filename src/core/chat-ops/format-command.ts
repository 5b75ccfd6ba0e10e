import type { Command } from "./command.ts";

/** The line that asks for the command. */
export function formatCommand(command: Command): string {
  return [`/${command.kind}`, ...argumentsOf(command)].join(" ");
}

function argumentsOf(command: Command): string[] {
  switch (command.kind) {
    case "promote":
      return [command.imageTag];
    case "ok-to-build":
      return command.commit === undefined ? [] : [command.commit];
    case "status":
    case "help":
      return [];
    case "rebuild":
      return [...imageOf(command), ...(command.noCache ? ["--no-cache"] : [])];
    default:
      return imageOf(command);
  }
}

function imageOf({ image }: { image?: string }): string[] {
  return image === undefined ? [] : [image];
}
