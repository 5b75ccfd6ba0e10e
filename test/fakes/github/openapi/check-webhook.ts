import { compileBodySchema } from "./compile-schema.ts";
import { githubDescription } from "./description.ts";

/** What in a webhook's payload does not fit GitHub's description of that event. */
export function checkWebhook(event: string, payload: Record<string, unknown>): string[] {
  const action = typeof payload.action === "string" ? `-${payload.action}` : "";
  const name = `${event}${action}`.replaceAll("_", "-");
  const schema =
    githubDescription()["x-webhooks"][name]?.post.requestBody?.content["application/json"]?.schema;
  if (!schema) return [`the description has no webhook ${name}`];
  const validate = compileBodySchema(`webhook ${name}`, schema, "open");
  validate(payload);
  return (validate.errors ?? []).map((error) => `${error.instancePath || "/"} ${error.message}`);
}
