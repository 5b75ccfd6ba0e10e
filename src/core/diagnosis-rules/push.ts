import type { Diagnosis } from "../diagnosis.ts";
import { code, type Facts } from "./facts.ts";
import { isPassing, type RegistryTrouble, registryHostIn, registryTroubleIn } from "./registry-trouble.ts";

const PUSHING = /^error (?:checking push permissions|pushing image)\b/;
const OPERATOR = "This is for whoever runs Pushwright here to mend";

/** A registry that does not take the image. Kaniko asks it before it builds. */
export function diagnosePush({ finalWords }: Facts): Diagnosis | undefined {
  if (!PUSHING.test(finalWords)) return undefined;
  const trouble = registryTroubleIn(finalWords);
  const host = registryHostIn(finalWords) ?? "the registry";
  // Kaniko's advice about tags and logins comes first, the reason last.
  const says = `Kaniko says: ${code(finalWords.replace(/^.*?(?=checking push permission for|failed to push)/, ""))}`;
  const { title, cause, remedy, code: name } = wordsFor(trouble, host);
  return {
    class: trouble !== undefined && isPassing(trouble) ? "transient" : "permanent",
    code: name,
    title,
    cause: `${cause} ${says}`,
    remedy,
  };
}

function wordsFor(trouble: RegistryTrouble | undefined, host: string): Omit<Diagnosis, "class"> {
  const refused = (cause: string, remedy: string) => ({
    code: "push-refused",
    title: `Registry ${host} refuses the image`,
    cause,
    remedy: `${OPERATOR}: ${remedy}`,
  });
  const unreachable = (cause: string, remedy: string) => ({
    code: "push-unreachable",
    title: `Registry ${host} cannot be pushed to`,
    cause,
    remedy,
  });
  switch (trouble) {
    case "unauthorized":
      return refused(
        `Registry ${code(host)} wants a login (401).`,
        "give builds a login for it, or mend the one they have.",
      );
    case "denied":
      return refused(
        `Registry ${code(host)} knows the login and does not let it push there (403).`,
        "let the login push to this repository, and see whether the registry wants repositories to be made first.",
      );
    case "dns":
      return unreachable(
        `The name ${code(host)} is not known inside the cluster.`,
        `${OPERATOR}: correct \`PUSHWRIGHT_REGISTRY_PUSH\`; it must be the registry's name as build pods know it.`,
      );
    case "tls":
      return unreachable(
        `Registry ${code(host)} shows a certificate that builds do not trust.`,
        `${OPERATOR}: name the registry's certificate authority in \`PUSHWRIGHT_REGISTRY_CA\`.`,
      );
    case "plain-http":
      return unreachable(
        `Registry ${code(host)} speaks plain HTTP, and builds expect HTTPS.`,
        `${OPERATOR}: set \`PUSHWRIGHT_REGISTRY_INSECURE=true\` if that is meant.`,
      );
    case "unreachable":
    case "server-error":
    case "rate-limited":
      return unreachable(
        `Registry ${code(host)} does not answer as it should.`,
        "The build is tried again. Should that not help, see whether the registry runs and has space left.",
      );
    default:
      return refused("The registry did not take the image.", "the words above say why.");
  }
}
