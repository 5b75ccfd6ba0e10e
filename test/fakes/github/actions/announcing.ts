import type { Delivery, Payload } from "../state/deliveries.ts";
import type { Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import { announce } from "../webhooks/announce.ts";

/** What was sent about an action, and what came back if webhooks go anywhere. */
export type Announced = { payload: Payload; delivery: Delivery | undefined };

/** What all that people do has in common: the bot is told of it. */
export class Announcing {
  readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  protected async announce(event: string, payload: Payload, repository: Repository): Promise<Announced> {
    return { payload, delivery: await announce(event, payload, repository, this.world) };
  }
}
