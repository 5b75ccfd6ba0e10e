import { afterAll, beforeAll, expect, it } from "vitest";
import { diagnose } from "../../src/core/diagnose.ts";
import { describeWith } from "../describe-with.ts";
import { type KanikoWorld, openKanikoWorld } from "../harness/kaniko-world.ts";
import { packContext } from "../harness/pack-context.ts";
import { type Refusal, startRefusingRegistry } from "../harness/refusing-registry.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

const begin = { method: "POST", path: /\/blobs\/uploads\// };
const finish = { method: "PUT", path: /\/manifests\// };

const cases: Record<string, { refusal: Refusal; expected: Record<string, string> }> = {
  "that wants a login (401)": {
    refusal: { ...begin, status: 401, code: "UNAUTHORIZED", message: "authentication required" },
    expected: { class: "permanent", code: "push-unauthorized" },
  },
  "that lets nobody push there (403)": {
    refusal: { ...begin, status: 403, code: "DENIED", message: "requested access to the resource is denied" },
    expected: { class: "permanent", code: "push-forbidden" },
  },
  "with an image tag that cannot be changed": {
    refusal: { ...finish, status: 400, code: "TAG_INVALID", message: "the tag is immutable" },
    expected: { class: "permanent", code: "push-tag-immutable" },
  },
  "with an image tag that cannot be changed, as Harbor says it": {
    refusal: { ...finish, status: 412, code: "PRECONDITION", message: "'shop:1' configured as immutable" },
    expected: { class: "permanent", code: "push-tag-immutable" },
  },
  "whose quota is used up": {
    refusal: { ...finish, status: 403, code: "DENIED", message: "the project's quota is exceeded" },
    expected: { class: "permanent", code: "push-quota-exceeded" },
  },
  "that makes no repositories": {
    refusal: { ...begin, status: 404, code: "NAME_UNKNOWN", message: "the repository does not exist" },
    expected: { class: "permanent", code: "push-repository-missing" },
  },
  "that was asked too often (429)": {
    refusal: { ...finish, status: 429, code: "TOOMANYREQUESTS", message: "slow down" },
    expected: { class: "transient", code: "push-rate-limited" },
  },
  "with trouble of its own (500)": {
    refusal: { ...finish, status: 500, code: "UNKNOWN", message: "unknown error" },
    expected: { class: "transient", code: "push-unreachable" },
  },
};

describeWith(localClusterObstacle(), "a push to a registry", () => {
  let world: KanikoWorld;
  beforeAll(async () => {
    world = await openKanikoWorld();
  });
  afterAll(() => world.close());

  it.concurrent.each(Object.entries(cases))("%s", async (_, { refusal, expected }) => {
    const registry = await startRefusingRegistry(refusal);
    try {
      const hosts = [world.cluster.registry.push, registry.host];
      const builder = world.open({ registries: hosts.map((host) => ({ host, insecure: true })) });
      const plan = world.plan({ destinations: [`${registry.host}/team/shop:1`] });
      const Dockerfile = `${world.from}COPY README.md /\n`;
      const { outcome } = await world.build(plan, packContext({ Dockerfile, "README.md": "one" }), builder);
      if (!("evidence" in outcome)) throw new Error("the image was pushed");
      expect(diagnose(outcome.evidence, Dockerfile)).toMatchObject({
        ...expected,
        title: expect.stringContaining(registry.host),
      });
      expect(registry.refused).toBeGreaterThan(0);
    } finally {
      await registry.close();
    }
  });
});
