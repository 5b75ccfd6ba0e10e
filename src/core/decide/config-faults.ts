import type { Asking } from "../asking.ts";
import type { Diagnosis } from "../diagnosis.ts";
import { formatCode } from "../format-code.ts";
import { CONFIG_FILE, type ConfigFault } from "../repo-config.ts";

const MAX_LISTED = 20;

/** All that is wrong with a configuration: as marks on its lines and, for whoever sees no marks, in words. */
export function diagnoseConfigFaults(
  faults: readonly ConfigFault[],
  { ref }: Pick<Asking, "ref">,
): Diagnosis {
  const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
  const listed = faults
    .slice(0, MAX_LISTED)
    .map(({ line, column, message }) => `- line ${line}, column ${column}: ${message}`);
  const more = faults.length > MAX_LISTED ? [`- and ${faults.length - MAX_LISTED} more`] : [];
  const isOfBase = ref.kind === "pull-request" && ref.pullRequest.isFork;
  const where = isOfBase ? ` of the base branch ${formatCode(ref.pullRequest.baseBranch)}` : "";
  const annotations = faults.map(({ line, column, message }) => ({
    path: CONFIG_FILE,
    line,
    column,
    title: "Configuration",
    message,
  }));
  return {
    class: "permanent",
    code: "config-faults",
    title: `${count} in ${CONFIG_FILE}`,
    cause: [`${formatCode(CONFIG_FILE)}${where} cannot be used:`, "", ...listed, ...more].join("\n"),
    remedy: isOfBase
      ? "Correct the file on the base branch: builds of forks are configured there."
      : `Correct the file and push. Locally, \`pushwright lint\` tells the same.`,
    // The lines of the base branch's file need not be those of this commit's.
    ...(isOfBase ? {} : { annotations }),
  };
}
