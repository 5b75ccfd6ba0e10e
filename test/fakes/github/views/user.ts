import type { Account } from "../state/accounts.ts";
import { nodeId } from "../state/ids.ts";
import type { World } from "../state/world.ts";

/** An account as the API and the webhooks show it (`simple-user`). */
export function userView(account: Account, { urls }: World) {
  const self = urls.api(`/users/${encodeURIComponent(account.login)}`);
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId("User", account.id),
    avatar_url: urls.page(`/avatars/u/${account.id}?v=4`),
    gravatar_id: "",
    url: self,
    html_url: urls.page(
      account.type === "Bot" ? `/apps/${account.login.replace("[bot]", "")}` : `/${account.login}`,
    ),
    followers_url: `${self}/followers`,
    following_url: `${self}/following{/other_user}`,
    gists_url: `${self}/gists{/gist_id}`,
    starred_url: `${self}/starred{/owner}{/repo}`,
    subscriptions_url: `${self}/subscriptions`,
    organizations_url: `${self}/orgs`,
    repos_url: `${self}/repos`,
    events_url: `${self}/events{/privacy}`,
    received_events_url: `${self}/received_events`,
    type: account.type,
    site_admin: false,
  };
}
