import { ApiError } from "../http/api-error.ts";
import { compileBodySchema } from "./compile-schema.ts";
import { describeError, isUnknownProperty } from "./describe-error.ts";
import type { OpenApiOperation } from "./description.ts";

export type CheckedBody = { body: unknown; unknownProperties: string[]; refusal?: ApiError };

/** Reads a request's JSON and holds it against what the description says the operation takes. */
export function checkBody(operation: OpenApiOperation, text: string): CheckedBody {
  const schema = operation.requestBody?.content["application/json"]?.schema;
  if (text === "") {
    const isMissing = operation.requestBody?.required === true;
    const refusal = new ApiError(400, "Body should be a JSON object");
    return { body: {}, unknownProperties: [], ...(isMissing && { refusal }) };
  }
  const body = parseJson(text);
  if (body instanceof ApiError) return { body: {}, unknownProperties: [], refusal: body };
  if (!schema) {
    const isEmpty = Object.keys(body as object).length === 0;
    return { body, unknownProperties: isEmpty ? [] : [`${operation.operationId} takes no body`] };
  }
  const validate = compileBodySchema(operation.operationId, schema, "strict");
  validate(body);
  const errors = validate.errors ?? [];
  const isMatched = !errors.some((error) => error.keyword === "anyOf" || error.keyword === "oneOf");
  const unknown = errors.filter(isUnknownProperty);
  const invalid = errors.filter((error) => !isUnknownProperty(error));
  const messages = [...new Set(invalid.map((error) => describeError(error, body)))];
  const refusal = new ApiError(422, `Invalid request.\n\n${messages.join("\n")}`);
  return {
    body,
    // When no alternative fits, none of its properties count as known: that says nothing about them.
    unknownProperties: isMatched ? unknown.map((error) => describeError(error, body)) : [],
    ...(invalid.length > 0 && { refusal }),
  };
}

function parseJson(text: string): unknown {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null
      ? body
      : new ApiError(400, "Body should be a JSON object");
  } catch {
    return new ApiError(400, "Problems parsing JSON");
  }
}
