import { type ImageRoot, imageRootFaults } from "../core/image-root.ts";
import { type ForgeEntry, variablesOf } from "./forge-entry.ts";
import { SigningToken } from "./rows/setting-values.ts";
import type { RowSettings } from "./settings.ts";

/** A GitLab, Gitea or Forgejo that is served. At least one of the two secrets is there. */
export type ForgeHostSettings = Pick<ForgeEntry, "forge" | "url" | "imagePrefix"> & {
  /** What tells it from others of its kind, also in its webhooks' path; the one of the plain settings has none. */
  name?: string;
  token: string;
  webhookSecret?: string | undefined;
  signingToken?: string | undefined;
};

/** The hosts of the plain settings, then those of `forges`, whose secrets are in the environment. */
export function forgeHostsOf(
  settings: RowSettings,
  env: Record<string, string | undefined>,
): ForgeHostSettings[] {
  const { gitlabToken, giteaToken, giteaUrl } = settings;
  return [
    ...(gitlabToken === undefined ? [] : [plainGitLab(settings, gitlabToken)]),
    ...(giteaToken === undefined || giteaUrl === undefined
      ? []
      : [plainGitea(settings, giteaUrl, giteaToken)]),
    ...settings.forges.map((entry) => {
      const { token, webhookSecret, signingToken } = variablesOf(entry);
      return {
        ...entry,
        token: env[token] ?? "",
        webhookSecret: env[webhookSecret] || undefined,
        signingToken: (signingToken && env[signingToken]) || undefined,
      };
    }),
  ];
}

function plainGitLab(settings: RowSettings, token: string): ForgeHostSettings {
  const { gitlabUrl: url, gitlabWebhookSecret: webhookSecret, gitlabSigningToken: signingToken } = settings;
  return {
    forge: "gitlab",
    url,
    token,
    webhookSecret,
    signingToken,
    imagePrefix: settings.gitlabImagePrefix,
  };
}

function plainGitea(settings: RowSettings, url: string, token: string): ForgeHostSettings {
  const { giteaWebhookSecret: webhookSecret, giteaImagePrefix: imagePrefix } = settings;
  return { forge: "gitea", url, token, webhookSecret, imagePrefix };
}

/** Where images of every served forge go, and the API's. */
export function imageRootsOf({
  appId,
  gheHost,
  githubImagePrefix,
  forgeHosts,
  apiToken,
  apiImagePrefix,
}: ForgeRoots): ImageRoot[] {
  return [
    ...(appId === undefined
      ? []
      : [{ forge: "github", host: gheHost ?? "github.com", prefix: githubImagePrefix } as const]),
    ...forgeHosts.map(({ forge, url, imagePrefix }) => ({
      forge,
      host: new URL(url).host,
      prefix: imagePrefix,
    })),
    ...(apiToken === undefined ? [] : [{ forge: "api", host: "uploads", prefix: apiImagePrefix } as const]),
  ];
}
type ForgeRoots = Pick<
  RowSettings,
  "appId" | "gheHost" | "githubImagePrefix" | "apiToken" | "apiImagePrefix"
> & {
  forgeHosts: ForgeHostSettings[];
};

const WHERE_PREFIXES_ARE =
  "PUSHWRIGHT_GITHUB_IMAGE_PREFIX, PUSHWRIGHT_GITLAB_IMAGE_PREFIX and PUSHWRIGHT_GITEA_IMAGE_PREFIX set it, and `imagePrefix` in the setting `forges`.";

/** What keeps the forges from being served side by side, each as one line. */
export function forgeHostFaults(roots: ForgeRoots): string[] {
  return [
    ...roots.forgeHosts.flatMap(secretFaults),
    ...twiceFaults(roots.forgeHosts),
    ...imageRootFaults(imageRootsOf(roots)).map((fault) => `${fault} ${WHERE_PREFIXES_ARE}`),
  ];
}

function secretFaults({ name, forge, token, webhookSecret, signingToken }: ForgeHostSettings): string[] {
  if (name === undefined) return [];
  const variables = variablesOf({ forge, name });
  const place = `the forge \`${name}\` of the setting \`forges\``;
  return [
    ...(token === "" ? [`${variables.token}: is required for ${place}: an access token.`] : []),
    ...(webhookSecret || signingToken
      ? []
      : [
          `${[variables.webhookSecret, variables.signingToken].filter(Boolean).join(" or ")}: is required for ${place}: unsigned webhooks are never accepted.`,
        ]),
    ...(signingToken === undefined ? [] : tokenFaults(variables.signingToken ?? "", signingToken)),
  ];
}

function tokenFaults(variable: string, token: string): string[] {
  const parsed = SigningToken.safeParse(token);
  return (parsed.error?.issues ?? []).map(({ message }) => `${variable}: ${message}.`);
}

/** A name stands in variables and paths, and a host in all that is kept of its repositories. */
function twiceFaults(hosts: readonly ForgeHostSettings[]): string[] {
  const names = hosts.flatMap(({ name }) => (name === undefined ? [] : [name]));
  const variables = new Map(
    hosts.flatMap(({ forge, name }) => (name === undefined ? [] : [[name, variablesOf({ forge, name })]])),
  );
  const addresses = hosts.map(({ forge, url }) => `${forge} at ${new URL(url).host}`);
  return [
    ...twice(names).map((name) => `forges: the name \`${name}\` stands there more than once.`),
    ...twice([...variables.values()].flatMap((own) => Object.values(own))).map(
      (variable) => `forges: ${variable} would be a secret of two of them: give one of them another name.`,
    ),
    ...twice(addresses).map((address) => `forges: ${address} is named more than once.`),
  ];
}

function twice(texts: readonly string[]): string[] {
  return [...new Set(texts.filter((text, index) => texts.indexOf(text) !== index))];
}
