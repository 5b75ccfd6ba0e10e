import type { Asking } from "../asking.ts";
import type { Diagnosis } from "../diagnosis.ts";
import { formatCode } from "../format-code.ts";
import type { ImageBuild } from "../image-build.ts";
import { allowsImagePath } from "../policy/allows-image-path.ts";
import { classForBuilds } from "../policy/class-for-builds.ts";
import { secretForBuilds } from "../policy/secret-for-builds.ts";
import type { Policy } from "../policy.ts";
import { formatRepository } from "../repository.ts";

/** Why an image must not be built as the configuration has it; undefined when it may. */
export function findRefusal(
  image: ImageBuild,
  { repository }: Pick<Asking, "repository">,
  policy: Policy,
  isTrusted: boolean,
): Diagnosis | undefined {
  if (!allowsImagePath(policy, repository, image.path)) return forbiddenPath(image.path, repository);
  if (!classForBuilds(policy, repository, image.class))
    return forbiddenClass(image.class ?? "", formatRepository(repository));
  const secrets = image.args.flatMap(({ name, value }) =>
    typeof value === "string" ? [] : [{ argument: name, secret: value.secret }],
  );
  const [wanted] = secrets;
  if (wanted && !isTrusted) return secretInFork(wanted.argument, wanted.secret);
  const forbidden = secrets.find(({ secret }) => secretForBuilds(policy, repository, secret) === undefined);
  return forbidden && forbiddenSecret(forbidden.argument, forbidden.secret, formatRepository(repository));
}

function forbiddenPath(path: string, repository: Asking["repository"]): Diagnosis {
  const name = formatRepository(repository);
  return {
    class: "permanent",
    code: "image-path-forbidden",
    title: "The image may not be pushed to its path",
    cause: `The operator's policy does not let ${formatCode(name)} push to ${formatCode(path)}.`,
    remedy: `Leave out \`path\`, so that the image goes below the repository's own name, or ask the operator to add the path to \`images\` in the policy.`,
  };
}

function forbiddenClass(name: string, repository: string): Diagnosis {
  return {
    class: "permanent",
    code: "class-forbidden",
    title: "The image's class is not there for this repository",
    cause: `The operator's policy has no class ${formatCode(name)} that builds of ${formatCode(repository)} may have.`,
    remedy:
      "Correct `class`, leave it out, or ask the operator to add it, or the repository, to `classes` in the policy.",
  };
}

function forbiddenSecret(argument: string, secret: string, repository: string): Diagnosis {
  return {
    class: "permanent",
    code: "secret-forbidden",
    title: `The secret of the build argument ${argument} is not there for this repository`,
    cause: `The operator's policy has no secret ${formatCode(secret)} that builds of ${formatCode(repository)} may have.`,
    remedy:
      "Correct the secret's name, or ask the operator to add it, or the repository, to `secrets` in the policy.",
  };
}

function secretInFork(argument: string, secret: string): Diagnosis {
  return {
    class: "permanent",
    code: "secret-in-fork",
    title: `Not built: the build argument ${argument} is a secret, and builds of forks get none`,
    cause: `The image is built with the secret ${formatCode(secret)}. Whoever wrote this commit could read it in the build.`,
    remedy:
      "Somebody with write access who has read the changes can push the commit to a branch of this repository: there it is built with the secret.",
  };
}
