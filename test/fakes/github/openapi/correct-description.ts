import type { Description, OpenApiSchema } from "./description.ts";

type PullRequestSchema = { properties: { head: { properties: { repo: OpenApiSchema } } } };

/** Mends, in place, what GitHub's description says wrongly of GitHub. */
export function correctDescription(description: Description): void {
  const ok = description.paths["/app/installations"]?.get?.responses["200"];
  const content = ok && "content" in ok ? ok.content?.["application/json"] : undefined;
  // It writes here that an installation's account is a user and an enterprise at the same time (allOf, where the
  // component of that name has anyOf).
  if (content) content.schema = { type: "array", items: { $ref: "#/components/schemas/installation" } };
  // It says that a pull request's head always has a repository; GitHub gives null once that was deleted.
  for (const name of ["pull-request", "pull-request-simple"]) {
    const schema = description.components.schemas?.[name] as PullRequestSchema | undefined;
    if (!schema) throw new Error(`GitHub's description has no ${name}`);
    const { properties: head } = schema.properties.head;
    head.repo = { nullable: true, allOf: [head.repo] };
  }
}
