import { randomUUID } from "node:crypto";
import type { Readable } from "node:stream";
import type { ReceivedUpload } from "../../context/uploads/upload-store.ts";
import { BuildFault } from "../../core/build-fault.ts";
import { type BuildId, uploadBuildIdOf } from "../../core/build-id.ts";
import type { UploadBuild, UploadRequest } from "../../core/upload.ts";
import type { UploadPorts } from "./upload-ports.ts";

/** What is asked for, without what was sent. */
export type UploadWish = Pick<UploadRequest, "by" | "isPushed" | "noCache"> & {
  image: Omit<UploadRequest["image"], "deadlineSeconds">;
  /** By which the same wish, sent again, is known. */
  key?: string | undefined;
};

/** `other-wish`: the key was used for something else before. */
export type Submitted = { build: UploadBuild } | { refused: "other-wish" };

/**
 * Takes an upload and queues its build: once it resolves both are durable. Rejects with a BuildFault when the upload cannot
 * be built.
 */
export async function submitUpload(ports: UploadPorts, wish: UploadWish, body: Readable): Promise<Submitted> {
  const upload = await ports.store.receive(body);
  try {
    requireDockerfile(upload, wish.image.dockerfile);
    const request = requestOf(wish, upload.contents, ports.policy.limits.deadlineSeconds);
    // Two wishes that come at once under one key: the second must find the first's.
    return await ports.inTurn(`upload ${request.id}`, () => keep(ports, request, upload));
  } finally {
    await upload.discard();
  }
}

async function keep(
  { store, history, queue }: UploadPorts,
  request: UploadRequest,
  upload: ReceivedUpload,
): Promise<Submitted> {
  const known = await history.get(request.id);
  if (known && !isSame(known.request, request)) return { refused: "other-wish" };
  if (known?.state === "completed") return { build: known };
  if (!(await store.find(request.id))) await upload.keepFor(request.id);
  await history.add({ request, state: "queued" });
  await queue.enqueue(known?.request ?? request);
  return { build: known ?? { request, state: "queued" } };
}

function requestOf(wish: UploadWish, contents: string, deadlineSeconds: number): UploadRequest {
  const { key, image, ...others } = wish;
  return {
    ...others,
    id: idOf(wish, contents),
    contents,
    image: { ...image, deadlineSeconds },
    acceptedAt: Date.now(),
  };
}

function idOf({ key, by, image }: UploadWish, contents: string): BuildId {
  if (key !== undefined) return uploadBuildIdOf({ by, occasion: key });
  return uploadBuildIdOf({ by, contents, imagePath: image.path, occasion: randomUUID() });
}

function isSame(one: UploadRequest, other: UploadRequest): boolean {
  const wanted = ({ contents, by, image, isPushed, noCache }: UploadRequest) =>
    JSON.stringify([contents, by, { ...image, deadlineSeconds: 0 }, isPushed, noCache]);
  return wanted(one) === wanted(other);
}

function requireDockerfile({ archive }: ReceivedUpload, dockerfile: UploadWish["image"]["dockerfile"]): void {
  if ("text" in dockerfile || archive.has(dockerfile.path)) return;
  throw new BuildFault({
    class: "permanent",
    code: "missing-dockerfile",
    title: `There is no ${dockerfile.path} in the upload`,
    cause: `The upload has no file \`${dockerfile.path}\`. Its paths are those of the tar: pack the folder with \`tar -C FOLDER -czf - .\``,
    remedy: "Pack it, name another with `dockerfile`, or send one with `dockerfileText`.",
  });
}
