import { z } from "zod";
import type { Actor, ForgeEvent } from "../../../core/forge-event.ts";
import type { Repository } from "../../../core/repository.ts";

/** GitHub's own stand-in for accounts that are no more: https://github.com/ghost */
const NOBODY = { login: "ghost", type: "User" };

export const Account = z.object({ login: z.string().min(1), type: z.string().optional() });

/**
 * What every payload about a repository carries, as far as it is used:
 * https://docs.github.com/en/webhooks/webhook-events-and-payloads#webhook-payload-object-common-properties
 */
export const EventFrame = z.object({
  repository: z.object({
    name: z.string().min(1),
    html_url: z.url({ protocol: /^https?$/ }),
    default_branch: z.string().min(1),
    owner: z.object({ login: z.string().min(1) }),
  }),
  installation: z.object({ id: z.number() }).nullish(),
  sender: Account.nullish(),
});
export type EventFrame = z.infer<typeof EventFrame>;

export type FramedEvent = Pick<ForgeEvent, "deliveryId" | "repository" | "defaultBranch" | "sender">;

/** What all events have in common; undefined when the webhook is not an installation's. */
export function parseFrame(frame: EventFrame, deliveryId: string): FramedEvent | undefined {
  const { repository, installation, sender } = frame;
  if (!installation) return undefined;
  return {
    deliveryId,
    repository: parseRepository(repository, String(installation.id)),
    defaultBranch: repository.default_branch,
    sender: parseActor(sender ?? NOBODY),
  };
}

function parseRepository(repository: EventFrame["repository"], access: string): Repository {
  const { name, owner, html_url: url } = repository;
  return { forge: "github", host: new URL(url).host, owner: owner.login, name, url, access };
}

function parseActor({ login, type }: z.infer<typeof Account>): Actor {
  return { login, isBot: type === "Bot" };
}
