import type { Diagnosis } from "../diagnosis.ts";
import type { BuildRights } from "../rights/build-rights.ts";
import { decideWayOut, type WayOut } from "../rights/decide-way-out.ts";
import { missingRightIn, type Right } from "../rights/missing-right.ts";
import { code, type Facts, short } from "./facts.ts";
import { userAt } from "./user-at.ts";

const OPERATOR = "This is for whoever runs Pushwright here to decide";
const IN_STAGE = "error building stage: ";
const RUN_ENDED = "waiting for process to exit: exit status";
/** How a shell says that a file is not executable: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_08_02 */
const NOT_EXECUTABLE = 126;
/** A command may say more after it was refused. */
const LAST_LINES = 10;

/** A build that wanted more than its security profile lets it do. */
export function diagnoseMissingRight(facts: Facts): Diagnosis | undefined {
  const { evidence, finalWords } = facts;
  const { rights } = evidence;
  if (!rights || !finalWords.includes(IN_STAGE)) return undefined;
  const isRun = finalWords.includes(RUN_ENDED);
  for (const words of isRun ? wordsOfRun(facts) : [finalWords]) {
    const right = missingRightIn(words);
    const wayOut = right && decideWayOut(right, rights);
    if (right && wayOut) return lacking(facts, rights, { right, wayOut, words, isCertain: !isRun });
  }
  return undefined;
}

/** What a RUN said at its end, if it ran as root: other users are refused things for good reasons. */
function wordsOfRun({ evidence, finalWords, instructions, step }: Facts): string[] {
  const { log, exitCode } = evidence;
  const isRoot = /^(?:root|0)?(?::|$)/.test(userAt(instructions, step?.line) ?? "");
  if (!isRoot || exitCode === NOT_EXECUTABLE) return [];
  const said = log.slice(0, log.lastIndexOf(finalWords));
  const began = said.findLastIndex((line) => line.startsWith("Running: ["));
  return said
    .slice(began + 1)
    .slice(-LAST_LINES)
    .reverse();
}

type Lack = { right: Right; wayOut: WayOut; words: string; isCertain: boolean };

function lacking({ step }: Facts, rights: BuildRights, { right, wayOut, words, isCertain }: Lack): Diagnosis {
  const what = step?.step === undefined ? "The build" : short(step.step);
  const says = code(words.replace(/^error building image: error building stage: /, ""));
  const likely = isCertain ? "" : " most likely";
  return {
    class: "permanent",
    code: "missing-right",
    title: `${what} needs a right that builds do not have here${isCertain ? "" : ", most likely"}`,
    cause: `It was refused: ${says}. Builds run under the security profile \`${rights.profile}\`, and what was${likely} lacking is ${nameOf(right)}.`,
    remedy: `${OPERATOR}: ${formatWayOut(wayOut, isCertain)}. Or let the Dockerfile do without it.`,
    ...step,
  };
}

function nameOf(right: Right): string {
  if (right === "node") return "a right over the node itself, which no single capability gives";
  if (right === "owners") return "a number for that owner: a user namespace has those up to 65535";
  return `the capability \`${right}\``;
}

function formatWayOut(wayOut: WayOut, isCertain: boolean): string {
  const would = isCertain ? "would have let it pass" : "would most likely have let it pass";
  if ("profiles" in wayOut) {
    const names = wayOut.profiles.map((profile) => `\`${profile}\``).join(" or ");
    const price = wayOut.profiles.includes("privileged")
      ? ", and would hand the node to whoever can push"
      : "";
    return `the profile ${names} (\`security\` in the policy) ${would}${price}`;
  }
  const { profile, capability } = wayOut;
  return `\`capabilities: [${capability}]\` in the policy, under the profile \`${profile}\`, ${would}`;
}
