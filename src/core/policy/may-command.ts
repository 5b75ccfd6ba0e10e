import type { Command } from "../chat-ops/command.ts";
import { COMMANDS } from "../chat-ops/command-table.ts";
import { formatCode } from "../format-code.ts";
import { isAtLeast, type Permission } from "../permission.ts";
import type { Policy } from "../policy.ts";

/** Whether an account with that permission may give the command. A string says why not, as a sentence of markdown. */
export function mayCommand(
  { permissions }: Pick<Policy, "permissions">,
  kind: Command["kind"],
  login: string,
  permission: Permission,
): true | string {
  const by = COMMANDS.find((row) => row.kind === kind)?.by ?? "commands";
  if (by === "everybody" || isAtLeast(permission, permissions[by])) return true;
  const has = permission === "none" ? "no permission" : `only \`${permission}\``;
  return `\`/${kind}\` needs the permission \`${permissions[by]}\` or more in this repository, and ${formatCode(login)} has ${has}`;
}
