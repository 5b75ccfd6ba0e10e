import type { V1Volume, V1VolumeMount } from "@kubernetes/client-node";

export const LOGIN_VOLUME = "registry-login";

/** The Secret is named in the Job and mounted by the node: what it holds stands in no object of the build's. */
export function loginVolume(secretName: string): V1Volume {
  const items = [{ key: ".dockerconfigjson", path: "config.json" }];
  return { name: LOGIN_VOLUME, secret: { secretName, items } };
}

/** Where Kaniko itself looks for a login. */
export const KANIKO_LOGIN_MOUNT: V1VolumeMount = {
  name: LOGIN_VOLUME,
  mountPath: "/kaniko/.docker",
  readOnly: true,
};
