import type { ErrorObject } from "ajv";

/**
 * Words one schema error as GitHub's API does in its 422 answers, e.g.
 * `Only 65535 characters are allowed; 70000 were supplied.`
 */
export function describeError(error: ErrorObject, value: unknown): string {
  const { keyword, params } = error;
  const place = `For 'properties${error.instancePath}', `;
  const given = valueAt(error.instancePath, value);
  if (keyword === "required") return `${at(error)}"${params.missingProperty}" wasn't supplied.`;
  if (keyword === "type") return `${place}${JSON.stringify(given)} is not ${article(String(params.type))}.`;
  if (keyword === "enum") {
    return `${place}${JSON.stringify(given)} is not a member of ${JSON.stringify(params.allowedValues)}.`;
  }
  if (keyword === "maxLength") {
    return `${place}Only ${params.limit} characters are allowed; ${String(given).length} were supplied.`;
  }
  if (keyword === "maxItems") {
    return `${place}No more than ${params.limit} items are allowed; ${(given as unknown[]).length} were supplied.`;
  }
  if (isUnknownProperty(error)) return `${at(error)}"${unknownProperty(error)}" is not a permitted key.`;
  return `${place}${error.message ?? keyword}.`;
}

/** Whether the error is a property that GitHub would drop silently rather than refuse. */
export function isUnknownProperty(error: ErrorObject): boolean {
  return error.keyword === "unevaluatedProperties" || error.keyword === "additionalProperties";
}

function unknownProperty(error: ErrorObject): string {
  return String(error.params.unevaluatedProperty ?? error.params.additionalProperty);
}

function at(error: ErrorObject): string {
  return error.instancePath === "" ? "" : `For 'properties${error.instancePath}', `;
}

function article(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function valueAt(pointer: string, value: unknown): unknown {
  const steps = pointer.split("/").slice(1);
  return steps.reduce<unknown>((inner, step) => {
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
    return (inner as Record<string, unknown> | undefined)?.[name];
  }, value);
}
