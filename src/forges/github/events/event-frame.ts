import { z } from "zod";
import type { Actor } from "../../../core/forge-event.ts";
import type { Repository } from "../../../core/repository.ts";
import { createEventParser } from "../../common/event-parser.ts";
import { formatAccess } from "../access.ts";

/** What is needed to read a payload and not in it. */
export type Delivery = { id: string; appId: number };

/** GitHub's own stand-in for accounts that are no more: https://github.com/ghost */
const NOBODY = { login: "ghost", type: "User" };

export const Account = z.object({ login: z.string().min(1), type: z.string().optional() });

/**
 * What every payload about a repository carries, as far as it is used:
 * https://docs.github.com/en/webhooks/webhook-events-and-payloads#webhook-payload-object-common-properties
 */
const EventFrame = z.object({
  repository: z.object({
    id: z.number(),
    name: z.string().min(1),
    html_url: z.url({ protocol: /^https?$/ }),
    default_branch: z.string().min(1),
    owner: z.object({ login: z.string().min(1) }),
  }),
  installation: z.object({ id: z.number() }).nullish(),
  sender: Account.nullish(),
});
type EventFrame = z.infer<typeof EventFrame>;

/** A parser of one kind of GitHub's events. */
export const eventParser = createEventParser({
  schema: EventFrame,
  parse({ repository, installation, sender }, { id }: Delivery) {
    if (!installation)
      return { ignored: "the payload names no installation: the webhook is not a GitHub App's" };
    return {
      deliveryId: id,
      repository: parseRepository(repository, installation.id),
      defaultBranch: repository.default_branch,
      sender: parseActor(sender ?? NOBODY),
    };
  },
});

function parseRepository(repository: EventFrame["repository"], installationId: number): Repository {
  const { id: repositoryId, name, owner, html_url: url } = repository;
  const access = formatAccess({ installationId, repositoryId });
  return { forge: "github", host: new URL(url).host, owner: owner.login, name, url, access };
}

function parseActor({ login, type }: z.infer<typeof Account>): Actor {
  return { login, isBot: type === "Bot" };
}
