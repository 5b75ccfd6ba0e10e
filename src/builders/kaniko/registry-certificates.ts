import type { V1Volume, V1VolumeMount } from "@kubernetes/client-node";
import { ANNOTATIONS } from "./names.ts";
import type { KanikoSettings } from "./settings.ts";

const VOLUME = "registry-ca";
const FOLDER = "/kaniko/registry-ca";

export type RegistryCertificate = { host: string; pem: string; file: string; annotation: string };

/** The private certificate authorities of registries, and where in a pod they are. */
export function registryCertificates({
  registries,
}: Pick<KanikoSettings, "registries">): RegistryCertificate[] {
  return registries.flatMap(({ host, ca }, index) =>
    ca === undefined
      ? []
      : [{ host, pem: ca, file: `${FOLDER}/${index}.pem`, annotation: `${ANNOTATIONS.registryCa}-${index}` }],
  );
}

/** Annotations travel with the pod: no object of their own to create and to remove. */
export function certificateVolume(certificates: readonly RegistryCertificate[]): V1Volume {
  const items = certificates.map(({ file, annotation }) => ({
    path: file.slice(FOLDER.length + 1),
    fieldRef: { fieldPath: `metadata.annotations['${annotation}']` },
  }));
  return { name: VOLUME, downwardAPI: { items } };
}

export const CERTIFICATE_MOUNT: V1VolumeMount = { name: VOLUME, mountPath: FOLDER, readOnly: true };
