import { registryApi } from "./image-names.ts";
import { type Layer, sha256 } from "./pack-layer.ts";

export type ImageConfig = { Env?: string[]; Entrypoint?: string[]; Cmd?: string[]; WorkingDir?: string };

const manifestType = "application/vnd.oci.image.manifest.v1+json";
/** Holds what an image was made of, so that the next start sees whether it is still the right one. */
const inputsAnnotation = "dev.pushwright.inputs";

/** Pushes an image of one layer, in the format of https://github.com/opencontainers/image-spec */
export async function pushImage(
  repository: string,
  inputs: string,
  layer: Layer,
  config: ImageConfig,
): Promise<void> {
  const architecture = process.arch === "x64" ? "amd64" : process.arch;
  const description = Buffer.from(
    JSON.stringify({
      architecture,
      os: "linux",
      config,
      rootfs: { type: "layers", diff_ids: [layer.diffId] },
      history: [{ created_by: "test/local-cluster" }],
    }),
  );
  const name = nameOf(repository);
  await pushBlob(name, description, sha256(description));
  await pushBlob(name, layer.blob, layer.digest);
  const manifest = {
    schemaVersion: 2,
    mediaType: manifestType,
    config: {
      mediaType: "application/vnd.oci.image.config.v1+json",
      digest: sha256(description),
      size: description.length,
    },
    layers: [
      {
        mediaType: "application/vnd.oci.image.layer.v1.tar+gzip",
        digest: layer.digest,
        size: layer.blob.length,
      },
    ],
    annotations: { [inputsAnnotation]: inputs },
  };
  await call(manifestUrl(repository), "PUT", JSON.stringify(manifest), manifestType);
}

/** Whether the registry has this image, made of the same things. */
export async function isPushed(repository: string, inputs: string): Promise<boolean> {
  const answer = await fetch(manifestUrl(repository), { headers: { accept: manifestType } });
  const manifest = (await answer.json()) as { annotations?: Record<string, string> };
  return answer.ok && manifest.annotations?.[inputsAnnotation] === inputs;
}

async function pushBlob(name: string, data: Buffer, digest: string): Promise<void> {
  const known = await fetch(`${registryApi}/v2/${name}/blobs/${digest}`, { method: "HEAD" });
  if (known.ok) return;
  const begun = await call(`${registryApi}/v2/${name}/blobs/uploads/`, "POST");
  const upload = new URL(begun.headers.get("location") ?? "", registryApi);
  upload.searchParams.set("digest", digest);
  await call(upload.href, "PUT", data, "application/octet-stream");
}

async function call(url: string, method: string, body?: Buffer | string, type?: string): Promise<Response> {
  const answer = await fetch(url, {
    method,
    ...(body !== undefined && { body: typeof body === "string" ? body : new Uint8Array(body) }),
    ...(type && { headers: { "content-type": type } }),
  });
  if (!answer.ok)
    throw new Error(`pushing an image: ${method} ${url}: ${answer.status} ${await answer.text()}`);
  return answer;
}

function nameOf(repository: string): string {
  return repository.slice(0, repository.lastIndexOf(":"));
}

function manifestUrl(repository: string): string {
  return `${registryApi}/v2/${nameOf(repository)}/manifests/${repository.slice(repository.lastIndexOf(":") + 1)}`;
}
