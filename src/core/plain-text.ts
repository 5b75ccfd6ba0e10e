// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are left out
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/**
 * The same value with every string in it fit for forges: without control characters but tabs and line breaks, and
 * without halves of surrogate pairs.
 */
export function toPlainText<Value>(value: Value): Value {
  return mapStrings(value, (text) => text.replace(CONTROL, "").toWellFormed());
}

/**
 * The same value with every string in it fit for PostgreSQL's text and jsonb, which know neither NUL nor halves of
 * surrogate pairs: https://www.postgresql.org/docs/current/datatype-json.html
 */
export function toStorableText<Value>(value: Value): Value {
  return mapStrings(value, (text) => text.replaceAll("\u0000", "").toWellFormed());
}

/** Keys are strings of the value too. */
function mapStrings<Value>(value: Value, change: (text: string) => string): Value {
  const changeAll = (item: unknown): unknown => {
    if (typeof item === "string") return change(item);
    if (Array.isArray(item)) return item.map(changeAll);
    if (typeof item !== "object" || item === null) return item;
    return Object.fromEntries(Object.entries(item).map(([key, inner]) => [change(key), changeAll(inner)]));
  };
  return changeAll(value) as Value;
}
