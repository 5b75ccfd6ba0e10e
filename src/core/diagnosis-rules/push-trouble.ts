import { isPassing, type RegistryTrouble, registryTroubleIn } from "./registry-trouble.ts";

/** What only a push can meet. */
export type PushTrouble = RegistryTrouble | "immutable" | "quota" | "too-large";

/** Registries word these as they like, under 400, 403, 409, 412, 413 and 507. */
const WORDS: [PushTrouble, RegExp][] = [
  // Amazon ECR, Harbor, Google Artifact Registry, Azure's locked tags
  [
    "immutable",
    /immutab|TAG_INVALID|cannot be overwritten|overwrite an existing tag|is locked|write-protected/i,
  ],
  // Harbor, GitLab, Quay, Docker Hub, and registries with a full disk
  ["quota", /\bquota|storage limit|upper limit of|507 Insufficient Storage|no space left on device/i],
  ["too-large", /413 Request Entity Too Large|413 Payload Too Large|SIZE_INVALID/],
];

export function pushTroubleIn(words: string): PushTrouble | undefined {
  // A repository's own name may be any of these words.
  const said = words.replace(/\S*\/\S*/g, "");
  return WORDS.find(([, pattern]) => pattern.test(said))?.[0] ?? registryTroubleIn(words);
}

export function isPassingPush(trouble: PushTrouble): boolean {
  return trouble !== "immutable" && trouble !== "quota" && trouble !== "too-large" && isPassing(trouble);
}
