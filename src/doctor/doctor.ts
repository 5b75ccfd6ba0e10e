import { readFile } from "node:fs/promises";
import type { Logger } from "pino";
import { createGiteaClient } from "../forges/gitea/client.ts";
import { createGitHubClient } from "../forges/github/client.ts";
import { createGitLabClient } from "../forges/gitlab/client.ts";
import { loadKubeConfig } from "../load-kube-config.ts";
import { readGitHubApp } from "../read-github-app.ts";
import { createOciRegistry } from "../registry/oci-registry.ts";
import type { ForgeHostSettings } from "../settings/forge-hosts.ts";
import { loadPolicy } from "../settings/load-policy.ts";
import type { Settings } from "../settings/settings.ts";
import { openStorage } from "../storage/open-storage.ts";
import { webhookPath } from "../webhook-path.ts";
import type { Check } from "./check.ts";
import { checkCluster } from "./checks/check-cluster.ts";
import { checkGitLabHooks } from "./checks/check-gitlab-hooks.ts";
import { checkLogin } from "./checks/check-login.ts";
import { checkRegistry } from "./checks/check-registry.ts";
import { checkStorage } from "./checks/check-storage.ts";
import { formatFindings } from "./format-findings.ts";
import { runChecks } from "./run-checks.ts";

/** Looks at all that the settings name. Nothing is changed anywhere; what cannot even be opened is a finding too. */
export async function doctor(settings: Settings, log: Logger): Promise<{ exitCode: 0 | 1; output: string }> {
  const { secrets } = await loadPolicy(settings);
  const secretNames = [...new Set(Object.values(secrets).map(({ secret }) => secret.name))];
  const findings = await runChecks([
    checkStorage(storageOpener(settings, log), settings.data),
    checkCluster(() => loadKubeConfig(settings.kubeconfig), settings.namespace, secretNames),
    registryCheck(settings),
    ...githubChecks(settings, log),
    ...settings.forgeHosts.flatMap((host) => hostChecks(host, settings)),
  ]);
  const isWell = findings.every(({ faults }) => faults.length === 0);
  return { exitCode: isWell ? 0 : 1, output: formatFindings(findings) };
}

function storageOpener({ redisUrl, databaseUrl, data }: Settings, log: Logger) {
  if (redisUrl === undefined && databaseUrl === undefined) return undefined;
  return () => openStorage({ redisUrl, databaseUrl, dataFolder: data }, log);
}

function registryCheck(settings: Settings): Check {
  const {
    registryPush,
    registryApi: place = registryPush,
    registryInsecure: insecure,
    registryCa,
  } = settings;
  return checkRegistry(async () => {
    const ca = registryCa === undefined ? {} : { ca: await readFile(registryCa, "utf8") };
    return createOciRegistry({ place, insecure, ...ca });
  }, place);
}

function githubChecks(settings: Settings, log: Logger): Check[] {
  const { appId, gheHost = "github.com" } = settings;
  if (appId === undefined) return [];
  const fetchOwn = async () => createGitHubClient(readGitHubApp(settings, appId), log).fetchOwnLogin();
  return [checkLogin(`GitHub at ${gheHost}`, fetchOwn)];
}

function hostChecks(host: ForgeHostSettings, { publicUrl }: Settings): Check[] {
  if (host.forge === "gitea") {
    const client = createGiteaClient(host);
    return [checkLogin(`Gitea at ${client.host}`, client.fetchOwnLogin)];
  }
  const client = createGitLabClient(host);
  const url = publicUrl === undefined ? undefined : `${publicUrl}${webhookPath(host)}`;
  return [
    checkLogin(`GitLab at ${client.host}`, async () => `account ${await client.fetchOwnId()}`),
    checkGitLabHooks(client, url),
  ];
}
