import type { OpenApiSchema } from "./description.ts";

/**
 * `strict` forbids properties that the description does not name (for what the bot sends: GitHub would drop them
 * silently); `open` allows them (for what GitHub sends).
 */
export type Strictness = "strict" | "open";

const COMBINATORS = ["anyOf", "oneOf", "allOf"];
const KEPT_AS_THEY_ARE = [
  ...["type", "enum", "required", "format", "pattern", "minLength", "maxLength", "minItems", "maxItems"],
  ...["minimum", "maximum", "uniqueItems", "minProperties", "maxProperties"],
];

/** The identity under which the validator knows a component of the description. */
export function componentId(name: string, strictness: Strictness): string {
  return `component://${strictness}/${name}`;
}

/** Turns an OpenAPI 3.0 schema into the JSON Schema (2019-09) that means the same. */
export function toJsonSchema(schema: OpenApiSchema, strictness: Strictness, isBranch = false): OpenApiSchema {
  const converted = convertKeywords(schema, strictness);
  if (strictness === "strict") forbidUnknownProperties(schema, converted, isBranch);
  return schema.nullable === true ? { anyOf: [converted, { type: "null" }] } : converted;
}

function convertKeywords(schema: OpenApiSchema, strictness: Strictness): OpenApiSchema {
  if (schema.$ref) return { $ref: componentId(schema.$ref.replace("#/components/schemas/", ""), strictness) };
  const converted: OpenApiSchema = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (KEPT_AS_THEY_ARE.includes(keyword)) converted[keyword] = value;
    else if (COMBINATORS.includes(keyword)) {
      converted[keyword] = (value as OpenApiSchema[]).map((branch) => toJsonSchema(branch, strictness, true));
    } else if (keyword === "properties") {
      const properties = Object.entries(value as Record<string, OpenApiSchema>);
      converted[keyword] = Object.fromEntries(
        properties.map(([name, property]) => [name, toJsonSchema(property, strictness)]),
      );
    } else if (["items", "additionalProperties", "not"].includes(keyword)) {
      const isSchema = typeof value === "object" && value !== null;
      converted[keyword] = isSchema ? toJsonSchema(value as OpenApiSchema, strictness) : value;
    }
  }
  return converted;
}

function forbidUnknownProperties(schema: OpenApiSchema, converted: OpenApiSchema, isBranch: boolean): void {
  // The description writes `additionalProperties: true` in the branches of an anyOf that only tells which of the
  // properties go together; taken at its word there, it would let every property pass.
  if (isBranch && schema.additionalProperties === true) delete converted.additionalProperties;
  const isObject = "properties" in schema || COMBINATORS.some((combinator) => combinator in schema);
  if (!isBranch && isObject && schema.additionalProperties === undefined) {
    converted.unevaluatedProperties = false;
  }
}
