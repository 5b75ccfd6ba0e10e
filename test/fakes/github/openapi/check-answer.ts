import { compileBodySchema } from "./compile-schema.ts";
import { type OpenApiOperation, resolveReference } from "./description.ts";

/** What in an answer does not fit the description of the operation that it answers. */
export function checkAnswer(operation: OpenApiOperation, status: number, body: unknown): string[] {
  const described = operation.responses[status];
  if (!described) return [`the description has no answer ${status}`];
  const { content } = resolveReference<{ content?: Record<string, { schema?: { $ref?: string } }> }>(
    described,
  );
  const schema = content?.["application/json"]?.schema;
  if (!schema) return body === undefined ? [] : [`the description has no body for ${status}`];
  const validate = compileBodySchema(`${operation.operationId} ${status}`, schema, "open");
  validate(body);
  return (validate.errors ?? []).map((error) => `${error.instancePath || "/"} ${error.message}`);
}
