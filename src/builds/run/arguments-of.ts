import type { BuildPlan } from "../../builders/builder.ts";
import type { BuildRequest } from "../../core/build.ts";
import { BuildFault } from "../../core/build-fault.ts";
import { secretForBuilds } from "../../core/policy/secret-for-builds.ts";
import type { Policy } from "../../core/policy.ts";

/** The build arguments, those whose values are secrets apart. Throws when the operator withdrew a secret meanwhile. */
export function argumentsOf(
  { repository, image, isTrusted }: Pick<BuildRequest, "repository" | "image" | "isTrusted">,
  policy: Pick<Policy, "secrets">,
): Pick<BuildPlan, "args" | "secretArgs"> {
  const args: BuildPlan["args"] = {};
  const secretArgs: BuildPlan["secretArgs"] = {};
  for (const { name, value } of image.args) {
    if (typeof value === "string") args[name] = value;
    else if (isTrusted) secretArgs[name] = secretOf(value.secret);
  }
  return { args, secretArgs };

  function secretOf(name: string) {
    const secret = secretForBuilds(policy, repository, name);
    if (secret) return secret;
    throw new BuildFault({
      class: "permanent",
      code: "secret-unknown",
      title: `There is no secret ${name} for this repository`,
      cause: `The operator's policy does not give \`${name}\` to builds of this repository.`,
      remedy: "Ask whoever runs Pushwright here for it, or leave the build argument out.",
    });
  }
}
