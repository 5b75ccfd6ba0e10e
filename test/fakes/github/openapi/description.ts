import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { correctDescription } from "./correct-description.ts";

/** A schema as OpenAPI 3.0 writes it. */
export type OpenApiSchema = { [keyword: string]: unknown; $ref?: string };

export type OpenApiParameter = {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  schema: OpenApiSchema;
  "x-multi-segment"?: boolean;
};

type Content = { [mediaType: string]: { schema?: OpenApiSchema } };

export type OpenApiOperation = {
  operationId: string;
  externalDocs?: { url: string };
  parameters?: (OpenApiParameter | { $ref: string })[];
  requestBody?: { required?: boolean; content: Content };
  responses: { [status: string]: { content?: Content } | { $ref: string } };
};

export type Description = {
  paths: { [template: string]: { [method: string]: OpenApiOperation } };
  "x-webhooks": { [name: string]: { post: OpenApiOperation } };
  components: { [kind: string]: { [name: string]: unknown } };
};

let description: Description | undefined;

/**
 * GitHub's own description of its REST API and webhooks.
 * Read at first use: parsing its 13 MB takes about 60 ms, the dereferenced edition (73 MB) takes about a second.
 */
export function githubDescription(): Description {
  if (!description) {
    const file = createRequire(import.meta.url).resolve("@octokit/openapi/generated/api.github.com.json");
    description = JSON.parse(readFileSync(file, "utf8")) as Description;
    correctDescription(description);
  }
  return description;
}

/** Follows `#/components/<kind>/<name>`, or gives back what is no reference. */
export function resolveReference<T>(value: T | { $ref: string }): T {
  if (typeof value !== "object" || value === null || !("$ref" in value)) return value as T;
  const [kind = "", name = ""] = value.$ref.replace("#/components/", "").split("/");
  const target = githubDescription().components[kind]?.[name];
  if (target === undefined) throw new Error(`GitHub's description has no ${value.$ref}`);
  return resolveReference(target as T);
}
