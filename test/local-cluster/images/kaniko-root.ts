import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ImageConfig } from "./push-image.ts";

/** As in Kaniko's own image: https://github.com/GoogleContainerTools/kaniko/blob/v1.24.0/deploy/Dockerfile */
export const kanikoConfig: ImageConfig = {
  Env: [
    "PATH=/usr/local/bin:/kaniko",
    "HOME=/root",
    "USER=root",
    "SSL_CERT_DIR=/kaniko/ssl/certs",
    "DOCKER_CONFIG=/kaniko/.docker/",
    "DOCKER_CREDENTIAL_GCR_CONFIG=/kaniko/.config/gcloud/docker_credential_gcr_config.json",
  ],
  WorkingDir: "/workspace",
  Entrypoint: ["/kaniko/executor"],
};

export function fillKanikoRoot(root: string, executor: string): void {
  for (const folder of ["kaniko/.docker", "kaniko/ssl/certs", "etc", "workspace"]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  // Any user may write there, so that Kaniko also starts as another user than root.
  chmodSync(join(root, "kaniko"), 0o777);
  copyFileSync(executor, join(root, "kaniko", "executor"));
  chmodSync(join(root, "kaniko", "executor"), 0o755);
  copyFileSync(
    "/etc/ssl/certs/ca-certificates.crt",
    join(root, "kaniko", "ssl", "certs", "ca-certificates.crt"),
  );
  writeFileSync(join(root, "etc", "nsswitch.conf"), "hosts: files dns\n");
}
