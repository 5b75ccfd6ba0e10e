import type { DockerfileSection } from "./dockerfile-section.ts";

/** Nothing that a Dockerfile, or the JSON in it, would read as more than itself. */
const PLAIN_WORD = /^[A-Za-z0-9_./][A-Za-z0-9_./:@%+,=-]*$/;

/**
 * The Dockerfile that a configuration asks for. Whatever the values are, each instruction is one line: a value can change
 * what its own instruction does, and never begin another.
 */
export function formatDockerfile(dockerfile: DockerfileSection, argumentNames: readonly string[]): string {
  const { from, env, workdir, copy, run, expose, user, entrypoint, cmd } = dockerfile;
  return [
    `FROM ${from}`,
    ...argumentNames.map((name) => `ARG ${name}`),
    ...Object.entries(env).map(([name, value]) => `ENV ${name}=${quoteExpanded(value)}`),
    ...(workdir === undefined ? [] : [`WORKDIR ${quoteExpanded(workdir)}`]),
    ...Object.entries(copy).map(([source, destination]) => `COPY ${formatCopy(source, destination)}`),
    ...run.map((command) => `RUN ${formatCommand(command)}`),
    ...expose.map((port) => `EXPOSE ${port}`),
    ...(user === undefined ? [] : [`USER ${user}`]),
    ...(entrypoint === undefined ? [] : [`ENTRYPOINT ${formatJson(entrypoint)}`]),
    ...(cmd === undefined ? [] : [`CMD ${formatJson(cmd)}`]),
    "",
  ].join("\n");
}

/** https://docs.docker.com/reference/dockerfile/#environment-replacement */
function quoteExpanded(value: string): string {
  return PLAIN_WORD.test(value) ? value : `"${escapeExpanded(value, /["\\]/g)}"`;
}

/** The builder expands the words of the JSON form as well, and takes quotes off: https://docs.docker.com/reference/dockerfile/#copy */
function formatCopy(source: string, destination: string): string {
  const words = [source, destination];
  if (words.every((word) => PLAIN_WORD.test(word))) return words.join(" ");
  return formatJson(words.map((word) => escapeExpanded(word, /["'\\]/g)));
}

function escapeExpanded(value: string, special: RegExp): string {
  return value.replaceAll(special, "\\$&").replaceAll("$$", "\\$");
}

/**
 * As it is where it is one line that cannot be taken for anything else. The JSON form has no line breaks, no
 * continuation, no flags and, with `<` escaped, no here-document, which Kaniko 1.24.0 would skip.
 */
function formatCommand(command: string): string {
  const text = command.trim();
  const isPlain = !/^(?:\[|--)|\n|<<|\\$/.test(text);
  if (isPlain) return text;
  return formatJson(["/bin/sh", text.includes("\n") ? "-ec" : "-c", text]);
}

function formatJson(words: readonly string[]): string {
  return `[${words.map((word) => JSON.stringify(word)).join(", ")}]`.replaceAll("<", "\\u003c");
}
