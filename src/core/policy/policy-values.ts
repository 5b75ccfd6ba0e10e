import { z } from "zod";
import { GlobPattern, GlobPatterns } from "../glob/glob-list.ts";

/** The schema of a text, also for what YAML takes for a number or a truth. */
export const scalarOf = <Schema extends z.ZodType<unknown, string>>(schema: Schema) =>
  z.preprocess(
    (value) => (typeof value === "number" || typeof value === "boolean" ? String(value) : value),
    schema,
  );

/** A pattern without a slash would match no repository: a rule that seems to deny and does not. */
const RepositoryPattern = GlobPattern.refine(
  (pattern) => pattern.includes("/") || /^!?\*\*$/.test(pattern),
  "expected owner/name, with or without wildcards, such as acme/* or **",
);
export const RepositoryPatterns = GlobPatterns.pipe(z.array(RepositoryPattern));

export const Count = scalarOf(
  z
    .string("expected a whole number")
    .regex(/^[1-9]\d{0,5}$/, "expected a whole number from 1 on")
    .transform(Number),
);

export const Truth = scalarOf(
  z.enum(["true", "false"], "expected true or false").transform((text) => text === "true"),
);
