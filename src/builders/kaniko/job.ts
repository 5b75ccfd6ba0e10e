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
import { kanikoArguments } from "./arguments.ts";
import { ANNOTATIONS, CONTAINER, kanikoJobName, LABELS, labelValue, MANAGED_BY } from "./names.ts";
import { placePod } from "./place-pod.ts";
import { preferPlatform } from "./prefer-platform.ts";
import { hasProxy } from "./registry-access.ts";
import { CERTIFICATE_MOUNT, certificateVolume, registryCertificates } from "./registry-certificates.ts";
import { KANIKO_LOGIN_MOUNT, loginVolume } from "./registry-login.ts";
import { registryProxy } from "./registry-proxy.ts";
import { resourcesOf } from "./resources-of.ts";
import { secretVariables } from "./secret-arguments.ts";
import { containerSecurity, podSecurity } from "./security.ts";
import type { KanikoSettings } from "./settings.ts";

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
            ...Object.fromEntries(
              registryCertificates(settings).map(({ annotation, pem }) => [annotation, pem]),
            ),
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
  const { volumes: own, mounts } = podVolumes(plan, settings);
  const proxy = registryProxy(plan, settings);
  const volumes = [...own, ...proxy.volumes];
  return {
    restartPolicy: "Never",
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: TERMINATION_GRACE_SECONDS,
    ...podSecurity(profile),
    ...preferPlatform(plan.platform),
    ...placePod(plan.placement ?? settings.placement),
    ...(proxy.containers.length === 0 ? {} : { initContainers: proxy.containers }),
    containers: [kanikoContainer(plan, settings, profile, mounts)],
    ...(volumes.length === 0 ? {} : { volumes }),
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
    resources: plan.resources ? resourcesOf(plan.resources) : settings.resources,
    securityContext: containerSecurity(profile, settings.capabilities),
    terminationMessagePolicy: "File",
    ...(volumeMounts.length === 0 ? {} : { volumeMounts }),
  };
}

/** The login is mounted in the build's own container only where no proxy holds it. */
function podVolumes(
  plan: BuildPlan,
  settings: KanikoSettings,
): { volumes: V1Volume[]; mounts: V1VolumeMount[] } {
  const certificates = registryCertificates(settings);
  const login = plan.isTrusted ? settings.registrySecret : undefined;
  return {
    volumes: [
      ...(certificates.length === 0 ? [] : [certificateVolume(certificates)]),
      ...(login === undefined ? [] : [loginVolume(login)]),
    ],
    mounts: [
      ...(certificates.length === 0 ? [] : [CERTIFICATE_MOUNT]),
      ...(login === undefined || hasProxy(plan, settings) ? [] : [KANIKO_LOGIN_MOUNT]),
    ],
  };
}
