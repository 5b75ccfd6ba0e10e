import { code } from "../../diagnosis-rules/facts.ts";
import { formatDuration } from "../../format-duration.ts";
import { awaited, permanent, type Rule, type Scene } from "./scene.ts";
import { notStarted } from "./start.ts";

const SEE_LOG = "The end of its log is below";

/** A program that ended, and was not to. */
export const diagnoseEnd: Rule = (scene) => {
  const { evidence, wish, image } = scene;
  const { exitCode, reason } = evidence;
  if (reason === "OOMKilled")
    return permanent({
      code: "verify-out-of-memory",
      title: `The image ran out of memory (limit ${image.memory})`,
      cause: `The program needed more than the ${image.memory} of memory that a verified image may use, and was killed.`,
      remedy: "Let it use less, or ask whoever runs Pushwright to raise `verify.memory.limit` in the policy.",
    });
  if (exitCode === undefined) return undefined;
  if (exitCode !== 0)
    return permanent({
      code: "verify-crashed",
      title: `The image crashed: exit code ${exitCode}`,
      cause: `The program ended with exit code ${exitCode}${signalOf(exitCode)}${lastWords(scene)}. ${awaited(scene)} In a Deployment it would be started again and again (\`CrashLoopBackOff\`).`,
      remedy: `${SEE_LOG}. Often a variable or a file is missing: \`verify.env\` gives it variables.`,
    });
  const open = unseen(scene);
  return permanent({
    code: "verify-ended",
    title: "The image ended before it showed what it had to",
    cause: `The program ended with exit code 0${lastWords(scene)}. Not seen: ${open}.`,
    remedy: `${SEE_LOG}. ${wish.exits ? "See that the patterns in `verify.log` are what it prints." : "A program that is to end by itself is verified with `exit-code: 0`."}`,
  });
};

/** A program that ran, and did not show it in time. */
export const diagnoseTimeout: Rule = (scene) => {
  const { evidence, wish } = scene;
  if (evidence.reason !== "DeadlineExceeded") return undefined;
  const time = formatDuration(wish.timeoutSeconds * 1000);
  if (!evidence.hasRun)
    return permanent({
      code: "verify-not-started",
      title: `The image had not started after ${time}`,
      cause: `Its pod did not run in time${evidence.warnings.length === 0 ? "" : `: ${code(evidence.warnings.at(-1) ?? "")}`}.`,
      remedy: "A large image takes its time to pull: give it more with `verify.timeout`.",
    });
  const probe = evidence.warnings.findLast((warning) => warning.includes("probe failed"));
  return permanent({
    code: "verify-timeout",
    title: `The image did not show what it had to within ${time}`,
    cause: [
      `It ran, and was not seen to: ${unseen(scene)}.`,
      ...(probe && !evidence.isReady ? [`The last try: ${code(probe)}.`] : []),
      ...(evidence.log.length === 0
        ? ["It printed nothing."]
        : [`Its last line: ${code(evidence.log.at(-1) ?? "")}.`]),
    ].join(" "),
    remedy:
      wish.port !== undefined && !evidence.isReady
        ? `See that it listens on port ${wish.port} of all addresses (\`0.0.0.0\`), not of \`127.0.0.1\` alone; \`verify.timeout\` gives it more time.`
        : "See that the patterns in `verify.log` are what it prints, letter by letter; `verify.timeout` gives it more time.",
  });
};

/** What no rule knows. */
export function diagnoseOther({ evidence }: Scene) {
  const { reason = "Unknown", message = "", warnings } = evidence;
  return notStarted(reason, message || (warnings.at(-1) ?? ""));
}

/** What of the wish was not seen, as markdown. */
function unseen({ evidence, wish }: Scene): string {
  const { missing, isReady, exitCode, reason } = evidence;
  const isEnded = exitCode !== undefined && reason !== "DeadlineExceeded";
  const parts = [
    ...missing.map((pattern) => `show ${code(pattern)} in its log`),
    ...(wish.http !== undefined && !isReady ? [`answer ${code(wish.http)} on port ${wish.port}`] : []),
    ...(wish.port !== undefined && wish.http === undefined && !isReady ? [`open port ${wish.port}`] : []),
    ...(wish.exits && !isEnded ? ["end with exit code 0"] : []),
  ];
  return parts.length === 0 ? "stay running" : parts.join("; ");
}

function lastWords({ evidence }: Scene): string {
  const last = evidence.log.findLast((line) => line.trim() !== "");
  return last === undefined ? "" : `, after it had said ${code(last)}`;
}

/** https://tldp.org/LDP/abs/html/exitcodes.html */
function signalOf(exitCode: number): string {
  const name = { 134: "SIGABRT", 137: "SIGKILL", 139: "SIGSEGV", 143: "SIGTERM" }[exitCode];
  return name === undefined ? "" : ` (${name})`;
}
