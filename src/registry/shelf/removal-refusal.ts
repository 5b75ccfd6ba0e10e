import { BuildFault } from "../../core/build-fault.ts";
import { code } from "../../core/diagnosis-rules/facts.ts";
import type { Fetched } from "../fetch-from.ts";

/** For a registry that does not let an image be removed. */
export function removalRefusal(
  doing: string,
  { status, body }: Pick<Fetched, "status" | "body">,
): BuildFault {
  const isPassing = status === 408 || status === 429 || status >= 500;
  const says = body.toString("utf8", 0, 500).trim();
  return new BuildFault({
    class: isPassing ? "transient" : "permanent",
    code: "removal-refused",
    title: "The registry did not remove the image",
    cause: `${doing}: it answered ${status}${says === "" ? "" : `, ${code(says)}`}.`,
    remedy: isPassing ? "Run the clean-up again later." : remedyFor(status),
  });
}

function remedyFor(status: number): string {
  if (status === 401 || status === 403)
    return "Whoever runs Pushwright has to give the bot a login that may delete there (`PUSHWRIGHT_REGISTRY_LOGIN`).";
  // https://distribution.github.io/distribution/about/configuration/#delete
  if (status === 405 || status === 400)
    return "The registry takes no deletions. In CNCF's registry, set `storage.delete.enabled: true` (`REGISTRY_STORAGE_DELETE_ENABLED=true`) and restart it; other registries have retention rules of their own.";
  return "The registry's own words above say why.";
}
