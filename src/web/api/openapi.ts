import { z } from "zod";
import { ApiError, BuildView, IdempotencyKey, SubmitQuery } from "./schemas.ts";
import { API_BUILDS } from "./view-upload.ts";

/** Describes the API, from the schemas that it reads and answers by: https://spec.openapis.org/oas/v3.1.0 */
export function openApiDocument() {
  return {
    openapi: "3.1.0",
    info: {
      title: "Pushwright",
      version: "1",
      description: "Builds images of build contexts that are sent to it, in the operator's cluster.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    security: [{ token: [] }],
    paths: {
      [API_BUILDS]: {
        post: {
          operationId: "submitBuild",
          summary: "Sends a build context and queues its build",
          parameters: [
            ...queryParameters(),
            { ...header("Idempotency-Key", IdempotencyKey), required: false },
          ],
          requestBody: {
            required: true,
            description: "A gzip-compressed tar of the build context, whatever type it is said to be.",
            content: { "application/gzip": {} },
          },
          responses: {
            202: {
              ...json("The build is queued, and outlives the server.", "Build"),
              headers: { Location: { schema: { type: "string" } } },
            },
            ...errors({
              400: "A parameter or the upload is wrong.",
              403: "The token may not write that image.",
              409: "The Idempotency-Key was used for another build.",
              413: "The upload is too large.",
              415: "The body is not the upload itself.",
              422: "The upload cannot be built.",
              507: "There is no room for the upload now.",
            }),
          },
        },
      },
      [`${API_BUILDS}/{id}`]: {
        parameters: [id()],
        get: {
          operationId: "getBuild",
          summary: "How a build stands",
          responses: { 200: json("The build.", "Build"), ...errors({ 404: "There is no such build." }) },
        },
        delete: {
          operationId: "cancelBuild",
          summary: "Ends a build",
          responses: {
            202: json("It is going to end, or has been cancelled.", "Build"),
            ...errors({ 404: "There is no such build.", 409: "It has ended already." }),
          },
        },
      },
      [`${API_BUILDS}/{id}/log`]: {
        parameters: [id()],
        get: {
          operationId: "getBuildLog",
          summary: "The end of a build's log, as far as it is known",
          responses: {
            200: { description: "One line each.", content: { "text/plain": { schema: { type: "string" } } } },
            ...errors({ 404: "There is no such build." }),
          },
        },
      },
    },
    components: {
      securitySchemes: { token: { type: "http", scheme: "bearer", description: "PUSHWRIGHT_API_TOKEN" } },
      schemas: { Build: schemaOf(BuildView), Error: schemaOf(ApiError) },
    },
  };
}

function queryParameters() {
  return Object.entries(SubmitQuery.shape).map(([name, schema]) => {
    const { description, ...own } = schemaOf(schema);
    const required = name === "image";
    return { name, in: "query", required, ...(description ? { description } : {}), schema: own };
  });
}

function header(name: string, schema: z.ZodType) {
  const { description, ...own } = schemaOf(schema);
  return { name, in: "header", ...(description ? { description } : {}), schema: own };
}

function id() {
  return { name: "id", in: "path", required: true, schema: { type: "string" } };
}

function json(description: string, schema: "Build" | "Error") {
  const content = { "application/json": { schema: { $ref: `#/components/schemas/${schema}` } } };
  return { description, content };
}

/** Everything may be asked for without a token, and where the API is off. */
function errors(described: Record<number, string>) {
  const all = {
    401: "The token is missing or wrong.",
    404: "The API is off.",
    500: "Something broke here.",
    ...described,
  };
  return Object.fromEntries(Object.entries(all).map(([status, text]) => [status, json(text, "Error")]));
}

function schemaOf(schema: z.ZodType) {
  const { $schema: _, ...own } = z.toJSONSchema(schema, { io: "output" });
  return own;
}
