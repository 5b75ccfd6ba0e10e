import { z } from "zod";
import type { Actor } from "../../../core/forge-event.ts";
import { createEventParser } from "../../common/event-parser.ts";

/** What is needed to read a payload and not in it. */
export type Delivery = {
  id: string;
  /** Of the GitLab that the webhook's secret is for: nobody else's word counts for which GitLab a project is on. */
  host: string;
};

const User = z.object({ username: z.string().min(1) });

/** What every payload about a project carries, as far as it is used: https://docs.gitlab.com/user/project/integrations/webhook_events/ */
const EventFrame = z.object({
  project: z.object({
    id: z.int().positive(),
    path_with_namespace: z.string().regex(/^[^/]+(?:\/[^/]+)+$/, "expected group/project"),
    web_url: z.url({ protocol: /^https?$/ }),
    // Nothing while the project has no branch, only tags.
    default_branch: z
      .string()
      .nullish()
      .transform((branch) => branch || "main"),
  }),
  user: User.nullish(),
  // Pushes name their user so.
  user_username: z.string().nullish(),
});

export const eventParser = createEventParser({
  schema: EventFrame,
  parse({ project, user, user_username }, delivery: Delivery) {
    const path = project.path_with_namespace;
    const slash = path.lastIndexOf("/");
    return {
      deliveryId: delivery.id,
      repository: {
        ...{ forge: "gitlab", host: delivery.host },
        ...{ owner: path.slice(0, slash), name: path.slice(slash + 1) },
        ...{ url: project.web_url, access: String(project.id) },
      },
      defaultBranch: project.default_branch,
      sender: parseActor(user?.username ?? user_username),
    };
  },
});

/** GitLab's own stand-in for accounts that are no more: https://docs.gitlab.com/user/profile/account/delete_account/ */
const NOBODY = "ghost";

/** Accounts that access tokens act as: https://docs.gitlab.com/user/project/settings/project_access_tokens/#bot-users-for-projects */
const BOT = /^(?:project|group)_\d+_bot|^service_account_/;

function parseActor(username: string | null | undefined): Actor {
  const login = username || NOBODY;
  return { login, isBot: BOT.test(login) };
}
