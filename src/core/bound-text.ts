const ELLIPSIS = "…";
const encoder = new TextEncoder();

export function utf8Length(text: string): number {
  return encoder.encode(text).length;
}

/** The text, cut at its end to at most `maxBytes` of UTF-8, never within a character. */
export function boundText(text: string, maxBytes: number): string {
  const kept = startWithin(text, maxBytes);
  return kept.length === text.length
    ? text
    : `${startWithin(kept, maxBytes - utf8Length(ELLIPSIS))}${ELLIPSIS}`;
}

/** The longest end of the text that takes at most `maxBytes` of UTF-8. */
export function boundTextStart(text: string, maxBytes: number): string {
  const bytes = encoder.encode(text);
  if (bytes.length <= maxBytes) return text;
  let start = bytes.length - Math.max(0, maxBytes);
  while (isContinuation(bytes[start])) start += 1;
  return new TextDecoder().decode(bytes.subarray(start));
}

function startWithin(text: string, maxBytes: number): string {
  const { read } = encoder.encodeInto(text, new Uint8Array(Math.max(0, maxBytes)));
  return text.slice(0, read);
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0b1100_0000) === 0b1000_0000;
}
