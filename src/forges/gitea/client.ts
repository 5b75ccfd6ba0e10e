import { z } from "zod";
import { createGiteaApi, type GiteaApi } from "./api.ts";
import { giteaFault } from "./fault.ts";
import type { GiteaAccess } from "./send-request.ts";

export type GiteaClient = {
  /** As repositories of this Gitea name it. */
  host: string;
  /**
   * Does work with the API. What goes wrong is told as a BuildFault; `doing` is as in `fetching archive of
   * acme/shop@1a2b3c4`.
   */
  ask<Result>(doing: string, work: (api: GiteaApi) => Promise<Result>): Promise<Result>;
  /** The login of the bot's account. Gitea is asked once. */
  fetchOwnLogin(): Promise<string>;
};

/** A client of one Gitea or Forgejo. */
export function createGiteaClient(access: GiteaAccess): GiteaClient {
  const api = createGiteaApi(access);

  let ownLogin: Promise<string> | undefined;
  async function askOwnLogin(): Promise<string> {
    return (await api.fetchJson({ path: ["user"] }, z.object({ login: z.string().min(1) }))).login;
  }

  return {
    host: new URL(access.url).host,
    async ask(doing, work) {
      try {
        return await work(api);
      } catch (error) {
        throw giteaFault(doing, error);
      }
    },
    fetchOwnLogin() {
      ownLogin ??= askOwnLogin().catch((error: unknown) => {
        ownLogin = undefined;
        throw error;
      });
      return ownLogin;
    },
  };
}
