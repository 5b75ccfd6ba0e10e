import { stripVTControlCharacters } from "node:util";
import { Digest } from "../../core/image-reference.ts";

/**
 * A line of the build's log: `text` as it is shown, `whole` as it was. `record` tells Kaniko's own words from the
 * output of the build's commands.
 */
export type LogLine = { text: string; whole: string; record: boolean };

const MAX_SHOWN = 4096;
const RECORD = '{"level":';

const LEVELS: Record<string, string> = { warning: "Warning: ", error: "Error: ", fatal: "Error: " };
/** Advice for people at a terminal. */
const NOISE = "To simulate EOF and exit, press 'Ctrl+D'";

/** A command may end without ending its last line, and Kaniko's record follows on it. */
export function splitRecord(raw: string): string[] {
  const at = raw.lastIndexOf(RECORD);
  return at > 0 && parseRecord(raw.slice(at)) ? [raw.slice(0, at), raw.slice(at)] : [raw];
}

/**
 * Kaniko logs JSON, https://github.com/sirupsen/logrus; the build's commands write what they like. `clean` takes out
 * what nobody is to see.
 */
export function parseLogLine(
  raw: string,
  clean: (text: string) => string = (text) => text,
): LogLine | undefined {
  const kaniko = raw.startsWith(RECORD) ? parseRecord(raw) : undefined;
  if (kaniko?.msg === NOISE) return undefined;
  const said = kaniko === undefined ? raw : `${LEVELS[kaniko.level] ?? ""}${kaniko.msg}`;
  const whole = clean(plain(said));
  return { text: bounded(whole), whole, record: kaniko !== undefined };
}

/** What Kaniko announces after each push, also that of a layer into the cache. */
export function pushedImage({ text, record }: LogLine): { repository: string; digest: Digest } | undefined {
  const [, repository = "", digest] = (record && /^Pushed (\S+)@(\S+)$/.exec(text)) || [];
  const parsed = Digest.safeParse(digest);
  return parsed.success ? { repository, digest: parsed.data } : undefined;
}

/** The image that Kaniko says it asks a registry for. */
export function retrievedImage({ text, record }: LogLine): string | undefined {
  return record ? /^Retrieving image manifest (\S+)$/.exec(text)?.[1] : undefined;
}

function parseRecord(raw: string): { level: string; msg: string } | undefined {
  try {
    const { level, msg, time, ...others } = JSON.parse(raw) as Record<string, unknown>;
    const isKanikos = typeof level === "string" && typeof msg === "string" && typeof time === "string";
    return isKanikos && Object.keys(others).length === 0 ? { level, msg } : undefined;
  } catch {
    return undefined;
  }
}

/** What a terminal would show at last, without colours. */
function plain(text: string): string {
  let end = text.length;
  while (text[end - 1] === "\r") end -= 1;
  const shown = text.slice(text.lastIndexOf("\r", end - 1) + 1, end);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they begin what is to be removed
  const uncoloured = /[\u001b\u009b]/.test(shown) ? withoutColours(shown) : shown;
  return (
    uncoloured
      .replaceAll("\n", " ")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be removed
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "")
      .toWellFormed()
  );
}

/** An escape sequence without an end makes removing them take quadratic time: only so much is looked through. */
function withoutColours(text: string): string {
  return stripVTControlCharacters(text.slice(0, MAX_SHOWN)) + text.slice(MAX_SHOWN);
}

function bounded(text: string): string {
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
