import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { extract } from "tar-stream";

/** All files of an image by their paths, with what is in them, read from its layers in the registry. */
export async function storedFiles(
  api: string,
  repository: string,
  reference: string,
): Promise<Map<string, string>> {
  const manifest = await fetch(`${api}/v2/${repository}/manifests/${reference}`, {
    headers: {
      accept:
        "application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json",
    },
  });
  const { layers } = (await manifest.json()) as { layers: { digest: string }[] };
  const files = new Map<string, string>();
  for (const { digest } of layers) {
    const blob = await fetch(`${api}/v2/${repository}/blobs/${digest}`);
    const tar = extract();
    tar.end(gunzipSync(await blob.bytes()));
    for await (const entry of tar) {
      const content = await buffer(entry as unknown as NodeJS.ReadableStream);
      if (entry.header.type === "file")
        files.set(entry.header.name.replace(/^\.?\//, ""), content.toString());
    }
  }
  return files;
}
