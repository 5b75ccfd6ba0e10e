import { code } from "../../diagnosis-rules/facts.ts";
import { foreignBinary, formatPlatform } from "../program-facts.ts";
import type { VerifiedImage } from "../verify-evidence.ts";
import { permanent, type Rule, wordsOf } from "./scene.ts";

const SEE_ENTRYPOINT = "See `ENTRYPOINT` and `CMD` in the Dockerfile";

/** A program for another kind of processor. */
export const diagnoseExecFormat: Rule = (scene) => {
  if (!/exec format error/i.test(wordsOf(scene))) return undefined;
  const { program } = scene.image;
  const foreign = program && foreignBinary(program);
  if (program && foreign) return { ...wrongBinary(program, foreign), code: "verify-exec-format" };
  const what = code(program?.command[0] ?? "the entrypoint");
  return permanent({
    code: "verify-exec-format",
    title: "The image cannot run: exec format error",
    cause: `The node cannot execute ${what}: it is a program for another processor than the ${program ? formatPlatform(program) : "image"} that it runs on, or a script without a first line such as \`#!/bin/sh\`.`,
    remedy:
      "Build the program for the image's platform (in Go, `GOARCH`), or set the image's `platform` to the program's. A script needs its `#!` line.",
  });
};

/** For a program that the image's own platform cannot run. */
export function wrongBinary(
  program: NonNullable<VerifiedImage["program"]>,
  { path, architecture }: NonNullable<ReturnType<typeof foreignBinary>>,
) {
  const platform = formatPlatform(program);
  return permanent({
    code: "verify-wrong-binary",
    title: `The image cannot run: ${architecture} binary in an ${program.architecture} image`,
    cause: `${code(path)} is an ELF program for ${code(architecture)}, and the image is for ${code(platform)}: it would end with \`exec format error\`.`,
    remedy: `Build the program for ${code(platform)} (in Go, \`GOOS=${program.os} GOARCH=${program.architecture}\`), or set the image's \`platform\` to \`${program.os}/${architecture}\` if the cluster has such nodes.`,
  });
}

/** Nothing to start. */
export const diagnoseNoCommand: Rule = (scene) => {
  const isSaid = /no command specified/.test(wordsOf(scene));
  if (!isSaid) return undefined;
  return permanent({
    code: "verify-no-entrypoint",
    title: "The image has no entrypoint",
    cause: "The image says neither `ENTRYPOINT` nor `CMD`, so there is nothing to start.",
    remedy: 'Add one to the Dockerfile, such as `ENTRYPOINT ["/app/main"]`.',
  });
};

/** What is to be started is not there, or is no program. */
export const diagnoseStart: Rule = (scene) => {
  const words = wordsOf(scene);
  const { exitCode, reason, message = "" } = scene.evidence;
  const isMissing = /exec: "([^"]+)": (?:stat |executable file not found)/.exec(words);
  if (isMissing) {
    const [, file = ""] = isMissing;
    return permanent({
      code: "verify-entrypoint-missing",
      title: `The image cannot run: ${file} is not in it`,
      cause: `The image is to start ${code(file)}, and there is no such file${file.includes("/") ? "" : " on its `PATH`"}.`,
      remedy: `${SEE_ENTRYPOINT}, and whether the file is copied to that very path, in the stage that is built.`,
    });
  }
  const isDenied = /exec:? "?([^":]+)"?: permission denied/.exec(words);
  if (isDenied && (exitCode ?? 1) !== 0) {
    const [, file = ""] = isDenied;
    return permanent({
      code: "verify-not-executable",
      title: `The image cannot run: ${file} is not executable`,
      cause: `${code(file)} is there, but may not be executed by the image's user.`,
      remedy: `Set its executable bit in Git (\`git update-index --chmod=+x\`), or \`RUN chmod +x\` in the Dockerfile.`,
    });
  }
  const isHalf = /exec (\S+): no such file or directory/.exec(words);
  if (isHalf) {
    const [, file = ""] = isHalf;
    return permanent({
      code: "verify-interpreter-missing",
      title: `The image cannot run: what ${file} needs is not in it`,
      cause: `${code(file)} is there, but what runs it is not: the interpreter in its \`#!\` line, or the loader (C library) that it was linked for.`,
      remedy:
        "Link the program statically (in Go, `CGO_ENABLED=0`), or start from a base image that has what it needs.",
    });
  }
  if (reason === undefined || reason === "OOMKilled" || exitCode === undefined || message === "")
    return undefined;
  return notStarted(reason, message);
};

/** The runtime's own words, where no rule knows them. */
export function notStarted(reason: string, message: string) {
  return permanent({
    code: "verify-not-started",
    title: `The image could not be started: ${reason}`,
    cause: `The cluster says: ${code(message || reason)}.`,
    remedy: `${SEE_ENTRYPOINT}, \`USER\` and \`WORKDIR\`.`,
  });
}
