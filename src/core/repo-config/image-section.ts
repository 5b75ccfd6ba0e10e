import { z } from "zod";
import { CACHE_COMPONENT, isCachePath, PATH_COMPONENT } from "../image-reference.ts";
import { ClassName } from "../placement.ts";
import { DockerfileSection } from "./dockerfile-section.ts";
import { mapping } from "./mapping.ts";
import { PathFilter } from "./path-filter.ts";
import { RepositoryFile, RepositoryFolder } from "./repository-path.ts";
import { ResourcesSection } from "./resources-section.ts";
import { TagTemplates } from "./tag-templates.ts";
import { PlainValue, textLike, VariableName } from "./text.ts";
import { Timeout } from "./timeout.ts";
import { VerifySection } from "./verify-section.ts";

const CACHE_NAME = `expected another name than \`${CACHE_COMPONENT}\`, which is the layer cache's`;
const ImageName = textLike(
  PATH_COMPONENT,
  "a name of `a-z` and `0-9`, with `.`, `_` or `-` between them, such as `api`",
  64,
).refine((name) => !isCachePath(name), CACHE_NAME);
const ImagePath = textLike(
  new RegExp(`^${componentSource()}(?:/${componentSource()})*$`),
  "a path below the registry's place, in lower case and without a tag, such as `acme/shop/api`",
  200,
).refine((path) => !isCachePath(path), CACHE_NAME);
const StageName = textLike(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/, "the name of a stage of the Dockerfile", 128);
const SecretName = textLike(
  /^[A-Za-z0-9][A-Za-z0-9_.-]*$/,
  "the name of a secret that the operator keeps",
  63,
);
const ArgumentValue = z.union([
  PlainValue,
  mapping({ secret: SecretName.describe("The operator's name for the secret.") }, "`{ secret: name }`"),
]);
const LabelKey = textLike(
  /^[A-Za-z0-9][A-Za-z0-9_./-]*$/,
  "a label's key such as `org.opencontainers.image.title`",
  128,
);
// https://go.dev/doc/install/source#environment lists what Linux runs on.
const Platform = textLike(
  /^linux\/(?:386|amd64|arm|arm64|loong64|mips|mips64|mips64le|mipsle|ppc64|ppc64le|riscv64|s390x)(?:\/v\d{1,2})?$/,
  "a platform such as `linux/amd64` or `linux/arm/v7`",
  32,
);

/** One image of a repository, as it is written. */
export const ImageSection = mapping(
  {
    name: ImageName.exactOptional().describe(
      "What commands and checks call the image: `pushwright / api`. Needed when there are several.",
    ),
    image: ImagePath.exactOptional().describe(
      "The image's path below the operator's registry. Default: `<owner>/<repository>`, and `/<name>` if it has a name.",
    ),
    context: RepositoryFolder.prefault(".").describe("The folder that is the build context."),
    dockerfile: z
      .union([RepositoryFile, DockerfileSection])
      .exactOptional()
      .describe(
        "The Dockerfile's path from the repository's root, or, for an image that needs little, what stands in it. Default: `Dockerfile` in `context`.",
      ),
    target: StageName.exactOptional().describe("The stage to build. Default: the last."),
    args: z
      .record(VariableName, ArgumentValue, "expected a mapping of names to values")
      .prefault({})
      .describe("Build arguments: a value, or `{ secret: name }` for one that the operator holds."),
    labels: z
      .record(LabelKey, PlainValue, "expected a mapping of keys to values")
      .prefault({})
      .describe("Labels of the image, beyond the usual ones."),
    platform: Platform.exactOptional().describe(
      "What the image runs on. Default: what the node is that builds it.",
    ),
    tags: TagTemplates.exactOptional().describe("Templates of tags, in place of those at the top."),
    paths: PathFilter.describe(
      "Build the image only when such files changed: globs, or `include` and `ignore`.",
    ),
    timeout: Timeout.exactOptional().describe(
      "The longest that the build may take, in place of the one at the top.",
    ),
    class: ClassName.exactOptional().describe(
      "The kind of build, by the operator's name for it: on which nodes it runs, and with how much at most. Default: the usual one.",
    ),
    resources: ResourcesSection.exactOptional().describe(
      "How much the build asks for. More than its class allows is cut to that. Default: what the class has.",
    ),
    verify: VerifySection.exactOptional().describe(
      "What the pushed image has to show when it is run. Default: it is not run.",
    ),
  },
  "an image: a mapping with `name`, `context`, `dockerfile`, …",
).superRefine(
  ({ target, dockerfile }, { addIssue }) => {
    if (target !== undefined && typeof dockerfile === "object")
      addIssue({
        code: "custom",
        path: ["target"],
        message: "a Dockerfile that is written out here has one stage, and no other can be built",
      });
  },
  { when: isObject },
);
export type ImageSection = z.output<typeof ImageSection>;

/** Beside other faults too, so that all are told at once. */
function isObject({ value }: z.core.ParsePayload): boolean {
  return typeof value === "object" && value !== null;
}

function componentSource(): string {
  return PATH_COMPONENT.source.slice(1, -1);
}
