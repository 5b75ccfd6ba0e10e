import { z } from "zod";

/** A webhook as GitLab describes it: https://docs.gitlab.com/api/project_webhooks/ */
export const Hook = z.object({
  id: z.number(),
  url: z.string(),
  push_events: z.boolean(),
  push_events_branch_filter: z.string().nullish(),
  tag_push_events: z.boolean(),
  merge_requests_events: z.boolean(),
  note_events: z.boolean(),
  enable_ssl_verification: z.boolean(),
  // Not in older versions.
  alert_status: z.string().nullish(),
  disabled_until: z.string().nullish(),
});
export type Hook = z.infer<typeof Hook>;

const EVENTS = {
  push_events: "Push events",
  tag_push_events: "Tag push events",
  merge_requests_events: "Merge request events",
  note_events: "Comments",
} as const satisfies Partial<Record<keyof Hook, string>>;

/** What keeps the webhook from telling the bot all that it has to know, each as a sentence that says what to do. */
export function findHookFaults(hook: Hook): string[] {
  const missing = Object.entries(EVENTS).filter(([event]) => hook[event as keyof typeof EVENTS] === false);
  const { push_events_branch_filter: filter, enable_ssl_verification: isVerified } = hook;
  return [
    ...disabledFaults(hook),
    ...(missing.length === 0
      ? []
      : [`It does not send ${missing.map(([, name]) => `“${name}”`).join(", ")}: choose them too.`]),
    ...(filter ? [`It sends pushes of the branches ${filter} only: choose all branches.`] : []),
    ...(isVerified || !hook.url.startsWith("https:")
      ? []
      : ["GitLab does not verify the bot's certificate, and so may tell its secret to others: let it."]),
  ];
}

/** https://docs.gitlab.com/user/project/integrations/webhooks/#auto-disabled-webhooks */
function disabledFaults({ alert_status: status, disabled_until: until }: Hook): string[] {
  if (!status || status === "executable") return [];
  const then =
    status === "temporarily_disabled" && until
      ? `GitLab tries it again after ${until}`
      : "GitLab does not try it again by itself";
  return [
    `GitLab has disabled it (${status}), because the bot did not answer or refused: ${then}. Look at “Recent events” of the webhook for the reason, and send a test to enable it.`,
  ];
}
