import { copyWords, plainPath } from "../copied-paths.ts";
import type { Diagnosis } from "../diagnosis.ts";
import type { Instruction } from "../dockerfile.ts";
import { code, type Facts, short, stepOf } from "./facts.ts";

/** What Kaniko says of a file that is to be copied: https://github.com/GoogleContainerTools/kaniko/blob/v1.24.0/pkg/util/command_util.go */
const MISSING =
  /failed to get fileinfo for \/kaniko\/(\S+?): lstat|lstat \/kaniko\/(\S+): no such file or directory/;
const CONTEXT = "buildcontext/";
const STAGE = /^(\d+)\/(.+)$/;
const HEREDOC = /resolved envs is empty/;
const MANY_TO_FILE =
  /when specifying multiple sources in a (?:COPY|ADD) command, destination must be a directory/;

/** A `COPY` or an `ADD` that names what is not there, or that cannot be carried out. */
export function diagnoseCopy(facts: Facts): Diagnosis | undefined {
  const { finalWords } = facts;
  const missing = MISSING.exec(finalWords)?.slice(1).find(Boolean);
  if (missing?.startsWith(CONTEXT)) return missingInContext(facts, missing.slice(CONTEXT.length));
  if (missing !== undefined) return missingElsewhere(facts, missing);
  if (MANY_TO_FILE.test(finalWords)) return manyToFile(facts);
  if (HEREDOC.test(finalWords)) return heredoc(facts);
  return undefined;
}

/** Kaniko looks for files before it says which instruction it begins with: it is the next one that fits. */
function nextCopy(
  { instructions, step }: Facts,
  fits: (copy: Instruction) => boolean,
): Instruction | undefined {
  const copies = instructions.filter((each) => /^(?:COPY|ADD)$/.test(each.keyword) && fits(each));
  const { line } = step ?? {};
  if (line !== undefined)
    return copies.find((copy) => copy.line > line) ?? copies.find((copy) => copy.line === line);
  return copies.length === 1 ? copies[0] : undefined;
}

function copies(path: string): (copy: Instruction) => boolean {
  return (copy) => !/\s--from=/.test(copy.text) && copyWords(copy).some((word) => plainPath(word) === path);
}

function permanent(
  name: string,
  found: Instruction | undefined,
  words: Pick<Diagnosis, "title" | "cause" | "remedy">,
): Diagnosis {
  return { class: "permanent", code: name, ...words, ...(found ? stepOf(found) : {}) };
}

function missingInContext(facts: Facts, source: string): Diagnosis {
  const near = facts.missing.get(source) ?? [];
  const meant = near.length === 0 ? "" : ` It has ${near.map(code).join(", ")}.`;
  return permanent("copy-source-missing", nextCopy(facts, copies(source)), {
    title: `${short(source)} is not in the build context`,
    cause: `The Dockerfile copies ${code(source)}, and the build context has no such file.${meant}`,
    remedy:
      "Push the file, or correct its path: it is looked for from the root of the repository, or from the image's `context` in `.pushwright.yml`. What is not committed, such as the output of a build on your machine, has to be made in the Dockerfile.",
  });
}

function missingElsewhere(facts: Facts, path: string): Diagnosis {
  const [, stage, inStage] = STAGE.exec(path) ?? [];
  const from = nextCopy(
    facts,
    ({ text }) =>
      /\s--from=/.test(text) &&
      copyWords({ text } as Instruction).some((word) => path.endsWith(plainPath(word))),
  );
  if (stage !== undefined || from) {
    const name = /\s--from=(\S+)/.exec(from?.text ?? "")?.[1] ?? stage ?? "";
    const file = inStage ?? path.slice(plainPath(name).length + 1);
    return permanent("stage-file-missing", from, {
      title: `${short(`/${file}`)} is not in the stage that it is copied from`,
      cause: `${code(`COPY --from=${name}`)} wants ${code(`/${file}`)}, and what it copies from has no such file.`,
      remedy:
        "Correct the path, or see that the earlier stage makes the file there: paths after `--from` are counted from the root of that stage.",
    });
  }
  const outside = nextCopy(facts, (copy) => copyWords(copy).some((word) => word.includes("..")));
  return permanent("copy-outside-context", outside, {
    title: `${short(path)} is outside of the build context`,
    cause: `The Dockerfile copies ${code(`../${path}`)}, and a build sees nothing outside of its context.`,
    remedy:
      "Copy from within the context. The image's `context` in `.pushwright.yml` can name a folder further up in the repository.",
  });
}

function manyToFile(facts: Facts): Diagnosis {
  const found = nextCopy(facts, (copy) => {
    const words = copyWords(copy);
    return words.length > 2 && !words.at(-1)?.endsWith("/");
  });
  return permanent("copy-needs-folder", found, {
    title: "Several files are copied to what is no folder",
    cause:
      "An instruction that copies several files must name a folder as their destination, with `/` at its end.",
    remedy: "Write the destination with a `/` at its end.",
  });
}

function heredoc(facts: Facts): Diagnosis {
  return permanent(
    "heredoc-unsupported",
    nextCopy(facts, ({ text }) => /\s<<-?\S/.test(text)),
    {
      title: "Kaniko does not know here-documents",
      cause:
        "The Dockerfile writes a file with `COPY <<…`, which Kaniko 1.24.0 does not know. It also skips `RUN <<…` without a word.",
      remedy: "Commit the file and copy it, or write it with `RUN printf`.",
    },
  );
}
