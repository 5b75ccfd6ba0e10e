import type { Diagnosis } from "../diagnosis.ts";
import type { Instruction } from "../dockerfile.ts";
import { code, type Facts, short, stepOf } from "./facts.ts";
import { badVariable, partStep } from "./instruction-words.ts";
import {
  formatAttempts,
  isMirrorsOnly,
  type PullAttempt,
  pullAttemptsIn,
  troubleOf,
} from "./pull-attempts.ts";
import { isPassing, type RegistryTrouble, registryHostIn, registryTroubleIn } from "./registry-trouble.ts";

const BUILDING = "error building image: ";
/** Once a stage's instructions run, a failure is no longer the base image's. */
const IN_STAGE = "error building stage: ";

const MIRRORED =
  "Whoever runs Pushwright here says in `registries` where base images are looked for first: one of these places has to have the image.";
const MAX_STAGES = 10;
const NO_NAME = /could not parse reference:\s*$/;
const VARIABLE = /^error building image: failed to process "(.+)": (.+)$/;
/** https://github.com/google/go-containerregistry/blob/v0.20.2/pkg/v1/remote/index.go */
const NO_PLATFORM = /no child with platform (\S+) in index/;
const NO_TARGET = /Error finding target stage: (.+) is not a valid target build stage$/;

/** An image that a `FROM` or a `COPY --from` names and that cannot be had, or a stage that is not there. */
export function diagnoseBaseImage(facts: Facts): Diagnosis | undefined {
  const { finalWords, evidence } = facts;
  if (!finalWords.startsWith(BUILDING) || finalWords.includes(IN_STAGE)) return undefined;
  const [, target] = NO_TARGET.exec(finalWords) ?? [];
  if (target !== undefined) return unknownTarget(target, facts.instructions);
  if (NO_NAME.test(finalWords)) return noName(facts.instructions);
  const [, part, why = ""] = VARIABLE.exec(finalWords) ?? [];
  if (part !== undefined) return { class: "permanent", ...badVariable(part, why), ...partStep(facts, part) };
  const { image } = evidence;
  if (image === undefined) return undefined;
  const user = userOf(facts.instructions, image);
  const place = user ? stepOf(user) : {};
  if (user?.keyword === "COPY" && /^[\w-]+$/.test(image)) return { ...unknownStage(image), ...place };
  if (finalWords.includes("could not parse reference")) return { ...badReference(image), ...place };
  const [, platform] = NO_PLATFORM.exec(finalWords) ?? [];
  if (platform !== undefined) return { ...noPlatform(image, platform), ...place };
  const attempts = pullAttemptsIn(evidence.log, image);
  const words = finalWords.slice(BUILDING.length);
  const found = isMirrorsOnly(words)
    ? unmirrored(image, attempts)
    : withAttempts(unavailable(image, registryTroubleIn(words), words), attempts);
  return found && { ...found, ...place };
}

/** A `FROM` whose variables have no value. */
function noName(instructions: readonly Instruction[]): Diagnosis {
  const froms = instructions.filter(({ keyword, text }) => keyword === "FROM" && text.includes("$"));
  return {
    class: "permanent",
    code: "base-image-name-empty",
    title: "A FROM names no image",
    cause: "The variable that stands for the base image's name has no value.",
    remedy:
      "Give the `ARG` before the first `FROM` a default value, or a value among the image's `args` in `.pushwright.yml`.",
    ...(froms[0] && froms.length === 1 ? stepOf(froms[0]) : {}),
  };
}

function noPlatform(image: string, platform: string): Diagnosis {
  return {
    class: "permanent",
    code: "base-image-platform",
    title: `Base image ${short(image)} is not there for ${platform}`,
    cause: `The registry has ${code(image)}, but not for ${code(platform)}.`,
    remedy:
      "Use a base image for that platform, or correct `--platform` or the image's `platform` in `.pushwright.yml`.",
  };
}

/** The instruction that names the image, if it does so literally. */
function userOf(instructions: readonly Instruction[], image: string): Instruction | undefined {
  const words = ({ text }: Instruction) => text.split(/\s+/);
  const from = instructions.find((each) => each.keyword === "FROM" && words(each).includes(image));
  const copy = instructions.find(
    (each) =>
      each.keyword === "COPY" &&
      words(each).some((word) => word.toLowerCase() === `--from=${image}`.toLowerCase()),
  );
  return copy ?? from;
}

function unknownStage(name: string): Diagnosis {
  return {
    class: "permanent",
    code: "unknown-stage",
    title: `There is no build stage named ${name}`,
    cause: `The Dockerfile copies from ${code(name)}, but no earlier \`FROM … AS ${name}\` makes such a stage, and no image of that name could be pulled.`,
    remedy: "Correct the name after `--from=`, or name the stage with `AS`.",
  };
}

