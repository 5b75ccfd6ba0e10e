import { ApiError } from "../http/api-error.ts";
import type { RepositoryCall } from "./route.ts";

const LONGEST_BODY = 65_536;

/** The text that a request wants a comment to have; refused (422) as GitHub refuses it. */
export function requireText(call: RepositoryCall, resource: string): string {
  const { body } = call.body as { body: string };
  const refuse = (message: string) =>
    new ApiError(422, "Validation Failed", {
      errors: [{ resource, code: "unprocessable", field: "data", message }],
    });
  if (body.trim() === "") throw refuse("Body cannot be blank");
  if (body.length > LONGEST_BODY) throw refuse(`Body is too long (maximum is ${LONGEST_BODY} characters)`);
  return body;
}
