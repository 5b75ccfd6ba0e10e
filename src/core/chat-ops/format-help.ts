import { formatTable } from "../format-table.ts";
import type { Permission } from "../permission.ts";
import { COMMANDS, formatUsage } from "./command-table.ts";

/** The commands as markdown. Without `permissions`, who may is told in the words of the operator's policy. */
export function formatHelp(permissions?: { commands: Permission; approve: Permission }): string {
  const whoMay = (by: (typeof COMMANDS)[number]["by"]): string => {
    if (by === "everybody") return "everybody";
    return permissions ? `\`${permissions[by]}\` or more` : `\`permissions.${by}\` or more`;
  };
  const rows = COMMANDS.map((row) => [`\`${formatUsage(row)}\``, row.about, whoMay(row.by)]);
  return formatTable(["Command", "What it does", "Who may"], rows);
}
