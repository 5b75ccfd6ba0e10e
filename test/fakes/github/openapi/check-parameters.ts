import { ApiError } from "../http/api-error.ts";
import { compileParameterSchema } from "./compile-schema.ts";
import { describeError, isUnknownProperty } from "./describe-error.ts";
import type { OpenApiParameter } from "./description.ts";
import type { FoundOperation } from "./find-operation.ts";

export type ParameterValues = Record<string, string | number | boolean>;

export type CheckedParameters = {
  path: ParameterValues;
  query: ParameterValues;
  faults: string[];
  refusal?: ApiError;
};

// https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api
const LARGEST_PAGE = 100;

/** Holds the parameters in the path and the query against the description and gives them their types. */
export function checkParameters(found: FoundOperation, search: URLSearchParams): CheckedParameters {
  const path: ParameterValues = { ...found.pathParameters };
  const query: ParameterValues = Object.fromEntries(search);
  const pathErrors = check(found, "path", path);
  const queryErrors = check(found, "query", query);
  const invalid = queryErrors.filter((error) => !isUnknownProperty(error));
  const faults = [...pathErrors, ...queryErrors].map((error) => `parameter: ${describeError(error, query)}`);
  if (Number(query.per_page) > LARGEST_PAGE) faults.push(`parameter: per_page is at most ${LARGEST_PAGE}`);
  // What cannot be an id is no id of anything: GitHub's router answers 404, not 422.
  if (pathErrors.length > 0) return { path, query, faults, refusal: new ApiError(404, "Not Found") };
  if (invalid.length === 0) return { path, query, faults };
  const messages = invalid.map((error) => describeError(error, query));
  return { path, query, faults, refusal: new ApiError(422, `Invalid request.\n\n${messages.join("\n")}`) };
}

function check(found: FoundOperation, place: OpenApiParameter["in"], values: ParameterValues) {
  const parameters = found.parameters.filter((parameter) => parameter.in === place);
  const validate = compileParameterSchema(`${found.operation.operationId} ${place}`, {
    type: "object",
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  });
  validate(values);
  return validate.errors ?? [];
}
