import type {
  V1Container,
  V1Job,
  V1ObjectMeta,
  V1PodSpec,
  V1Volume,
  V1VolumeMount,
} from "@kubernetes/client-node";
import type { SecurityProfile } from "../../core/security-profile.ts";
import type { BuildPlan } from "../builder.ts";
import { kanikoArguments, REGISTRY_CA_FILE, REGISTRY_CA_FOLDER } from "./arguments.ts";
import { ANNOTATIONS, CONTAINER, kanikoJobName, LABELS, labelValue, MANAGED_BY } from "./names.ts";
import { preferPlatform } from "./prefer-platform.ts";
import { secretVariables } from "./secret-arguments.ts";
import { containerSecurity, podSecurity } from "./security.ts";
import type { KanikoSettings } from "./settings.ts";

const DOCKER_CONFIG_FOLDER = "/kaniko/.docker";
/** Kaniko does nothing on a SIGTERM that would be worth waiting for. */
const TERMINATION_GRACE_SECONDS = 1;

/** The Kaniko Job of a build. `starter` names who creates it. */
export function kanikoJob(
  plan: BuildPlan,
  settings: KanikoSettings,
  profile: SecurityProfile,
  starter: string,
): V1Job {
  const metadata = buildMetadata(plan, settings, profile);
  const { registryCa } = settings;
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: {
      ...metadata,
      name: kanikoJobName(plan),
      namespace: settings.namespace,
      annotations: { ...metadata.annotations, [ANNOTATIONS.starter]: starter },
    },
    spec: {
      backoffLimit: 0,
      activeDeadlineSeconds: Math.min(plan.deadlineSeconds, settings.deadlineSeconds),
      ttlSecondsAfterFinished: settings.ttlSeconds,
      template: {
        metadata: {
          ...metadata,
          annotations: {
            ...metadata.annotations,
            ...(registryCa ? { [ANNOTATIONS.registryCa]: registryCa.pem } : {}),
          },
        },
        spec: podSpec(plan, settings, profile),
      },
    },
  };
}

function buildMetadata(
  plan: BuildPlan,
  { labels }: KanikoSettings,
  profile: SecurityProfile,
): Required<Pick<V1ObjectMeta, "labels" | "annotations">> {
  return {
    labels: {
      ...labels,
      [LABELS.managedBy]: MANAGED_BY,
      [LABELS.build]: plan.buildId,
      [LABELS.try]: String(plan.tryNumber),
      [LABELS.repository]: labelValue(plan.repository),
      [LABELS.trust]: plan.isTrusted ? "trusted" : "untrusted",
    },
    annotations: {
      [ANNOTATIONS.repository]: plan.repository,
      ...(plan.commit === undefined ? {} : { [ANNOTATIONS.commit]: plan.commit }),
      [ANNOTATIONS.profile]: profile,
    },
  };
}

function podSpec(plan: BuildPlan, settings: KanikoSettings, profile: SecurityProfile): V1PodSpec {
  const mounts = podMounts(plan, settings);
  return {
    restartPolicy: "Never",
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: TERMINATION_GRACE_SECONDS,
    ...podSecurity(profile),
    ...preferPlatform(plan.platform),
    containers: [
      kanikoContainer(
        plan,
        settings,
        profile,
        mounts.map(({ mount }) => mount),
      ),
    ],
    ...(mounts.length === 0 ? {} : { volumes: mounts.map(({ volume }) => volume) }),
  };
}

function kanikoContainer(
  plan: BuildPlan,
  settings: KanikoSettings,
  profile: SecurityProfile,
  volumeMounts: V1VolumeMount[],
): V1Container {
  const env = secretVariables(plan);
  return {
    name: CONTAINER,
    image: settings.image,
    imagePullPolicy: "IfNotPresent",
    args: kanikoArguments(plan, settings),
    ...(env.length === 0 ? {} : { env }),
    stdin: true,
    stdinOnce: true,
    resources: settings.resources,
    securityContext: containerSecurity(profile, settings.capabilities),
    terminationMessagePolicy: "File",
    ...(volumeMounts.length === 0 ? {} : { volumeMounts }),
  };
}

function podMounts(
  { isTrusted }: BuildPlan,
  { registryCa, registrySecret }: KanikoSettings,
): { volume: V1Volume; mount: V1VolumeMount }[] {
  const mounts: { volume: V1Volume; mount: V1VolumeMount }[] = [];
  if (registryCa) {
    // An annotation travels with the pod: no object of its own to create and to remove.
    const fieldRef = { fieldPath: `metadata.annotations['${ANNOTATIONS.registryCa}']` };
    mounts.push({
      volume: { name: "registry-ca", downwardAPI: { items: [{ path: REGISTRY_CA_FILE, fieldRef }] } },
      mount: { name: "registry-ca", mountPath: REGISTRY_CA_FOLDER, readOnly: true },
    });
  }
  if (registrySecret && isTrusted) {
    const items = [{ key: ".dockerconfigjson", path: "config.json" }];
    mounts.push({
      volume: { name: "registry-login", secret: { secretName: registrySecret, items } },
      mount: { name: "registry-login", mountPath: DOCKER_CONFIG_FOLDER, readOnly: true },
    });
  }
  return mounts;
}
