import { z } from "zod";
import type { VerifyWish } from "../verification/verify-wish.ts";
import { mapping, oneOrMany } from "./mapping.ts";
import { PlainValue, TEXT_OR_INTEGER, textLike, VariableName } from "./text.ts";
import { Timeout } from "./timeout.ts";

const MAX_PATTERNS = 20;
const DEFAULT_SECONDS = 120;

const LogPattern = textLike(
  /^(?=.*[^*\s])\P{Cc}+$/u,
  "a text that a line of the log shows, in which `*` stands for any text",
  512,
);
const Port = textLike(/^[1-9]\d{0,4}$/, "a port such as `8080`", 5)
  .refine((port) => Number(port) <= 65_535, "expected a port of at most 65535")
  .meta(TEXT_OR_INTEGER);
const HttpPath = textLike(/^\/[!-~]*$/, "a path that begins with `/`, such as `/healthz`", 512);
const Word = PlainValue.refine((word) => word !== "", "expected a word");

/** How a pushed image is run to see that it does, and what it has to show. */
export const VerifySection = mapping(
  {
    log: oneOrMany(LogPattern, "a list of texts")
      .refine((patterns) => patterns.length <= MAX_PATTERNS, `expected at most ${MAX_PATTERNS} texts`)
      .prefault([])
      .describe("Texts, each of which a line of its log has to show; `*` in one stands for any text."),
    port: Port.exactOptional().describe("A TCP port that it has to open."),
    http: HttpPath.exactOptional().describe(
      "A path that has to answer on `port`, with a status from 200 to 399.",
    ),
    "exit-code": textLike(/^0$/, "`0`: a program that ends otherwise has failed", 1)
      .meta({ type: ["string", "integer"], enum: ["0", 0] })
      .exactOptional()
      .describe("`0`: it has to end by itself, and well."),
    args: z
      .array(Word, "expected a list of words")
      .exactOptional()
      .describe("Arguments in place of the image's own (`CMD`)."),
    env: z
      .record(VariableName, PlainValue, "expected a mapping of names to values")
      .prefault({})
      .describe("Variables that it gets; anyone may read them."),
    timeout: Timeout.exactOptional().describe(
      "How long it is given for all of that, its pull included. Default: `2m`; the operator's limit holds besides.",
    ),
  },
  "a mapping with `log`, `port`, `http`, `exit-code`, …",
).superRefine(
  (section, { addIssue }) => {
    const add = (message: string, ...path: string[]) => addIssue({ code: "custom", path, message });
    const { log, port, http, "exit-code": exitCode } = section;
    const isNothing = port === undefined && http === undefined && exitCode === undefined;
    if (isNothing && (!Array.isArray(log) || log.length === 0))
      add("expected at least one of `log`, `port`, `http` and `exit-code`");
    if (http !== undefined && port === undefined) add("`http` needs a `port`", "http");
    if (exitCode !== undefined && port !== undefined)
      add("a program that is to end cannot be asked on a port: leave one of the two out", "exit-code");
  },
  { when: ({ value }) => typeof value === "object" && value !== null },
);

/** The same as it is carried out. */
export function wishOf({
  log,
  port,
  http,
  "exit-code": exitCode,
  args,
  env,
  timeout = DEFAULT_SECONDS,
}: z.output<typeof VerifySection>): VerifyWish {
  return {
    log,
    ...(port === undefined ? {} : { port: Number(port) }),
    ...(http === undefined ? {} : { http }),
    exits: exitCode !== undefined,
    ...(args === undefined ? {} : { args }),
    env,
    timeoutSeconds: timeout,
  };
}
