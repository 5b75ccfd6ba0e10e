import type { Diagnosis } from "../diagnosis.ts";
import { code, type Facts } from "./facts.ts";
import { isPassing, type RegistryTrouble, registryTroubleIn } from "./registry-trouble.ts";

export const IMAGE_REASONS = [
  "ErrImagePull",
  "ImagePullBackOff",
  "InvalidImageName",
  "ErrImageNeverPull",
  "RegistryUnavailable",
];

/** The executor's own image, or that of the proxy beside it, which the node cannot pull. */
export function builderImage({ evidence }: Facts): Diagnosis {
  const { reason, message = "", warnings, part } = evidence;
  const pull = warnings.findLast((warning) => warning.includes("Failed to pull image"));
  const why = pull ?? `${reason}: ${message}`;
  const trouble = troubleIn(why);
  const setting = part === "registry-proxy" ? "`PUSHWRIGHT_PROXY_IMAGE`" : "`PUSHWRIGHT_KANIKO_IMAGE`";
  const [cause, remedy] = reason === "InvalidImageName" ? invalid(setting) : wordsFor(trouble, setting);
  return {
    class: trouble !== undefined && isPassing(trouble) ? "transient" : "permanent",
    code: "builder-image-unavailable",
    title:
      part === "registry-proxy"
        ? "The image of the registry's proxy cannot be pulled"
        : "The image that builds images cannot be pulled",
    cause: `The node cannot pull ${part === "registry-proxy" ? "the image that holds the registry's login beside a build" : "Kaniko's own image"}: ${cause}. ${code(why)}`,
    remedy: `This is for whoever runs Pushwright here to mend: ${remedy}. Nothing is wrong with the Dockerfile.`,
  };
}

/** containerd's words besides those of Kaniko's library: https://github.com/containerd/containerd/tree/v2.1.4/core/remotes/docker */
function troubleIn(why: string): RegistryTrouble | undefined {
  if (/pull access denied|insufficient_scope|authorization failed/.test(why)) return "denied";
  return (
    registryTroubleIn(why) ??
    (/: not found|manifest unknown|no match for platform/.test(why) ? "not-found" : undefined)
  );
}

type Words = readonly [cause: string, remedy: string];

function invalid(setting: string): Words {
  return [
    "its name is none that an image can have",
    `${setting} has to name an image, such as registry/repository:tag`,
  ];
}

function wordsFor(trouble: RegistryTrouble | undefined, setting: string): Words {
  const login = `give the service account of build pods an image pull secret, or let ${setting} name an image that everybody may pull`;
  switch (trouble) {
    case "not-found":
      return [
        "the registry has no such image, or none for the node's processor",
        `${setting} must name one that is there`,
      ];
    case "unauthorized":
      return ["its registry wants a login (401)", login];
    case "denied":
      return ["its registry does not give it to nodes: it is private, or there is no such image", login];
    case "rate-limited":
      return [
        "its registry gives out no more images for now",
        `let ${setting} name a copy in a registry of your own`,
      ];
    case "dns":
      return [
        "the node does not know the registry's name",
        `correct ${setting}, or the node's DNS; without a way to the internet, copy the image to a registry that nodes reach`,
      ];
    case "unreachable":
      return [
        "the registry did not answer the node",
        `see whether it runs and whether nodes may reach it, or let ${setting} name a copy elsewhere`,
      ];
    case "server-error":
      return ["its registry has trouble of its own", "see how the registry is"];
    case "tls":
      return [
        "its registry shows a certificate that the node does not trust",
        "give the node's container runtime the registry's certificate authority",
      ];
    case "plain-http":
      return [
        "its registry speaks plain HTTP, and the node expects HTTPS",
        "tell the node's container runtime that the registry speaks plain HTTP",
      ];
    case undefined:
      return ["its words say why", `${setting} must name an image that the cluster's nodes can pull`];
  }
}
