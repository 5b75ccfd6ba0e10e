import { randomBytes } from "node:crypto";
import type { Installation } from "./installations.ts";
import type { Permissions } from "./permissions.ts";
import type { Repository } from "./repositories.ts";

export type InstallationToken = {
  token: string;
  installation: Installation;
  permissions: Permissions;
  /** The repositories that the token was narrowed to; without it, all that the installation reaches. */
  repositories?: Repository[] | undefined;
  expiresAt: Date;
};

// https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-an-installation-access-token-for-a-github-app
const LIFETIME_MS = 60 * 60 * 1000;

/** The tokens handed out so far. */
export class InstallationTokens {
  readonly #issued = new Map<string, InstallationToken>();

  issue(
    request: Pick<InstallationToken, "installation" | "permissions" | "repositories">,
    now: Date,
  ): InstallationToken {
    const token = `ghs_${randomBytes(27).toString("base64url").replace(/[-_]/g, "0")}`;
    const issued = { ...request, token, expiresAt: new Date(now.getTime() + LIFETIME_MS) };
    this.#issued.set(token, issued);
    return issued;
  }

  /** All that are issued and not revoked, oldest first. */
  all(): InstallationToken[] {
    return [...this.#issued.values()];
  }

  /** The token, if GitHub issued it and it has not expired. */
  findValid(token: string, now: Date): InstallationToken | undefined {
    const issued = this.#issued.get(token);
    return issued && issued.expiresAt > now ? issued : undefined;
  }

  revoke(token: string): void {
    this.#issued.delete(token);
  }

  revokeAllOf(installation: Installation): void {
    for (const [token, issued] of this.#issued) {
      if (issued.installation === installation) this.#issued.delete(token);
    }
  }
}
