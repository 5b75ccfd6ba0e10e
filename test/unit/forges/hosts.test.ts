import { describe, expect, it } from "vitest";
import { createForgeFinder } from "../../../src/forges/hosts.ts";
import { createFakeForge } from "../../fakes/fake-forge.ts";

const [github, one, other] = [createFakeForge(), createFakeForge(), createFakeForge()];
const find = createForgeFinder([
  { forge: "github", host: "github.com", adapter: github },
  { forge: "gitlab", host: "one.example.com", adapter: one },
  { forge: "gitlab", host: "other.example.com", adapter: other },
]);

describe("forges/hosts", () => {
  it("tells hosts of one kind apart", () => {
    expect(find({ forge: "gitlab", host: "one.example.com" })).toBe(one);
    expect(find({ forge: "gitlab", host: "other.example.com" })).toBe(other);
  });

  it("takes the one GitHub, whatever it calls itself", () => {
    expect(find({ forge: "github", host: "ghe.example.com" })).toBe(github);
  });

  it("never takes another server for one that is not served any more, not even the last of its kind", () => {
    const findLeft = createForgeFinder([{ forge: "gitlab", host: "other.example.com", adapter: other }]);
    expect(findLeft({ forge: "gitlab", host: "other.example.com" })).toBe(other);
    expect(() => findLeft({ forge: "gitlab", host: "one.example.com" })).toThrow("no such forge");
  });

  it("says which forges there are when the one that is asked for is none of them", () => {
    expect(() => find({ forge: "gitlab", host: "gone.example.com" })).toThrow(
      "finding gitlab at gone.example.com: the settings name no such forge, but github at github.com, gitlab at one.example.com",
    );
    expect(() => find({ forge: "gitea", host: "gitea.example.com" })).toThrow("finding gitea");
  });
});
