import { z } from "zod";
import { GlobPattern } from "../glob/glob-list.ts";
import { mapping, oneOrMany } from "./mapping.ts";

const MAX_GLOBS = 100;
const TOO_MANY = `expected at most ${MAX_GLOBS} globs`;
const NONE = "expected at least one glob";
const EVERYTHING = "**";

const Glob = GlobPattern.refine(
  (glob) => !/\p{Cc}/u.test(glob),
  "expected a glob without control characters",
);

/** Nothing matches a path that begins so. */
const PathGlob = Glob.refine(
  (glob) => !/^!?\.?\//.test(glob),
  "expected a glob from the repository's root, such as `src/**`",
);

/** Over names of branches or Git tags. */
export const NameGlobs = oneOrMany(Glob, "a list of globs")
  .refine((globs) => globs.length <= MAX_GLOBS, TOO_MANY)
  .prefault([EVERYTHING]);

const PathGlobs = oneOrMany(PathGlob, "a list of globs").refine(
  (globs) => globs.length <= MAX_GLOBS,
  TOO_MANY,
);
const SomePathGlobs = PathGlobs.refine((globs) => globs.length > 0, NONE);

/** Globs over paths from the repository's root: one changed file must match `include`, and not `ignore`. */
export const PathFilter = z
  .union([
    SomePathGlobs.transform((include) => ({ include, ignore: [] as string[] })),
    mapping(
      {
        include: SomePathGlobs.prefault([EVERYTHING]).describe("A changed file must match one of these."),
        ignore: PathGlobs.prefault([]).describe("Changed files that match one of these do not count."),
      },
      "a mapping with `include` and `ignore`",
    ),
  ])
  .prefault({});
