import { Ajv2019, type ValidateFunction } from "ajv/dist/2019.js";
import formats from "ajv-formats";
import { githubDescription, type OpenApiSchema } from "./description.ts";
import { componentId, type Strictness, toJsonSchema } from "./json-schema.ts";

const options = {
  strict: false,
  allErrors: true,
  validateSchema: false,
  unicodeRegExp: false,
  logger: false,
  // `git-refs`-like formats of the description that nobody defines must not make it refuse to compile.
  validateFormats: true,
} as const;

const bodies = formats.default(new Ajv2019(options));
const parameters = formats.default(new Ajv2019({ ...options, coerceTypes: true }));
const compiled = new Map<string, ValidateFunction>();
const knownComponents = new Set<string>();

/** Compiles a schema of the description once; only the components that it needs are looked at. */
export function compileBodySchema(
  key: string,
  schema: OpenApiSchema,
  strictness: Strictness,
): ValidateFunction {
  return cached(`${strictness} ${key}`, () => {
    const converted = toJsonSchema(schema, strictness);
    addComponents(converted, strictness);
    return bodies.compile(converted);
  });
}

/** As `compileBodySchema`, for values that came as text in the path or the query. */
export function compileParameterSchema(key: string, schema: OpenApiSchema): ValidateFunction {
  return cached(`parameters ${key}`, () => parameters.compile(schema));
}

function cached(key: string, compile: () => ValidateFunction): ValidateFunction {
  const validate = compiled.get(key) ?? compile();
  compiled.set(key, validate);
  return validate;
}

function addComponents(schema: unknown, strictness: Strictness): void {
  if (typeof schema !== "object" || schema === null) return;
  for (const value of Object.values(schema)) addComponents(value, strictness);
  const reference = (schema as OpenApiSchema).$ref;
  if (typeof reference !== "string" || knownComponents.has(reference)) return;
  knownComponents.add(reference);
  const name = reference.replace(componentId("", strictness), "");
  const component = githubDescription().components.schemas?.[name] as OpenApiSchema;
  const converted = toJsonSchema(component, strictness);
  bodies.addSchema(converted, reference);
  addComponents(converted, strictness);
}
