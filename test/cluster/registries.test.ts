import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { describeWith } from "../describe-with.ts";
import { completed } from "../harness/completed.ts";
import { openStory, type Story } from "../harness/open-story.ts";
import { type RegistryServer, startRegistry } from "../harness/registry-server.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

describeWith(localClusterObstacle(), "registries", () => {
  let story: Story;
  let registry: RegistryServer | undefined;
  let count = 0;
  beforeAll(async () => {
    story = await openStory();
  });
  afterEach(async () => {
    await registry?.close();
    registry = undefined;
  });
  afterAll(() => story.close());

  async function pushTo(env: Record<string, string>) {
    const places = ["PUSH", "PULL", "API"].map((name) => [
      `PUSHWRIGHT_REGISTRY_${name}`,
      `${registry?.host}/team`,
    ]);
    await story.startBot({ ...Object.fromEntries(places), PUSHWRIGHT_REGISTRY_INSECURE: "false", ...env });
    count += 1;
    const files = { Dockerfile: "FROM scratch\nCOPY Dockerfile /\n" };
    const repository = await story.github.createRepository({ owner: "acme", name: `to-${count}`, files });
    const { commit } = await story.github.push(repository, { files: { a: "1" }, message: "a" });
    const run = await completed(story.github, commit);
    return { run, commit, words: [run.output.title, run.output.summary].join("\n") };
  }

  it("with a private certificate authority: pushed to and confirmed with its certificate", async () => {
    registry = await startRegistry("https", "open");
    const { run, commit, words } = await pushTo({ PUSHWRIGHT_REGISTRY_CA: registry.ca });
    expect(run.conclusion).toBe("success");
    expect(words).toContain(`${registry.host}/team/acme/to-${count}:${commit}`);
  });

  it("with a private certificate authority that nobody named: explained", async () => {
    registry = await startRegistry("https", "open");
    const { run, words } = await pushTo({});
    expect(run.conclusion).toBe("failure");
    expect(words).toMatch(/certificate/i);
    expect(words).toContain("PUSHWRIGHT_REGISTRY_CA");
  });

  it("over plain HTTP that nobody allowed: explained", async () => {
    // Kaniko's library takes plain HTTP at private addresses and .local names by itself: there only the bot is strict.
    registry = await startRegistry("http", "open");
    const { run, words } = await pushTo({});
    expect(run.conclusion).toBe("failure");
    expect(words).toContain("PUSHWRIGHT_REGISTRY_INSECURE");
  });

  it("that ask for a login: explained as refused", async () => {
    registry = await startRegistry("http", "login");
    const { run, words } = await pushTo({ PUSHWRIGHT_REGISTRY_INSECURE: "true" });
    expect(run.conclusion).toBe("failure");
    expect(words).toMatch(/401|login|credentials/i);
  });

  it("that are not there for a while: told meanwhile, and pushed to once they are back", async () => {
    registry = await startRegistry("http", "open");
    const { host } = registry;
    await registry.close();
    const pushing = pushTo({ PUSHWRIGHT_REGISTRY_INSECURE: "true" });
    const waiting = await story.github.waitForCheckRun(
      (run) => run.output.title === "Building, after a setback",
      60_000,
    );
    expect(waiting.output.summary).toContain(host);
    registry = await startRegistry("http", "open", host);
    expect((await pushing).run.conclusion).toBe("success");
  });
});