function unknownTarget(target: string, instructions: readonly Instruction[]): Diagnosis {
  const stages = instructions.flatMap(({ keyword, text }) => {
    const [, name] = (keyword === "FROM" && /\sAS\s+(\S+)$/i.exec(text)) || [];
    return name === undefined ? [] : [code(name)];
  });
  const has = stages.length === 0 ? "" : ` It has ${stages.slice(0, MAX_STAGES).join(", ")}.`;
  return {
    class: "permanent",
    code: "unknown-target",
    title: `There is no build stage named ${short(target)}`,
    cause: `The image is to be built up to the stage ${code(target)}, and no \`FROM\` of the Dockerfile has that name.${has}`,
    remedy: "Correct the image's `target` in `.pushwright.yml`, or name the stage with `AS`.",
  };
}

function badReference(image: string): Diagnosis {
  return {
    class: "permanent",
    code: "base-image-not-found",
    title: `${short(image)} is no image's name`,
    cause: `The Dockerfile starts from ${code(image)}, which cannot be read as an image reference.`,
    remedy: "Correct the name: `[registry/]repository[:tag]`, in lower case.",
  };
}

/** Only mirrors were asked. */
function unmirrored(image: string, attempts: readonly PullAttempt[]): Diagnosis {
  const trouble = troubleOf(attempts) ?? "not-found";
  const { code: name, title } = wordsFor(trouble, image, "the mirror", "");
  return {
    class: isPassing(trouble) ? "transient" : "permanent",
    code: name,
    title,
    cause: [
      `No mirror gave ${code(image)} to the build, and base images come from mirrors alone:`,
      "",
      formatAttempts(attempts),
    ].join("\n"),
    remedy: `${isPassing(trouble) ? "The build is tried again. " : ""}${MIRRORED}`,
  };
}

function withAttempts(
  diagnosis: Diagnosis | undefined,
  attempts: readonly PullAttempt[],
): Diagnosis | undefined {
  if (!diagnosis || attempts.length === 0) return diagnosis;
  const mayPass = attempts.some(({ trouble }) => trouble !== undefined && isPassing(trouble));
  return {
    ...diagnosis,
    ...(mayPass ? { class: "transient" } : {}),
    cause: [
      diagnosis.cause,
      "",
      "Before that, it was asked for elsewhere:",
      "",
      formatAttempts(attempts),
    ].join("\n"),
    remedy: `${mayPass && diagnosis.class === "permanent" ? "The build is tried again. " : ""}${diagnosis.remedy} ${MIRRORED}`,
  };
}

function unavailable(
  image: string,
  trouble: RegistryTrouble | undefined,
  words: string,
): Diagnosis | undefined {
  if (!trouble) return undefined;
  const host = registryHostIn(words) ?? "the registry";
  const says = `Kaniko says: ${code(words)}`;
  return { class: isPassing(trouble) ? "transient" : "permanent", ...wordsFor(trouble, image, host, says) };
}

function wordsFor(
  trouble: RegistryTrouble,
  image: string,
  host: string,
  says: string,
): Pick<Diagnosis, "code" | "title" | "cause" | "remedy"> {
  const unreachable = (why: string, remedy: string) => ({
    code: "base-image-unreachable",
    title: `Base image ${short(image)} cannot be reached`,
    cause: `${why} ${says}`,
    remedy,
  });
  switch (trouble) {
    case "not-found":
      return {
        code: "base-image-not-found",
        title: `Base image ${short(image)} does not exist`,
        cause: `Registry ${code(host)} has no image ${code(image)}. ${says}`,
        remedy: "Correct the image's name or tag in the Dockerfile, or push the base image first.",
      };
    case "unauthorized":
    case "denied":
      return {
        code: "base-image-denied",
        title: `Base image ${short(image)} may not be pulled`,
        cause: `Registry ${code(host)} does not give ${code(image)} to builds: it is private, or there is no such image. ${says}`,
        remedy:
          "Correct the image's name, or ask whoever runs Pushwright to give builds a login for that registry.",
      };
    case "rate-limited":
      return unreachable(
        `Registry ${code(host)} gives out no more images for now.`,
        "The build is tried again. A mirror, or a login for that registry, would help for good.",
      );
    case "dns":
      return unreachable(
        `The name ${code(host)} is not known inside the cluster.`,
        "Correct the registry's name, or use a base image from a registry that the cluster can reach.",
      );
    case "tls":
      return unreachable(
        `Registry ${code(host)} shows a certificate that builds do not trust.`,
        "Ask whoever runs Pushwright to name its certificate authority: in `PUSHWRIGHT_REGISTRY_CA` if images are pushed to this registry, else as its `ca` in `registries`.",
      );
    case "plain-http":
      return unreachable(
        `Registry ${code(host)} speaks plain HTTP, and builds expect HTTPS.`,
        "Ask whoever runs Pushwright to allow that: with `PUSHWRIGHT_REGISTRY_INSECURE=true` if images are pushed to this registry, else with its `insecure: true` in `registries`.",
      );
    case "server-error":
      return unreachable(`Registry ${code(host)} has trouble of its own.`, "The build is tried again.");
    case "unreachable":
      return unreachable(
        `Registry ${code(host)} does not answer.`,
        "The build is tried again. Should that not help, see whether the registry runs and whether the cluster may reach it.",
      );
  }
}
