import type { BuildPlan } from "../../builders/builder.ts";
import type { BuildRequest } from "../../core/build.ts";
import { BuildFault } from "../../core/build-fault.ts";
import type { Policy } from "../../core/policy.ts";

/** The build arguments, those whose values are secrets apart. Throws when the operator withdrew a secret meanwhile. */
export function argumentsOf(
  { image, isTrusted }: Pick<BuildRequest, "image" | "isTrusted">,
  { secrets }: Pick<Policy, "secrets">,
): Pick<BuildPlan, "args" | "secretArgs"> {
  const args: BuildPlan["args"] = {};
  const secretArgs: BuildPlan["secretArgs"] = {};
  for (const { name, value } of image.args) {
    if (typeof value === "string") args[name] = value;
    else if (isTrusted) secretArgs[name] = secretOf(value.secret);
  }
  return { args, secretArgs };

  function secretOf(name: string) {
    const secret = Object.hasOwn(secrets, name) ? secrets[name] : undefined;
    if (secret) return secret.secret;
    throw new BuildFault({
      class: "permanent",
      code: "secret-unknown",
      title: `There is no secret ${name}`,
      cause: `The operator's policy names no secret \`${name}\`.`,
      remedy: "Ask whoever runs Pushwright here for it, or leave the build argument out.",
    });
  }
}
