import { z } from "zod";
import { BuildId } from "../../core/build-id.ts";
import { Digest, isCachePath, PATH_COMPONENT } from "../../core/image-reference.ts";

/** It comes in the query, which is among the headers: the server's limit for those is made for it. */
const MAX_DOCKERFILE_TEXT = 8192;
const IMAGE_PATH = new RegExp(`^${component()}(?:/${component()})*$`);

/** What `POST /api/builds` takes in its query. */
export const SubmitQuery = z
  .object({
    image: z
      .string("expected the image's path")
      .regex(IMAGE_PATH, "expected a path below the registry's place, in lower case, such as apps/hello")
      .max(200)
      .describe("The image's path below the registry's place. It must lie within what the token may write."),
    tag: z
      .array(z.string().regex(/^\w[\w.-]{0,127}$/, "expected an image tag"))
      .max(20)
      .describe("A tag of the image; may stand there several times. Default: latest."),
    dockerfile: z
      .string()
      .regex(/^(?!\/)(?!(?:.*\/)?\.\.(?:\/|$))[^\\\0]+$/, "expected a path in the upload")
      .max(1024)
      .exactOptional()
      .describe("The Dockerfile's path in the upload. Default: Dockerfile."),
    dockerfileText: z
      .string()
      .min(1)
      .max(MAX_DOCKERFILE_TEXT)
      .exactOptional()
      .describe("The Dockerfile itself, in place of one in the upload. No COPY finds it."),
    target: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/, "expected the name of a stage")
      .max(128)
      .exactOptional()
      .describe("The stage to build. Default: the last."),
    arg: z
      .array(z.string().regex(/^[A-Za-z_]\w*=[\s\S]*$/, "expected NAME=VALUE"))
      .max(100)
      .describe("A build argument NAME=VALUE; may stand there several times."),
    push: z.enum(["true", "false"]).exactOptional().describe("Whether the image is pushed. Default: true."),
    cache: z
      .enum(["true", "false"])
      .exactOptional()
      .describe("Whether the layer cache is used. Default: true."),
  })
  .refine(({ image }) => !isCachePath(image), { path: ["image"], message: "is the name of a layer cache" })
  .refine(({ dockerfile, dockerfileText }) => dockerfile === undefined || dockerfileText === undefined, {
    path: ["dockerfileText"],
    message: "give either this or dockerfile",
  });
export type SubmitQuery = z.infer<typeof SubmitQuery>;

export const IdempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, "expected at most 200 characters without spaces")
  .describe("A key of your choice: the same wish sent again under it is the same build.");

const Diagnosis = z.object({
  class: z.enum(["permanent", "transient", "cancelled"]),
  code: z.string(),
  title: z.string(),
  cause: z.string(),
  remedy: z.string(),
  step: z.string().exactOptional().describe("The Dockerfile's instruction that failed."),
  line: z.int().exactOptional().describe("Its line, counted from 1."),
});

export const BuildView = z.object({
  id: BuildId,
  state: z.enum(["queued", "running", "success", "failure", "cancelled"]),
  isCancelling: z.boolean().describe("Somebody asked for its end, and it has not ended yet."),
  image: z.string(),
  contents: z.string().describe("The SHA-256 of what was sent."),
  acceptedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().exactOptional(),
  builder: z.string().exactOptional(),
  tries: z.int().exactOptional(),
  setback: z.string().exactOptional().describe("Why the last try failed, when another one follows."),
  digest: Digest.exactOptional(),
  tagged: z.array(z.string()).exactOptional().describe("The image by its tags, as nodes pull it."),
  pinned: z.string().exactOptional().describe("The image by its digest, as nodes pull it."),
  bytes: z.int().exactOptional().describe("Its compressed size."),
  diagnosis: Diagnosis.exactOptional().describe("Why there is no image."),
  links: z.object({ self: z.string(), log: z.string() }),
});
export type BuildView = z.infer<typeof BuildView>;

export const ApiError = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    remedy: z.string().exactOptional(),
  }),
});
export type ApiError = z.infer<typeof ApiError>;

function component(): string {
  return PATH_COMPONENT.source.slice(1, -1);
}
