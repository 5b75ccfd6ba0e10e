import { formatTime } from "../state/clock.ts";
import type { Installation } from "../state/installations.ts";
import type { World } from "../state/world.ts";
import { userView } from "./user.ts";

/** An installation as the API shows it. */
export function installationView(installation: Installation, world: World) {
  const { urls, app } = world;
  return {
    id: installation.id,
    account: userView(installation.account, world),
    repository_selection: installation.excludedRepositories.size > 0 ? "selected" : "all",
    access_tokens_url: urls.api(`/app/installations/${installation.id}/access_tokens`),
    repositories_url: urls.api("/installation/repositories"),
    html_url: urls.page(`/settings/installations/${installation.id}`),
    app_id: app.id,
    client_id: app.clientId,
    app_slug: app.slug,
    target_id: installation.account.id,
    target_type: installation.account.type,
    permissions: installation.permissions,
    events: app.events,
    created_at: formatTime(installation.createdAt),
    updated_at: formatTime(installation.createdAt),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: installation.suspendedAt && formatTime(installation.suspendedAt),
  };
}
