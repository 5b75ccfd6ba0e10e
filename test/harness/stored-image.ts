/** An image read straight from the registry, without any of Pushwright's own code. */
export type StoredImage = {
  digest: string;
  labels: Record<string, string>;
  /** Its configuration with its history, as the registry has it. */
  config: string;
};

const MANIFEST =
  "application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json";

/** `repository` is the image's path in the registry, its prefix included. Undefined when there is none. */
export async function storedImage(
  api: string,
  repository: string,
  reference: string,
): Promise<StoredImage | undefined> {
  const answer = await fetch(`${api}/v2/${repository}/manifests/${reference}`, {
    headers: { accept: MANIFEST },
  });
  if (answer.status === 404) return undefined;
  const manifest = (await answer.json()) as { config: { digest: string } };
  const blob = await fetch(`${api}/v2/${repository}/blobs/${manifest.config.digest}`);
  const config = await blob.text();
  const { config: settings } = JSON.parse(config) as { config: { Labels?: Record<string, string> } };
  return { digest: answer.headers.get("docker-content-digest") ?? "", labels: settings.Labels ?? {}, config };
}
