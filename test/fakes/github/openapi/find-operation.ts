import {
  githubDescription,
  type OpenApiOperation,
  type OpenApiParameter,
  resolveReference,
} from "./description.ts";

export type FoundOperation = {
  operation: OpenApiOperation;
  parameters: OpenApiParameter[];
  pathParameters: Record<string, string>;
};

type PathPattern = { literals: number; matches: RegExp; methods: Record<string, OpenApiOperation> };

let patterns: PathPattern[] | undefined;

/** Finds the operation that GitHub's description gives a request, as GitHub's own router would. */
export function findOperation(method: string, path: string): FoundOperation | undefined {
  patterns ??= Object.entries(githubDescription().paths)
    .map(([template, methods]) => toPattern(template, methods))
    .sort((one, other) => other.literals - one.literals);
  for (const { matches, methods } of patterns) {
    const operation = methods[method.toLowerCase()];
    const match = operation && matches.exec(path);
    if (!match) continue;
    const encoded = Object.entries(match.groups ?? {});
    const pathParameters = Object.fromEntries(
      encoded.map(([name, value]) => [name, decodeURIComponent(value ?? "")]),
    );
    return { operation, parameters: parametersOf(operation), pathParameters };
  }
  return undefined;
}

function toPattern(template: string, methods: Record<string, OpenApiOperation>): PathPattern {
  const severalSegments = Object.values(methods)
    .flatMap(parametersOf)
    .filter((parameter) => parameter["x-multi-segment"])
    .map((parameter) => parameter.name);
  const segments = template.split("/");
  const literals = segments.filter((segment) => !segment.includes("{")).length;
  const source = template
    .replace(/[.+*?^$()[\]\\]/g, "\\$&")
    .replace(/\/\{(\w+)\}$/, (last, name) => (severalSegments.includes(name) ? `(?:/(?<${name}>.*))?` : last))
    .replace(/\{(\w+)\}/g, (_, name) => `(?<${name}>${severalSegments.includes(name) ? ".+" : "[^/]+"})`);
  return { literals, matches: new RegExp(`^${source}$`), methods };
}

function parametersOf(operation: OpenApiOperation): OpenApiParameter[] {
  return (operation.parameters ?? []).map((parameter) => resolveReference<OpenApiParameter>(parameter));
}
