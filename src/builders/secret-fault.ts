import { BuildFault } from "../core/build-fault.ts";
import type { SecretKey } from "./builder.ts";

const OPERATOR = "This is for whoever runs Pushwright here to mend";

/** A build argument's value that is not where the operator's policy says. */
export function missingSecret(
  argument: string,
  { name, key }: SecretKey,
  what: "Secret" | "key",
): BuildFault {
  const missing =
    what === "Secret" ? `there is no Secret \`${name}\`` : `Secret \`${name}\` has no key \`${key}\``;
  return new BuildFault({
    class: "permanent",
    code: "secret-missing",
    title: `The secret for build argument ${argument} is missing`,
    cause: `Its value should be under key \`${key}\` of Secret \`${name}\`, in the namespace that builds run in: ${missing}.`,
    remedy: `${OPERATOR}: make it, or correct the policy's \`secrets\`. Then build again.`,
  });
}

/** A Secret that the bot may not read: it could not keep its value out of the log. */
export function unreadableSecret(argument: string, { name }: SecretKey, cause: unknown): BuildFault {
  return new BuildFault(
    {
      class: "permanent",
      code: "secret-unreadable",
      title: `The secret for build argument ${argument} cannot be kept out of the log`,
      cause: `${cause instanceof Error ? cause.message : String(cause)}. Pushwright has to know a secret's value to strike it out of the build's log.`,
      remedy: `${OPERATOR}: let Pushwright's account \`get\` Secret \`${name}\` in the namespace that builds run in.`,
    },
    { cause },
  );
}
