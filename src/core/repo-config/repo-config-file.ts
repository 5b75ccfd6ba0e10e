import { z } from "zod";
import type { BuildArgument, DockerfileSource } from "../image-build.ts";
import { formatDockerfile } from "./format-dockerfile.ts";
import type { ImageSection } from "./image-section.ts";
import { ImagesSection } from "./images-section.ts";
import { mapping, oneOrMany } from "./mapping.ts";
import { TagTemplates } from "./tag-templates.ts";
import { textLike } from "./text.ts";
import { Timeout } from "./timeout.ts";
import { TriggersSection } from "./triggers-section.ts";
import { wishOf } from "./verify-section.ts";

const SkipMarker = textLike(
  /^(?!\s)(?!.*\s$)\P{Cc}{3,}$/u,
  'a text of three characters or more such as `"[skip ci]"`, in quotes',
  64,
);

const Sections = mapping(
  {
    images: ImagesSection.prefault([{}]).describe(
      "The images to build. Default: one, from `Dockerfile` at the root.",
    ),
    tags: TagTemplates.prefault([]).describe(
      "Templates of the tags that images get besides the commit's SHA. Default: the Git tag's name, if one was pushed.",
    ),
    triggers: TriggersSection.prefault({}).describe(
      "What is built: which branches, Git tags and pull requests.",
    ),
    "skip-markers": oneOrMany(SkipMarker, 'a list of texts such as `"[skip ci]"`, in quotes')
      .refine((markers) => markers.length <= 20, "expected at most 20 markers")
      .transform((markers) => markers.map((marker) => marker.toLowerCase()))
      .prefault(["[skip ci]", "[ci skip]", "[skip build]"])
      .describe("Nothing is built for a commit whose message has one of these, in any case; `[]` for none."),
    timeout: Timeout.exactOptional().describe(
      "The longest that a build may take; the operator's limit holds besides.",
    ),
    supersede: z
      .enum(["true", "false"], "expected `true` or `false`")
      .transform((text) => text === "true")
      .meta({ type: "boolean", enum: [true, false] })
      .exactOptional()
      .describe(
        "Whether a newer push ends the older builds of its branch. Default: on every branch but the default one.",
      ),
  },
  "a mapping with `images`, `triggers`, `tags`, …",
);

/** `.pushwright.yml`: what may be written in it, and what it comes to with every default filled in. */
export const RepoConfigFile = Sections.transform((file) => {
  const { branches, tags, "pull-requests": pullRequests, paths } = file.triggers;
  const images = file.images.map((image) => toImageConfig(image, file));
  return {
    images: images as [ImageConfig, ...ImageConfig[]],
    triggers: { branches, tags, pullRequests, paths },
    skipMarkers: file["skip-markers"],
    ...(file.supersede === undefined ? {} : { supersede: file.supersede }),
  };
});

type ImageConfig = ReturnType<typeof toImageConfig>;

function toImageConfig(
  { image, dockerfile, args, timeout, verify, ...section }: ImageSection,
  top: { tags: string[]; timeout?: number },
) {
  const deadlineSeconds = timeout ?? top.timeout;
  return {
    tags: top.tags,
    ...section,
    ...(image === undefined ? {} : { path: image }),
    dockerfile: locateDockerfile(dockerfile, section.context, Object.keys(args)),
    args: Object.entries(args).map(([name, value]): BuildArgument => ({ name, value })),
    ...(deadlineSeconds === undefined ? {} : { deadlineSeconds }),
    ...(verify === undefined ? {} : { verify: wishOf(verify) }),
  };
}

function locateDockerfile(
  dockerfile: ImageSection["dockerfile"],
  context: string,
  argumentNames: string[],
): DockerfileSource {
  if (typeof dockerfile === "object") return { text: formatDockerfile(dockerfile, argumentNames) };
  return { path: dockerfile ?? (context === "" ? "Dockerfile" : `${context}/Dockerfile`) };
}
