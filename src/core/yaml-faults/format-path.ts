const PLAIN_KEY = /^[A-Za-z_][\w-]*$/;

/** `images[0].labels["a.b"]` */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.map(formatPart).join("").replace(/^\./, "");
}

function formatPart(part: PropertyKey): string {
  if (typeof part === "number") return `[${part}]`;
  return PLAIN_KEY.test(String(part)) ? `.${String(part)}` : `[${JSON.stringify(String(part))}]`;
}
