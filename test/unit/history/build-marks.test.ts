import { describe, expect, it } from "vitest";
import { conditionsOf, marksOf } from "../../../src/history/build-marks.ts";
import { buildRequestOf } from "../../contract/build-request.ts";

const { repository, commit } = buildRequestOf(1);

describe("the marks by which a build is found", () => {
  it("are those that its filter asks for", () => {
    const request = buildRequestOf(1, { branch: "Feature/Ä" });
    const filter = { repository, branch: "Feature/Ä", commit, imagePath: "acme/shop" };
    expect(conditionsOf(filter).marks).toEqual(marksOf(request));
  });

  it("know owner and name without case, and host and forge as they are", () => {
    const markOf = (changes: object) =>
      conditionsOf({ repository: { ...repository, ...changes } }).marks.repository;
    expect(markOf({ owner: "ACME", name: "Shop" })).toBe(markOf({}));
    expect(markOf({ host: "ghe.example.com" })).not.toBe(markOf({}));
    expect(markOf({ forge: "gitea" })).not.toBe(markOf({}));
  });

  it("have a branch only when the build is of neither a Git tag nor a pull request", () => {
    const pullRequest = { number: 7, isFork: true, baseBranch: "main" };
    expect(marksOf(buildRequestOf(1)).branch).toBe("main");
    expect(marksOf(buildRequestOf(1, { gitTag: "v1" })).branch).toBeUndefined();
    expect(marksOf(buildRequestOf(1, { pullRequest }))).toMatchObject({ pullRequest: "7" });
    expect(marksOf(buildRequestOf(1, { pullRequest })).branch).toBeUndefined();
  });

  it("are short, and differ, however long the names are", () => {
    const long = "é".repeat(100_000);
    const { branch, imagePath } = conditionsOf({ branch: long, imagePath: `${long}.` }).marks;
    expect(branch).toHaveLength(71);
    expect(imagePath).toHaveLength(71);
    expect(branch).not.toBe(imagePath);
  });
});
