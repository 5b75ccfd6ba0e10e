import type { Builder } from "../../builders/builder.ts";
import { BuildFault } from "../../core/build-fault.ts";
import { diagnose } from "../../core/diagnose.ts";
import type { SecurityProfile } from "../../core/security-profile.ts";
import { tryProbe } from "./try-probe.ts";

/** A node whose kubelet does not know user namespaces runs the pod without: only the build itself can tell. */
const IN_NAMESPACE = "! grep -Eq '^[[:space:]]*0[[:space:]]+0[[:space:]]' /proc/self/uid_map";

/** Why the cluster does not run builds under the profile; undefined if it does. Throws when the base image is no good. */
export async function whyUnavailable(
  builder: Builder,
  profile: SecurityProfile,
  base: string,
): Promise<string | undefined> {
  const run = profile === "isolated" ? IN_NAMESPACE : "true";
  const dockerfile = `FROM ${base}\nRUN ${run}\n`;
  try {
    const outcome = await tryProbe(builder, dockerfile, {});
    if (!("evidence" in outcome)) return undefined;
    const { title, cause, code } = diagnose(outcome.evidence, dockerfile);
    if (code.startsWith("base-image") || (code === "run-failed" && profile !== "isolated"))
      throw new Error(
        `building on ${base} under ${profile}: ${title}. ${cause} \`--base IMAGE\` names one that this cluster's pods can pull and that has a shell, such as BusyBox.`,
      );
    if (code === "run-failed") return "pods that ask for a user namespace run, and get none";
    return `${title}. ${cause}`;
  } catch (error) {
    if (error instanceof BuildFault) return error.message;
    throw error;
  }
}
