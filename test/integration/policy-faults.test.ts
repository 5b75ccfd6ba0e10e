import { describe, expect, it } from "vitest";
import { openForgeStory } from "../harness/open-forge-story.ts";

const FAULTY = `repositories:
  allow: [acme/*]
  denny: [acme/old]
limits:
  concurrency: none
permissions:
  approve: read
secrets:
  token:
    repositories: []
    secret: { name: Npm, key: token }
`;

/** What the bot printed when it ended instead of starting. */
async function refusalOf(policy: string, env: Record<string, string> = {}): Promise<string> {
  const story = await openForgeStory({ policy });
  try {
    return await story.startBot(env).then(
      () => "the bot started",
      (error: Error) => error.message,
    );
  } finally {
    await story.close();
  }
}

describe("a policy that cannot be used", () => {
  it("keeps the bot from starting, and all that is wrong is told at once with its places", async () => {
    const told = await refusalOf(FAULTY);
    expect(told).toContain("the bot ended (1)");
    expect(told).toMatch(/reading the policy from \S+policy\.yml \(PUSHWRIGHT_POLICY\): 5 to be mended/);
    expect(told).toMatch(/policy\.yml:3:3: .*did you mean `deny`\?/);
    expect(told).toMatch(/policy\.yml:5:16: .*expected a whole number/);
    for (const line of [7, 10, 11]) expect(told).toMatch(new RegExp(`policy\\.yml:${line}:\\d+: \\S`));
    expect(told, "no stack trace").not.toMatch(/^ {4}at /m);
  });

  it("is told of when it is not there", async () => {
    const told = await refusalOf("", { PUSHWRIGHT_POLICY: "/nowhere/policy.yml" });
    expect(told).toContain("reading the policy from /nowhere/policy.yml (PUSHWRIGHT_POLICY): ENOENT");
  });

  it("is told of when it does not fit the settings", async () => {
    const told = await refusalOf("limits: { memory: { request: 8Gi } }\n");
    expect(told).toContain("limits.memory: the request (8Gi) is above the limit (2Gi)");
  });
});
