import type { Diagnosis } from "../diagnosis.ts";
import { code, type Facts, short } from "./facts.ts";

const NO_SPACE = /no space left on device/i;
/** A command may say more after it has met a full disk. */
const LAST_LINES = 10;
const NO_PROGRAM = /fork\/exec \S+: no such file or directory|exec: "[^"]*": executable file not found/;

/** A `RUN` whose command ended with another exit code than 0: the user's to mend, whatever it printed. */
export function runFailed(facts: Facts): Diagnosis {
  const { commandEnd = "", lastOutput, step } = facts;
  const run = step?.step ?? "A command";
  const [, status] = /^exit status (\d+)$/.exec(commandEnd) ?? [];
  const end = status === undefined ? `by ${commandEnd}` : `with exit code ${status}`;
  const said = lastOutput === "" ? "" : ` Its last words: ${code(lastOutput)}`;
  const space = spaceWords(facts);
  return {
    class: "permanent",
    code: "run-failed",
    title: `${short(run)} failed ${end}`,
    cause: `${step?.step === undefined ? run : code(run)} ended ${end}${hintOf(Number(status))}.${said}${space === undefined || space === lastOutput ? "" : ` It also said: ${code(space)}.`}${skippedBefore(facts)}`,
    remedy:
      space === undefined
        ? "See the end of the log for what the command said. The same command should fail the same way in a container of the base image on your machine."
        : "The command says that there was no space left. Let it leave less behind, in `/dev/shm` not more than 64 MiB, or ask whoever runs Pushwright for nodes with more disk. Should the node have been full for a while only, build again.",
    ...step,
  };
}

/** A `RUN` whose command Kaniko could not start. */
export function runNotStarted({ finalWords, step }: Facts, run: string): Diagnosis {
  const base = { class: "permanent", code: "run-failed", ...step } as const;
  if (NO_PROGRAM.test(finalWords)) {
    return {
      ...base,
      title: `${short(run)} could not start`,
      cause: `There is no such program in the image: ${code(finalWords.replace(/^.*starting command: (?:fork\/)?exec:? /, ""))}.`,
      remedy:
        "`RUN` in its usual form needs `/bin/sh` in the image, or what `SHELL` names: images like `scratch` have none. Run such commands in an earlier stage.",
    };
  }
  const words = finalWords.replace(/^.*?error building stage: /, "");
  return {
    ...base,
    title: `${short(run)} failed`,
    cause: `Kaniko says: ${code(words)}.`,
    remedy: "See the end of the log.",
  };
}

/** What a skipped block should have made is missed later. */
function skippedBefore({ instructions, step }: Facts): string {
  const isSkipped = ({ keyword, text, line }: Facts["instructions"][number]) =>
    keyword === "RUN" && /\s<<-?\s*["']?[A-Za-z_]/.test(text) && line <= (step?.line ?? 0);
  const skipped = instructions.find(isSkipped);
  return skipped
    ? ` Mind line ${skipped.line}: Kaniko does not run what stands in a \`RUN <<…\` block, and says nothing of it.`
    : "";
}

function spaceWords({ evidence }: Facts): string | undefined {
  return evidence.log.slice(-LAST_LINES).findLast((line) => NO_SPACE.test(line));
}

/** https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_08_02 */
function hintOf(exitCode: number): string {
  if (exitCode === 127) return ", which a shell gives for a command that it cannot find";
  if (exitCode === 126) return ", which a shell gives for a file that it may not execute";
  return "";
}
