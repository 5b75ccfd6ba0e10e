import { z } from "zod";
import type { Actor } from "../../../core/forge-event.ts";
import type { Repository } from "../../../core/repository.ts";
import { createEventParser } from "../../common/event-parser.ts";

/** What is needed to read a payload and not in it. `host` is that of the Gitea whose secret the delivery is signed with. */
export type Delivery = { id: string; host: string };

export const Account = z.object({ id: z.int().optional(), login: z.string().min(1) });

/**
 * What every payload about a repository carries, as far as it is used:
 * https://github.com/go-gitea/gitea/blob/v1.24.6/modules/structs/hook.go
 */
const EventFrame = z.object({
  repository: z.object({
    name: z.string().min(1),
    html_url: z.url({ protocol: /^https?$/ }),
    default_branch: z.string().min(1),
    owner: z.object({ login: z.string().min(1) }),
  }),
  sender: Account,
});
type EventFrame = z.infer<typeof EventFrame>;

/** A parser of one kind of Gitea's events. */
export const eventParser = createEventParser({
  schema: EventFrame,
  parse: ({ repository, sender }, { id, host }: Delivery) => ({
    deliveryId: id,
    repository: parseRepository(repository, host),
    defaultBranch: repository.default_branch,
    sender: parseActor(sender),
  }),
});

/** The host is not read from the payload: whoever can sign for one Gitea cannot speak for another. */
function parseRepository({ name, owner, html_url: url }: EventFrame["repository"], host: string): Repository {
  return { forge: "gitea", host, owner: owner.login, name, url, access: "token" };
}

/**
 * Gitea does not tell which accounts are programs', but for its own (Ghost, Gitea Actions), whose ids are negative:
 * https://github.com/go-gitea/gitea/blob/v1.24.6/models/user/user_system.go
 */
function parseActor({ id = 0, login }: z.infer<typeof Account>): Actor {
  return { login, isBot: id < 0 };
}
