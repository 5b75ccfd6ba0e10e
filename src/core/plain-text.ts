// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are left out
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/**
 * The same value with every string in it fit for JSON columns and forges: without control characters but tabs and line
 * breaks, and without halves of surrogate pairs. PostgreSQL's jsonb refuses both:
 * https://www.postgresql.org/docs/current/datatype-json.html
 */
export function toPlainText<Value>(value: Value): Value {
  if (typeof value === "string") return value.replace(CONTROL, "").toWellFormed() as Value;
  if (Array.isArray(value)) return value.map(toPlainText) as Value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toPlainText(item)])) as Value;
}
