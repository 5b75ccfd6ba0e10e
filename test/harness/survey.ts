import { readFile } from "node:fs/promises";
import type { ContextFile } from "./pack-context.ts";

/** A program that speaks TLS, with its libraries: the base image has none. */
const LOADER = "/lib64/ld-linux-x86-64.so.2";
const LIBRARIES = ["libssl.so.3", "libcrypto.so.3", "libc.so.6"].map(
  (name) => `/lib/x86_64-linux-gnu/${name}`,
);

export type Survey = {
  /** Every value that was found under this key. */
  all(key: string): string[];
  /** The one value under this key. */
  one(key: string): string | undefined;
};

/** A Dockerfile whose RUN reports what a build can see and reach, with its context. */
export async function surveyContext(from: string): Promise<Record<string, ContextFile>> {
  const script = await readFile(new URL("../fixtures/survey/survey.sh", import.meta.url), "utf8");
  const files = await Promise.all(
    [LOADER, "/usr/bin/openssl", ...LIBRARIES].map(async (path) => {
      const content = await readFile(path);
      return [`survey/${path.split("/").at(-1)}`, { content, mode: 0o755 }] as const;
    }),
  );
  const openssl =
    '#!/bin/sh\nexec /survey/ld-linux-x86-64.so.2 --library-path /survey /survey/openssl "$@"\n';
  return {
    Dockerfile: `${from}COPY survey /survey\nARG BOT\nARG API\nARG NODE\nARG NAMESPACE\nARG REGISTRY\nRUN sh /survey/survey.sh\n`,
    "survey/survey.sh": script,
    "survey/openssl.sh": { content: openssl, mode: 0o755 },
    ...Object.fromEntries(files),
  };
}

export function readSurvey(log: readonly string[]): Survey {
  const found = log.flatMap((line) => {
    const [, key, value] = /^survey (\S+) ?(.*)$/.exec(line) ?? [];
    return key === undefined ? [] : [{ key, value: value ?? "" }];
  });
  const all = (key: string) => found.filter((each) => each.key === key).map(({ value }) => value);
  return { all, one: (key) => all(key)[0] };
}
