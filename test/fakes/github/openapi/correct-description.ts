import type { Description } from "./description.ts";

/** Mends, in place, what GitHub's description says wrongly of GitHub. */
export function correctDescription(description: Description): void {
  const ok = description.paths["/app/installations"]?.get?.responses["200"];
  const content = ok && "content" in ok ? ok.content?.["application/json"] : undefined;
  // It writes here that an installation's account is a user and an enterprise at the same time (allOf, where the
  // component of that name has anyOf).
  if (content) content.schema = { type: "array", items: { $ref: "#/components/schemas/installation" } };
}
