import { z } from "zod";
import { CommitSha, isZeroSha } from "../../core/commit-sha.ts";
import type { ParsedPayload } from "../../core/forge-event.ts";
import type { Repository } from "../../core/repository.ts";

const BRANCH_PREFIX = "refs/heads/";
const TAG_PREFIX = "refs/tags/";

/** The fields of GitHub's push payload that are used: https://docs.github.com/en/webhooks/webhook-events-and-payloads#push */
const PushPayload = z.object({
  ref: z.string(),
  after: z.string(),
  deleted: z.boolean().default(false),
  // For an annotated tag `after` is the tag object; only `head_commit` names the commit.
  head_commit: z.object({ id: CommitSha }).nullish(),
  repository: z.object({
    name: z.string().min(1),
    html_url: z.url(),
    owner: z.object({ login: z.string().min(1) }),
  }),
  installation: z.object({ id: z.number() }).optional(),
  sender: z.object({ login: z.string() }).nullish(),
});
type PushPayload = z.infer<typeof PushPayload>;

/** Turns a GitHub payload, whose signature has been verified, into an event. Never throws. */
export function parseGitHubEvent(name: string, deliveryId: string, payload: unknown): ParsedPayload {
  if (name !== "push") return { ignored: `the event ${name} starts no build` };
  const parsed = PushPayload.safeParse(payload);
  if (!parsed.success) return { ignored: `the push payload is unreadable: ${z.prettifyError(parsed.error)}` };
  return parsePush(deliveryId, parsed.data);
}

function parsePush(deliveryId: string, payload: PushPayload): ParsedPayload {
  const { ref, head_commit: headCommit, installation } = payload;
  if (payload.deleted || isZeroSha(payload.after)) return { ignored: `${ref} was deleted` };
  if (!headCommit) return { ignored: `${ref} names no commit` };
  if (!installation)
    return { ignored: "the payload names no installation: the webhook is not a GitHub App's" };

  const base = {
    deliveryId,
    repository: parseRepository(payload.repository, String(installation.id)),
    commit: headCommit.id,
    sender: payload.sender?.login ?? "unknown",
  };
  if (ref.startsWith(BRANCH_PREFIX))
    return { event: { ...base, kind: "push", branch: ref.slice(BRANCH_PREFIX.length) } };
  if (ref.startsWith(TAG_PREFIX))
    return { event: { ...base, kind: "tag", gitTag: ref.slice(TAG_PREFIX.length) } };
  return { ignored: `${ref} is neither a branch nor a tag` };
}

function parseRepository(repository: PushPayload["repository"], access: string): Repository {
  const { name, owner, html_url: url } = repository;
  return { forge: "github", host: new URL(url).host, owner: owner.login, name, url, access };
}
