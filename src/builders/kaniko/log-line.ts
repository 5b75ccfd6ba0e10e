import { stripVTControlCharacters } from "node:util";
import { Digest } from "../../core/image-reference.ts";

/** A line of the build's log. `record` tells Kaniko's own words from the output of the build's commands. */
export type LogLine = { text: string; record: boolean };

const LEVELS: Record<string, string> = { warning: "Warning: ", error: "Error: ", fatal: "Error: " };
/** Advice for people at a terminal. */
const NOISE = "To simulate EOF and exit, press 'Ctrl+D'";

/** Kaniko logs JSON, https://github.com/sirupsen/logrus; the build's commands write what they like. */
export function parseLogLine(raw: string): LogLine | undefined {
  const kaniko = raw.startsWith('{"level":') ? parseRecord(raw) : undefined;
  if (kaniko === undefined) return { text: plain(raw), record: false };
  if (kaniko.msg === NOISE) return undefined;
  return { text: plain(`${LEVELS[kaniko.level] ?? ""}${kaniko.msg}`), record: true };
}

/** The digest that Kaniko announces after each push. */
export function pushedDigest({ text, record }: LogLine): Digest | undefined {
  const [, digest] = (record && /^Pushed \S+@(\S+)$/.exec(text)) || [];
  const parsed = Digest.safeParse(digest);
  return parsed.success ? parsed.data : undefined;
}

const INSTRUCTION =
  /^(?:RUN|COPY|ADD|WORKDIR|USER|ENV|ARG|LABEL|VOLUME|SHELL|ONBUILD|EXPOSE|CMD|ENTRYPOINT|HEALTHCHECK|STOPSIGNAL|MAINTAINER)\s/i;

/** The Dockerfile instruction that Kaniko says it begins with, as the Dockerfile words it. */
export function startedStep({ text, record }: LogLine): string | undefined {
  return record && INSTRUCTION.test(text) ? text : undefined;
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
  const shown = stripVTControlCharacters(text).replace(/\r+$/, "").replace(/^.*\r/s, "");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be removed
  return shown.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "");
}
