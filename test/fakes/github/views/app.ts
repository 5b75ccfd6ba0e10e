import { accountOf } from "../state/accounts.ts";
import { formatTime } from "../state/clock.ts";
import { nodeId } from "../state/ids.ts";
import type { World } from "../state/world.ts";
import { userView } from "./user.ts";

/** The app as the API shows it (`integration`). */
export function appView(world: World) {
  const { app } = world;
  return {
    id: app.id,
    client_id: app.clientId,
    slug: app.slug,
    node_id: nodeId("App", app.id),
    owner: userView(accountOf("pushwright-makers", "Organization"), world),
    name: app.name,
    description: "Turns every push into an image",
    external_url: "https://pushwright.example.com",
    html_url: world.urls.page(`/apps/${app.slug}`),
    created_at: formatTime(app.createdAt),
    updated_at: formatTime(app.createdAt),
    permissions: app.permissions,
    events: app.events,
  };
}
