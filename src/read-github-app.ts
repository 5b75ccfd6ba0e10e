import { createPrivateKey } from "node:crypto";
import { getPrivateKey } from "@probot/get-private-key";
import type { GitHubApp } from "./forges/github/client.ts";
import type { Settings } from "./settings/settings.ts";

/** The GitHub App that the settings name. Throws now what would else be thrown at the first push. */
export function readGitHubApp(settings: Settings, appId: string): GitHubApp {
  const { privateKey: PRIVATE_KEY, privateKeyPath: PRIVATE_KEY_PATH, gheHost, gheProtocol } = settings;
  const baseUrl = gheHost === undefined ? undefined : `${gheProtocol}://${gheHost}/api/v3`;
  try {
    const privateKey = getPrivateKey({ env: { PRIVATE_KEY, PRIVATE_KEY_PATH } }) ?? "";
    createPrivateKey(privateKey);
    return { appId, privateKey, baseUrl };
  } catch (error) {
    const place = PRIVATE_KEY ? "PRIVATE_KEY" : `PRIVATE_KEY_PATH (${PRIVATE_KEY_PATH})`;
    throw new Error(`reading the GitHub App's private key from ${place}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
