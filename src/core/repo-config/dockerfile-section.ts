import { z } from "zod";
import { mapping, oneOrMany } from "./mapping.ts";
import { pathInside } from "./repository-path.ts";
import { EXPANDED_LINE, ExpandedValue, PlainValue, TEXT_OR_INTEGER, textLike, VariableName } from "./text.ts";

// https://github.com/distribution/reference/blob/main/reference.go, without names that only differ in case
const IMAGE =
  /^(?:[A-Za-z0-9][A-Za-z0-9.-]*(?::\d{1,5})?\/)?[a-z0-9][a-z0-9._-]*(?:\/[a-z0-9][a-z0-9._-]*)*(?::\w[\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;

const Words = z.union([
  textLike(/^[^\s\p{Cc}]+$/u, "one word (several are a list, such as `[node, server.js]`)", 4096).transform(
    (word) => [word],
  ),
  z.array(PlainValue, "expected a list of words").min(1, "expected at least one word"),
]);

const Command = PlainValue.refine((command) => command.trim() !== "", "expected a command");

/** The builder would take a path that begins so for a here-document. */
const isNoHeredoc = (path: string) => !/^\d*<</.test(path);
const NO_HEREDOC = "expected a path that does not begin with `<<`";
const CopySource = pathInside("a path in the context, without `..`, such as `dist/`")
  .regex(EXPANDED_LINE.form, `expected ${EXPANDED_LINE.expected}`)
  .refine(isNoHeredoc, NO_HEREDOC);
const CopyDestination = ExpandedValue.refine(
  (path) => path !== "",
  "expected a path in the image such as `/app/`",
).refine(isNoHeredoc, NO_HEREDOC);
const Port = textLike(/^[1-9]\d{0,4}(?:\/(?:tcp|udp))?$/, "a port such as `8080` or `53/udp`", 9)
  .refine((port) => Number.parseInt(port, 10) <= 65_535, "expected a port of at most 65535")
  .meta(TEXT_OR_INTEGER);
const User = textLike(
  /^[A-Za-z0-9_][A-Za-z0-9_.-]*(?::[A-Za-z0-9_][A-Za-z0-9_.-]*)?$/,
  "a user such as `node` or `1000:1000`",
  128,
).meta(TEXT_OR_INTEGER);

/** A Dockerfile of one stage, written out in the configuration. */
export const DockerfileSection = mapping(
  {
    from: textLike(IMAGE, "an image such as `node:22-alpine`", 512).describe(
      "The image to start from, or `scratch`.",
    ),
    env: z
      .record(VariableName, ExpandedValue, "expected a mapping of names to values")
      .prefault({})
      .describe(
        "Environment variables. `$NAME` stands for another one, or for one of `args`; `$$` for a dollar sign.",
      ),
    workdir: ExpandedValue.refine(
      (path) => path.trim() !== "",
      "expected a folder in the image such as `/app`",
    )
      .exactOptional()
      .describe("The folder in the image for all that follows."),
    copy: z
      .record(CopySource, CopyDestination, "expected a mapping of paths in the context to paths in the image")
      .prefault({})
      .describe("What to copy: a path in `context` (`*` and `?` match), and where it goes in the image."),
    run: oneOrMany(Command, "a list of commands")
      .prefault([])
      .describe(
        "Commands for `/bin/sh`, each a layer. One of several lines ends at its first line that fails.",
      ),
    expose: oneOrMany(Port, "a list of ports").prefault([]).describe("Ports that the program listens on."),
    user: User.exactOptional().describe("Who the program runs as; `run` is still the base image's user."),
    entrypoint: Words.exactOptional().describe(
      "The program to start, and its first arguments: a list, or one word.",
    ),
    cmd: Words.exactOptional().describe("Arguments that `docker run` can replace: a list, or one word."),
  },
  "a mapping with `from`, `copy`, `run`, …",
);
export type DockerfileSection = z.output<typeof DockerfileSection>;
