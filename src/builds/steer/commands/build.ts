import { formatAsked } from "../../../core/format-asked.ts";
import type { Answer } from "../answer.ts";
import { askAgain, type Wish } from "../ask-again.ts";
import type { CommandContext } from "../command-context.ts";

/** `/build` and `/rebuild`. */
export async function answerBuild(
  { ports, event, occurrence, target }: CommandContext,
  { image, ...wish }: Omit<Wish, "images"> & { image: string | undefined },
): Promise<Answer> {
  const { repository, defaultBranch, sender, deliveryId } = event;
  const asker = {
    repository,
    defaultBranch,
    trigger: { kind: "comment", by: sender.login, deliveryId } as const,
  };
  const asked = await askAgain(
    ports,
    asker,
    await target(),
    { ...wish, images: image === undefined ? "all" : [image] },
    occurrence,
  );
  if (typeof asked === "string") return { said: `Nothing is built: ${asked}.`, isRefused: true };
  const builds = asked.map((one) => ("build" in one ? one.build.request.id : one.request.id));
  return { said: formatAsked(asked), builds };
}
