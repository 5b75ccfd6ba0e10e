import type { Logger } from "pino";
import { createClusterImageUses } from "../builders/kaniko/cluster-image-uses.ts";
import type { CleanUpPolicy } from "../core/policy.ts";
import { createGiteaClient } from "../forges/gitea/client.ts";
import { fetchGiteaHookFaults } from "../forges/gitea/fetch-hook-faults.ts";
import { fetchGiteaRepositories } from "../forges/gitea/fetch-repositories.ts";
import { createGitHubClient } from "../forges/github/client.ts";
import { fetchDeliveries } from "../forges/github/fetch-deliveries.ts";
import { findMissedDeliveries } from "../forges/github/missed-deliveries.ts";
import { LOOK_BACK_MS } from "../forges/github/redeliver-missed.ts";
import { createGitLabClient } from "../forges/gitlab/client.ts";
import { fetchGitLabHookFaults } from "../forges/gitlab/fetch-hook-faults.ts";
import { fetchGitLabRepositories } from "../forges/gitlab/fetch-repositories.ts";
import { loadKubeConfig } from "../load-kube-config.ts";
import { loadOwnRegistry } from "../load-registries.ts";
import { readGitHubApp } from "../read-github-app.ts";
import { createOciRegistry } from "../registry/oci-registry.ts";
import type { ForgeHostSettings } from "../settings/forge-hosts.ts";
import { loadPolicy } from "../settings/load-policy.ts";
import type { Settings } from "../settings/settings.ts";
import { openStorage } from "../storage/open-storage.ts";
import { webhookPath } from "../webhook-path.ts";
import type { Check } from "./check.ts";
import { checkCleanUp } from "./checks/check-clean-up.ts";
import { checkCluster } from "./checks/check-cluster.ts";
import { checkHooks } from "./checks/check-hooks.ts";
import { checkLogin } from "./checks/check-login.ts";
import { checkMissedWebhooks } from "./checks/check-missed-webhooks.ts";
import { checkPodSecurity } from "./checks/check-pod-security.ts";
import { checkRegistry } from "./checks/check-registry.ts";
import { checkStorage } from "./checks/check-storage.ts";
import { formatFindings } from "./format-findings.ts";
import { runChecks } from "./run-checks.ts";

/** Looks at all that the settings name. Nothing is changed anywhere; what cannot even be opened is a finding too. */
export async function doctor(
  settings: Settings,
  log: Logger,
  { json }: { json: boolean },
): Promise<{ exitCode: 0 | 1; output: string }> {
  const { secrets, security, cleanUp } = await loadPolicy(settings);
  const secretNames = [...new Set(Object.values(secrets).map(({ secret }) => secret.name))];
  const findings = await runChecks([
    checkStorage(storageOpener(settings, log), settings.data),
    checkCluster(() => loadKubeConfig(settings.kubeconfig), settings.namespace, secretNames),
    checkPodSecurity(() => loadKubeConfig(settings.kubeconfig), settings.namespace, security),
    registryCheck(settings),
    ...cleanUpChecks(settings, cleanUp),
    ...githubChecks(settings, log),
    ...settings.forgeHosts.flatMap((host) => hostChecks(host, settings)),
  ]);
  const isWell = findings.every(({ faults }) => faults.length === 0);
  return {
    exitCode: isWell ? 0 : 1,
    output: json ? `${JSON.stringify(findings, undefined, 2)}\n` : formatFindings(findings),
  };
}

function storageOpener({ redisUrl, databaseUrl, data }: Settings, log: Logger) {
  if (redisUrl === undefined && databaseUrl === undefined) return undefined;
  return () => openStorage({ redisUrl, databaseUrl, dataFolder: data }, log);
}

function registryCheck(settings: Settings): Check {
  const { registryPush, registryApi: place = registryPush } = settings;
  return checkRegistry(async () => createOciRegistry(await loadOwnRegistry(settings)), place);
}

/** Only where the bot is to do it by itself: a person sees at once what a clean-up may not look at. */
function cleanUpChecks({ kubeconfig }: Settings, policy: CleanUpPolicy): Check[] {
  if (policy.everySeconds === undefined) return [];
  return [checkCleanUp(() => createClusterImageUses(loadKubeConfig(kubeconfig), policy.namespaces), policy)];
}

function githubChecks(settings: Settings, log: Logger): Check[] {
  const { appId, gheHost = "github.com" } = settings;
  if (appId === undefined) return [];
  const client = async () => createGitHubClient(readGitHubApp(settings, appId), log);
  return [
    checkLogin(`GitHub at ${gheHost}`, async () => (await client()).fetchOwnLogin()),
    checkMissedWebhooks(`webhooks of GitHub at ${gheHost}`, async () => {
      const deliveries = await fetchDeliveries(await client(), Date.now() - LOOK_BACK_MS);
      return findMissedDeliveries(deliveries).map(({ newest }) => newest);
    }),
  ];
}

function hostChecks(host: ForgeHostSettings, { publicUrl }: Settings): Check[] {
  const url = publicUrl === undefined ? undefined : `${publicUrl}${webhookPath(host)}`;
  return host.forge === "gitea" ? giteaChecks(host, url) : gitlabChecks(host, url);
}

function giteaChecks(host: ForgeHostSettings, url: string | undefined): Check[] {
  const client = createGiteaClient(host);
  return [
    checkLogin(`Gitea at ${client.host}`, client.fetchOwnLogin),
    checkHooks(`webhooks of Gitea at ${client.host}`, url, {
      fetchRepositories: () => fetchGiteaRepositories(client),
      fetchFaults: (repository, url) => fetchGiteaHookFaults(client, repository, url),
    }),
  ];
}

function gitlabChecks(host: ForgeHostSettings, url: string | undefined): Check[] {
  const client = createGitLabClient(host);
  return [
    checkLogin(`GitLab at ${client.host}`, async () => `account ${await client.fetchOwnId()}`),
    checkHooks(`webhooks of GitLab at ${client.host}`, url, {
      fetchRepositories: () => fetchGitLabRepositories(client),
      fetchFaults: (repository, url) => fetchGitLabHookFaults(client, repository, url),
    }),
  ];
}
