import { z } from "zod";

/** A webhook as Gitea describes it: https://docs.gitea.com/api/1.24/#tag/repository/operation/repoListHooks */
export const Hook = z.object({
  id: z.number(),
  active: z.boolean(),
  events: z.array(z.string()),
  branch_filter: z.string().nullish(),
  config: z.object({ url: z.string().optional(), content_type: z.string().optional() }),
});
export type Hook = z.infer<typeof Hook>;

/** By the names of Gitea's own page; comments on pull requests come under either name, by the version. */
const EVENTS: Record<string, string[]> = {
  Push: ["push", "push_only"],
  "Pull request": ["pull_request", "pull_request_only"],
  "Pull request synchronized": ["pull_request_sync"],
  "Pull request comment": ["pull_request_comment", "issue_comment"],
};

/** What keeps the webhook from telling the bot all that it has to know, each as a sentence that says what to do. */
export function findHookFaults({ active, events, branch_filter: filter, config }: Hook): string[] {
  const missing = Object.entries(EVENTS).filter(([, names]) => !names.some((name) => events.includes(name)));
  return [
    ...(active ? [] : ["It is not active: tick “Active”."]),
    ...(missing.length === 0
      ? []
      : [`It does not send ${missing.map(([name]) => `“${name}”`).join(", ")}: choose them too.`]),
    ...(filter && filter !== "*"
      ? [`It sends pushes of the branches ${filter} only: set the filter to *.`]
      : []),
    ...(config.content_type === "form"
      ? ["Its content type is not application/json, and so the bot refuses what it sends: set it."]
      : []),
  ];
}
