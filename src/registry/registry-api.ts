import type { Readable } from "node:stream";
import { type RegistryPlace, splitPlace } from "../core/image-reference.ts";
import { fetchBlob } from "./fetch-blob.ts";
import { type Fetched, type FetchOptions, fetchFrom } from "./fetch-from.ts";
import { type LoginBook, NO_LOGINS } from "./login/docker-config.ts";
import { LoginRefused } from "./login/login-refused.ts";
import { createRegistryAuth, type Scope } from "./login/registry-auth.ts";
import { registryFault, registryRefusal } from "./registry-fault.ts";

export type OciRegistrySettings = {
  /** Where the bot reaches the registry. */
  place: RegistryPlace;
  /** Plain HTTP instead of HTTPS. */
  insecure: boolean;
  /** Certificates to trust besides the system's, as PEM. */
  ca?: string;
  logins?: LoginBook;
};

export type RegistryRequest = Pick<FetchOptions, "method" | "body"> & { headers?: Record<string, string> };

/** The registry's API below the configured place, with a login where the registry wants one. */
export type RegistryApi = {
  readonly host: string;
  /** An image's path in the registry. */
  pathOf(imagePath: string): string;
  /** `resource` is what follows the image's path: `tags/list?n=100`. `doing` words the request for errors. */
  ask(doing: string, imagePath: string, resource: string, request?: RegistryRequest): Promise<Fetched>;
  /** A blob of an image, however large, as it comes. */
  readBlob(imagePath: string, digest: string): Promise<Readable>;
};

const TIMEOUT_MS = 10_000;
const BLOB_TIMEOUT_MS = 20_000;
/** The specification asks registries to take manifests of 4 MiB at least; nobody makes larger ones. */
const MAX_ANSWER = 4 * 1024 * 1024;
const REDIRECTS = [301, 302, 303, 307, 308];

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md */
export function createRegistryApi({
  place,
  insecure,
  ca,
  logins = NO_LOGINS,
}: OciRegistrySettings): RegistryApi {
  const { host, prefix } = splitPlace(place);
  const bounds = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_ANSWER, ...(ca === undefined ? {} : { ca }) };
  const auth = createRegistryAuth({
    insecure,
    loginFor: (repository) => logins.loginFor(host, repository),
    ask: (url, request) => fetchFrom(url, { ...request, ...bounds }),
  });
  const origin = `${insecure ? "http" : "https"}://${host}`;
  const pathOf = (imagePath: string) => (prefix === "" ? imagePath : `${prefix}/${imagePath}`);
  return {
    host,
    pathOf,
    async ask(doing, imagePath, resource, { headers = {}, ...request } = {}) {
      const repository = pathOf(imagePath);
      const url = new URL(`/v2/${repository}/${resource}`, origin);
      const send = (login: { authorization?: string }) =>
        fetchFrom(url, { ...request, ...bounds, headers: { ...headers, ...login } });
      try {
        const answer = await auth.send({ repository, actions: actionsOf(request.method) }, send);
        // Registries send whoever reads a blob to the storage that has it, which takes no login of the registry's.
        if (!REDIRECTS.includes(answer.status) || answer.location === "") return answer;
        return await fetchFrom(new URL(answer.location, url), { headers: {}, ...bounds });
      } catch (error) {
        if (error instanceof LoginRefused) throw registryRefusal(`${doing}: ${error.doing}`, error.status);
        throw registryFault(doing, error);
      }
    },
    async readBlob(imagePath, digest) {
      const repository = pathOf(imagePath);
      const url = new URL(`/v2/${repository}/blobs/${digest}`, origin);
      const trust = ca === undefined ? {} : { ca };
      const { status, stream } = await auth.send({ repository, actions: "pull" }, (login) =>
        fetchBlob(url, { headers: { ...login }, timeoutMs: BLOB_TIMEOUT_MS, ...trust }),
      );
      if (status === 200) return stream;
      stream.resume();
      throw registryRefusal(`asking registry ${host} for blob ${digest} of ${repository}`, status);
    },
  };
}

function actionsOf(method: RegistryRequest["method"]): Scope["actions"] {
  if (method === "DELETE") return "pull,delete";
  return method === "PUT" ? "pull,push" : "pull";
}
