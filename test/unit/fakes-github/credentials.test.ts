import { generateKeyPairSync } from "node:crypto";
import type { Octokit } from "@octokit/rest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { GitHub } from "../../fakes/github/github.ts";
import { startGitHub } from "../../fakes/github/start-github.ts";
import { appJwt, clientWith, installationClient } from "./sign-in.ts";

const HOUR_MS = 60 * 60 * 1000;
const shop = { owner: "acme", repo: "shop" };

describe("credentials", () => {
  let github: GitHub;

  beforeEach(async () => {
    github = await startGitHub();
    await github.createRepository({ name: "shop", files: { Dockerfile: "FROM scratch\n" } });
    await github.createRepository({ name: "till", files: { Dockerfile: "FROM scratch\n" } });
  });
  afterEach(() => github.close());

  const now = () => Math.floor(Date.now() / 1000);
  it.each<[string, () => string, string]>([
    ["lives too long", () => appJwt(github, { exp: now() + 700 }), "too far in the future"],
    ["has expired", () => appJwt(github, { exp: now() - 1 }), "'Expiration time' claim"],
    ["is from the future", () => appJwt(github, { iat: now() + 60 }), "'Issued at' claim"],
    ["is signed by another key", () => appJwt(github, {}, strangeKey()), "could not be decoded"],
  ])("refuses a JWT that %s", async (_, jwt, message) => {
    const refused = clientWith(github, jwt()).rest.apps.getAuthenticated();
    await expect(refused).rejects.toMatchObject({ status: 401, message: expect.stringContaining(message) });
  });

  it("refuses another app's JWT", async () => {
    const refused = clientWith(github, appJwt(github, { iss: 1 })).rest.apps.getAuthenticated();
    await expect(refused).rejects.toMatchObject({ status: 404 });
  });

  it("refuses unknown and missing tokens", async () => {
    await expect(clientWith(github, "ghs_unknown").rest.repos.get(shop)).rejects.toMatchObject({
      status: 401,
      message: expect.stringContaining("Bad credentials"),
    });
    expect((await fetch(`${github.url}/api/v3/repos/acme/shop`)).status).toBe(401);
  });

  it("lets a token expire after an hour", async () => {
    const client = await installationClient(github);
    expect((await client.rest.repos.get(shop)).data.full_name).toBe("acme/shop");
    github.advanceClock(HOUR_MS);
    await expect(client.rest.repos.get(shop)).rejects.toMatchObject({ status: 401 });
  });

  it("keeps a token to the repositories that it was narrowed to", async () => {
    const client = await installationClient(github, { repositories: ["shop"] });
    expect((await client.rest.repos.get(shop)).status).toBe(200);
    await expect(client.rest.repos.get({ ...shop, repo: "till" })).rejects.toMatchObject({ status: 404 });
    expect(await reached(client)).toEqual(["acme/shop"]);
  });

  it("keeps a token to the permissions that it was narrowed to", async () => {
    const client = await installationClient(github, { permissions: { contents: "read" } });
    expect((await client.rest.repos.listBranches(shop)).status).toBe(200);
    const refused = client.rest.checks.create({ ...shop, name: "image", head_sha: "0".repeat(40) });
    await expect(refused).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining("Resource not accessible by integration"),
    });
    expect(github.faults).toEqual([]);
  });

  it("does not give a token more than the installation has", async () => {
    const wider = installationClient(github, { permissions: { issues: "write" } });
    await expect(wider).rejects.toMatchObject({ status: 422 });
    await expect(installationClient(github, { repositories: ["none"] })).rejects.toMatchObject({
      status: 422,
    });
    expect(github.faults).toHaveLength(2);
  });

  it("does not let one account's token reach another account's repository", async () => {
    const client = await installationClient(github);
    await github.createRepository({ owner: "globex", name: "shop", isPrivate: false });
    await expect(client.rest.repos.get({ owner: "globex", repo: "shop" })).rejects.toMatchObject({
      status: 404,
    });
  });
});

async function reached(client: Octokit): Promise<string[]> {
  const { data } = await client.rest.apps.listReposAccessibleToInstallation();
  return data.repositories.map((repository) => repository.full_name);
}

function strangeKey(): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return privateKey.export({ type: "pkcs1", format: "pem" }).toString();
}
