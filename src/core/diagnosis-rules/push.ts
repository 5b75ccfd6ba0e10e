import type { Diagnosis } from "../diagnosis.ts";
import { code, type Facts } from "./facts.ts";
import { isPassingPush, type PushTrouble, pushTroubleIn } from "./push-trouble.ts";
import { registryHostIn } from "./registry-trouble.ts";

const PUSHING = /^error (?:checking push permissions|pushing image)\b/;
const OPERATOR = "This is for whoever runs Pushwright here to mend";
const AGAIN = "The build is tried again. Should that not help";

/** A registry that does not take the image. Kaniko asks it before it builds. */
export function diagnosePush({ finalWords }: Facts): Diagnosis | undefined {
  if (!PUSHING.test(finalWords)) return undefined;
  // Kaniko's advice about tags and logins comes first, the reason last.
  const reason = finalWords.replace(/^.*?(?=checking push permission for|failed to push)/, "");
  const trouble = pushTroubleIn(reason);
  const { cause, ...words } = wordsFor(trouble, registryHostIn(finalWords) ?? "the registry");
  return {
    class: trouble !== undefined && isPassingPush(trouble) ? "transient" : "permanent",
    ...words,
    cause: `${cause} Kaniko says: ${code(reason)}`,
  };
}

function wordsFor(trouble: PushTrouble | undefined, host: string): Omit<Diagnosis, "class"> {
  const registry = `Registry ${code(host)}`;
  const refused = (name: string, cause: string, remedy: string) => ({
    code: name,
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
        "push-unauthorized",
        `${registry} wants a login (401), or does not take the one that builds have.`,
        "give builds a login for it, or mend the one they have: it may have expired.",
      );
    case "denied":
      return refused(
        "push-forbidden",
        `${registry} knows the login and does not let it push there (403).`,
        "let the login push to this repository, and see whether the registry wants repositories to be made first.",
      );
    case "not-found":
      return refused(
        "push-repository-missing",
        `${registry} has no such repository, and makes none by itself.`,
        "make the repository in the registry, or the project that it is to be in, or correct `PUSHWRIGHT_REGISTRY_PUSH`.",
      );
    case "immutable":
      return refused(
        "push-tag-immutable",
        `${registry} has the image tag already, and lets nobody change where it leads.`,
        "a commit that is built again comes with the same image tag: let the registry except these tags from what cannot be changed, or remove the tag there before the commit is built again.",
      );
    case "quota":
      return refused(
        "push-quota-exceeded",
        `${registry} has no more room for images of this repository.`,
        "raise the quota in the registry, or remove images that nobody needs from it.",
      );
    case "too-large":
      return refused(
        "push-too-large",
        `${registry}, or what stands before it, does not take a layer of that size (413).`,
        "raise the limit of what stands before the registry, such as an ingress's `proxy-body-size`.",
      );
    case "rate-limited":
      return {
        code: "push-rate-limited",
        title: `Registry ${host} takes no more images for now`,
        cause: `${registry} was asked too often (429).`,
        remedy: `${AGAIN}, fewer builds at once (\`PUSHWRIGHT_CONCURRENCY\`), or more requests allowed by the registry, will.`,
      };
    case "dns":
      return unreachable(
        `The name ${code(host)} is not known inside the cluster.`,
        `${OPERATOR}: correct \`PUSHWRIGHT_REGISTRY_PUSH\`; it must be the registry's name as build pods know it.`,
      );
    case "tls":
      return unreachable(
        `${registry} shows a certificate that builds do not trust.`,
        `${OPERATOR}: name the registry's certificate authority in \`PUSHWRIGHT_REGISTRY_CA\`.`,
      );
    case "plain-http":
      return unreachable(
        `${registry} speaks plain HTTP, and builds expect HTTPS.`,
        `${OPERATOR}: set \`PUSHWRIGHT_REGISTRY_INSECURE=true\` if that is meant.`,
      );
    case "unreachable":
    case "server-error":
      return unreachable(
        `${registry} does not answer as it should.`,
        `${AGAIN}, see whether the registry runs and has space left.`,
      );
    case undefined:
      return refused("push-refused", "The registry did not take the image.", "the words above say why.");
  }
}
