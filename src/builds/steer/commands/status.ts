import { formatStatus } from "../../../core/format-status.ts";
import type { Answer } from "../answer.ts";
import type { CommandContext } from "../command-context.ts";

/** `/status`: how the commit's images stand at this moment. */
export async function answerStatus({ ports, target }: CommandContext): Promise<Answer> {
  return { said: formatStatus((await target()).builds, ports.linkTo) };
}
