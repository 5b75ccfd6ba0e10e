import { z } from "zod";
import { BuildFault } from "../core/build-fault.ts";
import { code } from "../core/diagnosis-rules/facts.ts";
import type { Digest } from "../core/image-reference.ts";
import type { Fetched } from "./fetch-from.ts";

const OPERATOR = "This is for whoever runs Pushwright here to mend";

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes */
const RegistryErrors = z.object({
  errors: z.array(z.object({ code: z.string().default(""), message: z.string().default("") })).min(1),
});

/** The registry has no such image to give a tag to. */
export function missingImage(path: string, digest: Digest): BuildFault {
  return new BuildFault({
    class: "permanent",
    code: "image-missing",
    title: "There is no such image in the registry",
    cause: `The registry has no image ${code(`${path}@${digest}`)}: it was removed, or never pushed there.`,
    remedy: "Build the commit again.",
  });
}

/** For a registry that does not let an image have a tag. */
export function tagRefusal(doing: string, { status, body }: Pick<Fetched, "status" | "body">): BuildFault {
  const says = saidBy(body);
  const isPassing = status === 408 || status === 429 || status >= 500;
  return new BuildFault({
    class: isPassing ? "transient" : "permanent",
    code: "tag-refused",
    title: "The registry did not take the tag",
    cause: `${doing}: it answered ${status}${says === "" ? "" : `, ${code(says)}`}.`,
    remedy: isPassing ? "This is tried again by itself." : remedyFor(status, says),
  });
}

function remedyFor(status: number, says: string): string {
  // Each registry has its own answer to that: Harbor 412, Amazon's and Google's 400, Quay's 409, others 405.
  if (status !== 401 && /immutab|already exists|cannot be overwritten/i.test(says))
    return "The registry lets a tag be set once only. Use a tag of its own for each image, or let the registry's owner make this tag changeable.";
  if (status === 401 || status === 403)
    return `${OPERATOR}: the bot sets tags, so its own login (\`PUSHWRIGHT_REGISTRY_LOGIN\`) has to be allowed to push there.`;
  if (status === 404)
    return `${OPERATOR}: see that \`PUSHWRIGHT_REGISTRY_API\` names the registry's own place, with its prefix, and not a mirror.`;
  if (status === 405)
    return "The registry takes no such changes: it is a read-only mirror, or its tags cannot be set anew.";
  return "The registry's own words above say why.";
}

/** The registry's own error code and message. */
function saidBy(body: Buffer): string {
  const text = body.toString("utf8", 0, 4096).trim();
  try {
    const { errors } = RegistryErrors.parse(JSON.parse(body.toString("utf8")));
    return errors.map((error) => [error.code, error.message].filter(Boolean).join(": ")).join("; ");
  } catch {
    return text;
  }
}
