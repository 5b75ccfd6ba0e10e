import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GitHub } from "../fakes/github/github.ts";
import { findFreePort } from "../harness/free-port.ts";
import { type ForgeStory, openForgeStory } from "../harness/open-forge-story.ts";

const SOON = { timeout: 60_000, interval: 50 };
/** The bot is started three times, and has to take over from a process that was killed. */
const STARTS_MS = 180_000;

describe("webhooks that GitHub sent while the bot was away", () => {
  let story: ForgeStory;
  let github: GitHub;
  let shop: Awaited<ReturnType<GitHub["createRepository"]>>;

  beforeAll(async () => {
    // What is sent again goes where it went at first.
    story = await openForgeStory({ env: { PORT: String(await findFreePort()) } });
    ({ github } = story);
    shop = await github.createRepository({
      owner: "acme",
      name: "shop",
      files: { Dockerfile: "FROM scratch\n" },
    });
  });
  afterAll(() => story.close());

  const deliveriesOf = (guid: string | undefined) =>
    github.world.deliveries.all
      .filter((delivery) => delivery.guid === guid)
      .map(({ statusCode }) => statusCode);

  it(
    "are asked for when it comes back, and become builds; what arrived is not asked for again",
    async () => {
      const first = await story.startBot();
      const heard = await github.push(shop, { branch: "before", files: { a: "1" }, message: "heard" });
      await first.stop("SIGKILL");
      const missed = await github.push(shop, { branch: "away", files: { a: "2" }, message: "missed" });
      expect(missed.delivery?.statusCode).toBe(0);

      await story.startBot();
      await expect.poll(() => deliveriesOf(missed.delivery?.guid), SOON).toEqual([0, 200]);
      await expect.poll(() => github.checkRuns({ sha: missed.commit }).length, SOON).toBe(1);

      const again = await story.startBot();
      await again.line(({ msg }) => msg === "listening");
      await expect
        .poll(
          () =>
            github.apiCalls.filter(({ operationId }) => operationId === "apps/list-webhook-deliveries")
              .length,
          SOON,
        )
        .toBeGreaterThan(1);
      const last = await github.push(shop, { branch: "after", files: { a: "3" }, message: "after" });
      await expect.poll(() => github.checkRuns({ sha: last.commit }).length, SOON).toBe(1);
      expect(deliveriesOf(missed.delivery?.guid)).toEqual([0, 200]);
      expect(deliveriesOf(heard.delivery?.guid)).toEqual([200]);
    },
    STARTS_MS,
  );
});
