import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AskedRef } from "../../../../src/core/asking.ts";
import { BuildRequest } from "../../../../src/core/build.ts";
import { buildIdOf } from "../../../../src/core/build-id.ts";
import { decideBuilds } from "../../../../src/core/decide-builds.ts";
import type { DecidedBuild } from "../../../../src/core/decision.ts";
import { needsChangedFiles } from "../../../../src/core/needs-changed-files.ts";
import type { ImageConfig, RepoConfig } from "../../../../src/core/repo-config.ts";
import {
  askedOf,
  askingOf,
  branchRef,
  buildsOf,
  commit,
  configOf,
  forkRef,
  imageConfigOf,
  onlyBuildOf,
  policyOf,
  pullRequestRef,
  tagRef,
} from "./askings.ts";

const api = imageConfigOf({ name: "api", context: "api", dockerfile: { path: "api/Dockerfile" } });
const web = imageConfigOf({ name: "web", context: "web", dockerfile: { path: "web/Dockerfile" } });
const several = configOf({ images: [api, web] });
const repository = askingOf().repository;

function endOf(build: DecidedBuild): { outcome?: string; code?: string } {
  return build.end ? { outcome: build.end.outcome, code: build.end.diagnosis.code } : {};
}

describe("core/decide: a push", () => {
  it("builds the repository's image, with all that is known of it in the request", () => {
    const { request, end } = onlyBuildOf(decideBuilds(askingOf(), configOf(), policyOf()));
    expect(end).toBeUndefined();
    expect(request).toEqual({
      id: buildIdOf({ repository, commit, imagePath: "acme/shop" }),
      repository,
      commit,
      branch: "main",
      trigger: {
        kind: "push",
        by: "ada",
        deliveryId: "delivery-1",
        rule: "branch `main` matches `**`",
      },
      attempt: 1,
      checkName: "pushwright",
      image: {
        path: "acme/shop",
        context: "",
        dockerfile: { path: "Dockerfile" },
        args: [],
        labels: {},
        tags: [],
        deadlineSeconds: 3600,
      },
      isTrusted: true,
      noCache: false,
      mayBeSuperseded: false,
      acceptedAt: Date.UTC(2026, 0, 2),
      pushedAt: Date.UTC(2026, 0, 2),
    });
    expect(BuildRequest.parse(request)).toEqual(request);
  });

  it("knows when the commit was pushed, and whether any configuration says that there is such an image", () => {
    const pushedAt = Date.UTC(2026, 0, 1);
    const config = configOf({ isAssumed: true });
    const { request } = onlyBuildOf(decideBuilds(askingOf({ pushedAt }), config, policyOf()));
    expect(request).toMatchObject({ pushedAt, acceptedAt: Date.UTC(2026, 0, 2), image: { isAssumed: true } });
    expect(BuildRequest.parse(request)).toEqual(request);
  });

  it("builds every image of the repository, each under its name", () => {
    const builds = buildsOf(decideBuilds(askingOf(), several, policyOf()));
    expect(builds.map(({ request }) => [request.checkName, request.image.path, request.image.name])).toEqual([
      ["pushwright / api", "acme/shop/api", "api"],
      ["pushwright / web", "acme/shop/web", "web"],
    ]);
    expect(new Set(builds.map(({ request }) => request.id)).size).toBe(2);
  });

  it("has one check without a name where there is one image, even if that has a name", () => {
    const { request } = onlyBuildOf(decideBuilds(askingOf(), configOf({ images: [api] }), policyOf()));
    expect(request.checkName).toBe("pushwright");
    expect(request.image.path).toBe("acme/shop/api");
  });

  it.each<[string, AskedRef, RepoConfig, string]>([
    [
      "branch",
      branchRef("dev"),
      configOf({ triggers: { branches: ["main"] } }),
      "branch `dev` matches none of the branches that are built",
    ],
    [
      "Git tag",
      tagRef("nightly"),
      configOf({ triggers: { tags: ["v*"] } }),
      "Git tag `nightly` matches none of the tags that are built",
    ],
    [
      "base branch",
      pullRequestRef({ baseBranch: "old" }),
      configOf({ triggers: { pullRequests: ["main"] } }),
      "pull request #12 into `old` matches none of the base branches that are built",
    ],
    ["commit", { kind: "commit" }, configOf(), "the commit is on no branch and has no Git tag that is built"],
  ])("of a %s that is not built is ignored, with the reason", (_, ref, config, ignored) => {
    expect(decideBuilds(askingOf({ ref }), config, policyOf())).toEqual({ ignored });
  });

  it("shows names as nothing but text, whatever they are", () => {
    const ref = branchRef("a`b\n[x](http://evil)");
    const { request } = onlyBuildOf(decideBuilds(askingOf({ ref }), configOf(), policyOf()));
    expect(request.trigger.rule).toBe("branch `` a`b [x](http://evil) `` matches `**`");
  });

  it("of a repository that the policy leaves out is ignored, whoever asks", () => {
    const policy = policyOf({ repositories: { allow: ["**"], deny: ["acme/*"] } });
    const ignored = "the operator's policy does not let `acme/shop` build";
    expect(decideBuilds(askingOf(), configOf(), policy)).toEqual({ ignored });
    expect(decideBuilds(askingOf(askedOf()), configOf(), policy)).toEqual({ ignored });
    expect(decideBuilds(askingOf(), { faults: [] }, policy)).toEqual({ ignored });
  });

  it.each<[AskedRef, boolean | undefined, boolean]>([
    [branchRef("main"), undefined, false],
    [branchRef("dev"), undefined, true],
    [pullRequestRef({ branch: "main" }), undefined, true],
    [tagRef("v1"), undefined, false],
    [branchRef("main"), true, true],
    [branchRef("dev"), false, false],
    [pullRequestRef(), false, false],
    [tagRef("v1"), true, false],
    [{ kind: "commit" }, true, false],
  ])("of %j with supersede %j may be superseded: %j", (ref, supersede, expected) => {
    const config = configOf({
      triggers: { branches: ["main", "dev"] },
      ...(supersede === undefined ? {} : { supersede }),
    });
    const asking = askingOf({ ref, ...(ref.kind === "commit" ? askedOf() : {}) });
    const asked = ref.kind === "pull-request" ? askingOf({ ref, ...askedOf() }) : asking;
    expect(onlyBuildOf(decideBuilds(asked, config, policyOf())).request.mayBeSuperseded).toBe(expected);
  });

  it("gives a Git tag's build an id of its own, and the tag's name", () => {
    const { request } = onlyBuildOf(
      decideBuilds(askingOf({ ref: tagRef("v1.2.3") }), configOf(), policyOf()),
    );
    expect(request.id).toBe(buildIdOf({ repository, commit, gitTag: "v1.2.3", imagePath: "acme/shop" }));
    expect(request.image.tags).toEqual([{ name: "v1.2.3", moves: false }]);
  });

  it.each([
    [undefined, 3600, ""],
    [600, 600, ""],
    [3600, 3600, ""],
    [7200, 3600, "; its timeout of 120 min is cut to the operator's 60 min"],
  ])("with a timeout of %s seconds takes at most %d, and says when it was cut", (own, expected, note) => {
    const image = imageConfigOf(own === undefined ? {} : { deadlineSeconds: own });
    const { request } = onlyBuildOf(decideBuilds(askingOf(), configOf({ images: [image] }), policyOf()));
    expect(request.image.deadlineSeconds).toBe(expected);
    expect(request.trigger.rule).toBe(`branch \`main\` matches \`**\`${note}`);
  });
});

describe("core/decide: what is skipped", () => {
  it.each([
    ["fix [skip ci]", "[skip ci]"],
    ["fix\n\nbody [Skip CI] more", "[skip ci]"],
    ["[CI SKIP] fix", "[ci skip]"],
    ["fix [skip build]", "[skip build]"],
  ])("is every image when the commit's message is %j", (message, marker) => {
    const builds = buildsOf(decideBuilds(askingOf({ message }), several, policyOf()));
    expect(builds.map(endOf)).toEqual(Array(2).fill({ outcome: "skipped", code: "skip-marker" }));
    expect(builds[0]?.end?.diagnosis.title).toContain(marker);
    expect(builds[0]?.end?.diagnosis.cause).toContain(`\`${marker}\``);
  });

  it.each(["fix skip ci", "fix [skip  ci]", "fix [skip cl]", ""])("is nothing when it is %j", (message) => {
    expect(endOf(onlyBuildOf(decideBuilds(askingOf({ message }), configOf(), policyOf())))).toEqual({});
  });

  const docsIgnored = configOf({ triggers: { paths: { include: [], ignore: ["docs/**", "*.md"] } } });
  const sources = configOf({
    triggers: { paths: { include: ["src/**", "Dockerfile"], ignore: ["**/*.md"] } },
  });

  it.each<[string[] | "unknown", RepoConfig, string | undefined]>([
    [["README.md", "docs/a/b.png"], docsIgnored, undefined],
    [["README.md", "src/a.ts"], docsIgnored, "`src/a.ts` matches `**`"],
    [["lib/a.ts", "package.json"], sources, undefined],
    [["src/README.md"], sources, undefined],
    [["src/README.md", "docs/x"], sources, undefined],
    [["lib/a.ts", "src/a.ts"], sources, "`src/a.ts` matches `src/**`"],
    [["Dockerfile"], sources, "`Dockerfile` matches `Dockerfile`"],
    ["unknown", sources, "the changed files are not known"],
    [[], sources, "no file was changed"],
  ])("is what changes %j only, by the path filters", (changedFiles, config, reason) => {
    const build = onlyBuildOf(decideBuilds(askingOf({ changedFiles }), config, policyOf()));
    if (reason === undefined) {
      expect(endOf(build)).toEqual({ outcome: "skipped", code: "paths-unchanged" });
    } else {
      expect(endOf(build)).toEqual({});
      expect(build.request.trigger.rule).toBe(`branch \`main\` matches \`**\`; ${reason}`);
    }
  });

  it("says which patterns nothing matched", () => {
    const build = onlyBuildOf(decideBuilds(askingOf({ changedFiles: ["a"] }), sources, policyOf()));
    expect(build.end?.diagnosis.cause).toBe(
      "No changed file matches `src/**`, `Dockerfile` and is outside of `**/*.md`, as `.pushwright.yml` wants for any image.",
    );
  });

  it("is one image, and not another that the change is of", () => {
    const config = configOf({
      images: [
        { ...api, paths: { include: ["api/**"], ignore: [] } },
        { ...web, paths: { include: ["web/**"], ignore: [] } },
      ],
    });
    const builds = buildsOf(decideBuilds(askingOf({ changedFiles: ["web/index.html"] }), config, policyOf()));
    expect(builds.map(endOf)).toEqual([{ outcome: "skipped", code: "paths-unchanged" }, {}]);
    expect(builds[0]?.end?.diagnosis.cause).toContain("`api/**`");
  });

  it("is no Git tag by its paths", () => {
    const asking = askingOf({ ref: tagRef("v1"), changedFiles: ["docs/a"] });
    expect(endOf(onlyBuildOf(decideBuilds(asking, sources, policyOf())))).toEqual({});
  });

  it("takes no id from the real build of the same commit", () => {
    const skipped = onlyBuildOf(decideBuilds(askingOf({ message: "[skip ci]" }), configOf(), policyOf()));
    const real = onlyBuildOf(decideBuilds(askingOf(), configOf(), policyOf()));
    expect(skipped.request.id).not.toBe(real.request.id);
    expect(skipped.request.occasion).toBe("notice-skipped");
  });

  it("is nothing when the patterns and paths are too many to compare: that is bounded", () => {
    const hostile = "*a".repeat(120);
    const include = Array.from({ length: 100 }, (_, number) => `${hostile}${number}`);
    const config = configOf({ triggers: { paths: { include, ignore: [] } } });
    const changedFiles = Array.from({ length: 3000 }, () => "a".repeat(1000));
    const build = onlyBuildOf(decideBuilds(askingOf({ changedFiles }), config, policyOf()));
    expect(build.request.trigger.rule).toContain("too many to compare");
  }, 60_000);
});

describe("core/decide: whether the changed files matter", () => {
  const filtered = configOf({
    triggers: { branches: ["main"], pullRequests: ["main"], paths: { include: ["src/**"], ignore: [] } },
  });
  const ofImage = configOf({ images: [api, { ...web, paths: { include: [], ignore: ["docs/**"] } }] });

  it.each<[AskedRef, RepoConfig, boolean]>([
    [branchRef("main"), configOf(), false],
    [branchRef("main"), configOf({ triggers: { paths: { include: ["**"], ignore: [] } } }), false],
    [branchRef("main"), filtered, true],
    [branchRef("dev"), filtered, false],
    [branchRef("main"), ofImage, true],
    [pullRequestRef(), filtered, true],
    [pullRequestRef({ baseBranch: "old" }), filtered, false],
    [tagRef("v1"), filtered, false],
    [{ kind: "commit" }, filtered, false],
  ])("for %j", (ref, config, expected) => {
    expect(needsChangedFiles(ref, config)).toBe(expected);
  });
});

describe("core/decide: faults of the configuration", () => {
  const faults = [
    { line: 3, column: 5, message: "there is no `imges`: did you mean `images`?" },
    { line: 7, column: 1, message: "`supersede`: expected true or false, found `maybe`" },
  ];

  it("fail one check of the commit, with a mark on every line", () => {
    const { request, end } = onlyBuildOf(decideBuilds(askingOf(), { faults }, policyOf()));
    expect(request.checkName).toBe("pushwright");
    expect(request.id).toBe(buildIdOf({ repository, commit, occasion: "notice-failure" }));
    expect(BuildRequest.safeParse(request).success).toBe(true);
    expect(end?.outcome).toBe("failure");
    expect(end?.diagnosis).toMatchObject({ code: "config-faults", title: "2 faults in .pushwright.yml" });
    expect(end?.diagnosis.annotations).toEqual(
      faults.map((fault) => ({ path: ".pushwright.yml", title: "Configuration", ...fault })),
    );
    for (const { line, message } of faults) {
      expect(end?.diagnosis.cause).toContain(`line ${line}`);
      expect(end?.diagnosis.cause).toContain(message);
    }
  });

  it("count one as one", () => {
    const { end } = onlyBuildOf(decideBuilds(askingOf(), { faults: faults.slice(0, 1) }, policyOf()));
    expect(end?.diagnosis.title).toBe("1 fault in .pushwright.yml");
  });

  it("of a fork's base branch make no marks in the fork's files, and name the base branch", () => {
    const { end } = onlyBuildOf(decideBuilds(askingOf({ ref: forkRef() }), { faults }, policyOf()));
    expect(end?.diagnosis.annotations).toBeUndefined();
    expect(end?.diagnosis.cause).toContain("base branch `main`");
  });
});

describe("core/decide: what the policy and good sense forbid", () => {
  const secretArgument = imageConfigOf({ args: [{ name: "TOKEN", value: { secret: "npm" } }] });
  const secrets = { npm: { repositories: ["acme/*"], secret: { name: "npm", key: "token" } } };

  it.each([
    ["other/shop", {}, "image-path-forbidden"],
    ["acme/shopping", {}, "image-path-forbidden"],
    ["acme/shop/tools", {}, undefined],
    ["base/node", { images: [{ repositories: ["acme/shop"], paths: ["base/*"] }] }, undefined],
    ["base/node", { images: [{ repositories: ["acme/web"], paths: ["base/*"] }] }, "image-path-forbidden"],
  ])("an image at %s under %j ends with %s", (path, changes, code) => {
    const config = configOf({ images: [imageConfigOf({ path })] });
    const build = onlyBuildOf(decideBuilds(askingOf(), config, policyOf(changes)));
    expect(endOf(build)).toEqual(code === undefined ? {} : { outcome: "failure", code });
    if (code) expect(build.end?.diagnosis.cause).toContain(`\`${path}\``);
  });

  it.each([
    [{ secrets }, undefined],
    [{ secrets: {} }, "secret-forbidden"],
    [{ secrets: { npm: { ...secrets.npm, repositories: ["other/*"] } } }, "secret-forbidden"],
  ])("a secret under %j ends with %s", (changes, code) => {
    const build = onlyBuildOf(
      decideBuilds(askingOf(), configOf({ images: [secretArgument] }), policyOf(changes)),
    );
    expect(endOf(build)).toEqual(code === undefined ? {} : { outcome: "failure", code });
  });

  it("does not tell whether a secret that a repository may not have is there at all", () => {
    const config = configOf({ images: [secretArgument] });
    const ends = [{}, { npm: { ...secrets.npm, repositories: ["other/*"] } }].map(
      (offered) => onlyBuildOf(decideBuilds(askingOf(), config, policyOf({ secrets: offered }))).end,
    );
    expect(ends[0]).toEqual(ends[1]);
  });

  it("two images at one path fail, both", () => {
    const config = configOf({
      images: [api, { ...web, path: "acme/shop/api" }, imageConfigOf({ name: "db" })],
    });
    const builds = buildsOf(decideBuilds(askingOf(), config, policyOf()));
    const twice = { outcome: "failure", code: "image-path-twice" };
    expect(builds.map(endOf)).toEqual([twice, twice, {}]);
    const asked = askedOf({ images: ["web"] });
    expect(endOf(onlyBuildOf(decideBuilds(askingOf(asked), config, policyOf())))).toEqual(twice);
  });

  it("a tag that would take another commit's place is left out, and the build says so", () => {
    const config = configOf({ images: [imageConfigOf({ tags: ["{{branch}}"] })] });
    const branch = "a".repeat(40);
    const { request, end } = onlyBuildOf(
      decideBuilds(askingOf({ ref: branchRef(branch) }), config, policyOf()),
    );
    expect(end).toBeUndefined();
    expect(request.image.tags).toEqual([]);
    expect(request.trigger.rule).toContain(`the tag \`{{branch}}\` is left out: \`${branch}\``);
  });
});

describe("core/decide: a pull request of the same repository", () => {
  const mainOnly = { branches: ["main"] };

  it("builds its head, for the commit alone", () => {
    const images: RepoConfig["images"] = [
      imageConfigOf({ tags: ["{{branch}}", "latest", "stable", "{{git-tag}}"] }),
    ];
    const config = configOf({ images, triggers: mainOnly });
    const { request, end } = onlyBuildOf(
      decideBuilds(askingOf({ ref: pullRequestRef() }), config, policyOf()),
    );
    expect(end).toBeUndefined();
    expect(request).toMatchObject({
      id: buildIdOf({ repository, commit, imagePath: "acme/shop" }),
      branch: "feature/x",
      pullRequest: { number: 12, isFork: false, baseBranch: "main" },
      isTrusted: true,
      mayBeSuperseded: true,
      image: { tags: [] },
    });
    expect(request.trigger.rule).toBe("pull request #12 into `main` matches `**`");
    expect(request).not.toHaveProperty("approval");
  });

  it.each<[string, RepoConfig]>([
    ["no word about it", configOf()],
    ["a path filter", configOf({ triggers: { paths: { include: ["src/**"], ignore: [] } } })],
    ["a tag of its own", configOf({ images: [imageConfigOf({ tags: ["pr-{{pr}}"] })] })],
    ["a branch that is not built", configOf({ triggers: mainOnly })],
  ])("is the same build as the push of its branch, whichever comes first, with %s", (_, config) => {
    const asking = askingOf({ ref: pullRequestRef() });
    const { request } = onlyBuildOf(decideBuilds(asking, config, policyOf()));
    expect(request.id).toBe(buildIdOf({ repository, commit, imagePath: "acme/shop" }));
  });

  it("is built when a person asks, whatever the push does", () => {
    const asking = askingOf({ ref: pullRequestRef(), ...askedOf() });
    expect(endOf(onlyBuildOf(decideBuilds(asking, configOf(), policyOf())))).toEqual({});
  });
});

describe("core/decide: a commit from a fork", () => {
  it("waits for approval, and says who may give it and how", () => {
    const policy = policyOf({ permissions: { commands: "write", approve: "maintain" } });
    const { request, end } = onlyBuildOf(decideBuilds(askingOf({ ref: forkRef() }), configOf(), policy));
    expect(end).toMatchObject({ outcome: "action-required", diagnosis: { code: "approval-needed" } });
    expect(end?.diagnosis.cause).toContain("`eve/shop`");
    expect(end?.diagnosis.remedy).toContain("`maintain`");
    expect(end?.diagnosis.remedy).toContain(`\`/ok-to-build ${commit}\``);
    expect(request).toMatchObject({
      isTrusted: false,
      approval: "needed",
      occasion: "notice-action-required",
      image: { tags: [] },
    });
  });

  it("builds once it is approved: untrusted, without tags, and not under the id of a trusted build", () => {
    const config = configOf({ images: [imageConfigOf({ tags: ["pr-{{pr}}", "{{short-sha}}"] })] });
    const asking = askingOf({ ref: forkRef(), ...askedOf({ approvedBy: "bob" }) });
    const { request, end } = onlyBuildOf(decideBuilds(asking, config, policyOf()));
    expect(end).toBeUndefined();
    expect(request).toMatchObject({
      isTrusted: false,
      approval: { by: "bob" },
      occasion: "delivery-9",
      image: { tags: [] },
    });
    expect(request.trigger.rule).toBe("`bob` approved it");
    expect(request.id).not.toBe(buildIdOf({ repository, commit, imagePath: "acme/shop" }));
  });

  it("still waits when a person asks for it and does not approve it", () => {
    const asking = askingOf({ ref: forkRef(), ...askedOf() });
    expect(endOf(onlyBuildOf(decideBuilds(asking, configOf(), policyOf())))).toEqual({
      outcome: "action-required",
      code: "approval-needed",
    });
  });

  it.each([undefined, "bob"])("is never built under such a policy, approved by %s", (approvedBy) => {
    const asked = approvedBy === undefined ? {} : askedOf({ approvedBy });
    const asking = askingOf({ ref: forkRef(), ...asked });
    expect(endOf(onlyBuildOf(decideBuilds(asking, configOf(), policyOf({ forks: "never" }))))).toEqual({
      outcome: "neutral",
      code: "forks-never-built",
    });
  });

  it.each([undefined, "bob"])("gets no secret, and says so, approved by %s", (approvedBy) => {
    const images: RepoConfig["images"] = [
      imageConfigOf({ args: [{ name: "TOKEN", value: { secret: "npm" } }] }),
    ];
    const secrets = { npm: { repositories: ["**"], secret: { name: "npm", key: "token" } } };
    const asked = approvedBy === undefined ? {} : askedOf({ approvedBy });
    const asking = askingOf({ ref: forkRef(), ...asked });
    const build = onlyBuildOf(decideBuilds(asking, configOf({ images }), policyOf({ secrets })));
    expect(endOf(build)).toEqual({ outcome: "failure", code: "secret-in-fork" });
  });

  it("is not pushed by the repository, so that its pull request is never left to a push", () => {
    expect(buildsOf(decideBuilds(askingOf({ ref: forkRef() }), configOf(), policyOf()))).toHaveLength(1);
  });
});

describe("core/decide: a person's wish", () => {
  it("has its way over filters and markers", () => {
    const config = configOf({
      triggers: { branches: ["main"], paths: { include: ["src/**"], ignore: [] } },
    });
    const asking = askingOf({
      ref: branchRef("dev"),
      message: "[skip ci]",
      changedFiles: ["docs/a"],
      ...askedOf({ noCache: true, attempts: { "acme/shop": 2 } }),
    });
    const { request, end } = onlyBuildOf(decideBuilds(asking, config, policyOf()));
    expect(end).toBeUndefined();
    expect(request).toMatchObject({
      id: buildIdOf({ repository, commit, imagePath: "acme/shop", occasion: "delivery-9" }),
      occasion: "delivery-9",
      attempt: 3,
      noCache: true,
      trigger: { kind: "comment", by: "bob", rule: "`bob` asked for it" },
    });
  });

  it("counts the attempts of each image by itself", () => {
    const asking = askingOf(askedOf({ attempts: { "acme/shop/web": 4 } }));
    const builds = buildsOf(decideBuilds(asking, several, policyOf()));
    expect(builds.map(({ request }) => request.attempt)).toEqual([1, 5]);
  });

  it.each([
    [["web"], ["web"]],
    [
      ["WEB", "api"],
      ["api", "web"],
    ],
  ])("for %j builds %j", (images, built) => {
    const builds = buildsOf(decideBuilds(askingOf(askedOf({ images })), several, policyOf()));
    expect(builds.map(({ request }) => request.image.name)).toEqual(built);
  });

  it.each([
    [["wep"], several, "there is no image `wep` (did you mean `web`?): the repository has `api`, `web`"],
    [["api", "shop"], several, "there is no image `shop`: the repository has `api`, `web`"],
    [["web"], configOf(), "there is no image `web`: the repository has one image, and it has no name"],
  ])("for %j, which there is not, is answered", (images, config, ignored) => {
    expect(decideBuilds(askingOf(askedOf({ images })), config, policyOf())).toEqual({ ignored });
  });
});

describe("core/decide: whatever is asked", () => {
  const name = fc.constantFrom("main", "dev", "feature/x", "a".repeat(40), "v1.2.3", "`x`", "größe");
  const ref: fc.Arbitrary<AskedRef> = fc.oneof(
    name.map(branchRef),
    name.map(tagRef),
    fc.record({ branch: name, isFork: fc.boolean(), baseBranch: name }).map(pullRequestRef),
    fc.constant({ kind: "commit" as const }),
  );
  const patterns = fc.array(fc.constantFrom("**", "main", "v*", "!dev", "feature/**"), { maxLength: 3 });
  const filter = fc.record({
    include: fc.array(fc.constantFrom("src/**", "**"), { maxLength: 1 }),
    ignore: fc.array(fc.constantFrom("docs/**"), { maxLength: 1 }),
  });
  const image = fc.record({
    name: fc.constantFrom("api", "web", "db"),
    tags: fc.array(
      fc.constantFrom("{{branch}}", "{{git-tag}}", "latest", "{{short-sha}}", "pr-{{pr}}", "{{sha}}"),
      {
        maxLength: 3,
      },
    ),
    paths: filter,
    args: fc.constantFrom<ImageConfig["args"]>([], [{ name: "TOKEN", value: { secret: "npm" } }]),
  });
  const config = fc
    .record({
      images: fc.uniqueArray(image, { minLength: 1, selector: (one) => one.name }),
      branches: patterns,
      tags: patterns,
      pullRequests: patterns,
      paths: filter,
    })
    .map(({ images, ...triggers }) => {
      const [first, ...others] = images.map((changes) => imageConfigOf(changes));
      return configOf({ images: [first ?? imageConfigOf(), ...others], triggers });
    });
  const asked = fc.option(
    fc.record({ approvedBy: fc.constant("bob"), noCache: fc.boolean() }, { requiredKeys: ["noCache"] }),
  );
  const scene = fc.record({
    ref,
    config,
    asked,
    message: fc.constantFrom("fix", "fix [skip ci]"),
    changedFiles: fc.constantFrom("unknown" as const, [], ["src/a"], ["docs/a"]),
    forks: fc.constantFrom("approval" as const, "never" as const),
  });

  function decide({
    ref,
    config,
    asked,
    message,
    changedFiles,
    forks,
  }: typeof scene extends fc.Arbitrary<infer T> ? T : never) {
    const asking = askingOf({ ref, message, changedFiles, ...(asked ? askedOf(asked) : {}) });
    const secrets = { npm: { repositories: ["acme/*"], secret: { name: "npm", key: "token" } } };
    return { asking, decision: decideBuilds(asking, config, policyOf({ forks, secrets })) };
  }

  it("gives requests that hold, each with an id of its own, the same ones when it is asked again", () => {
    fc.assert(
      fc.property(scene, (given) => {
        const { decision } = decide(given);
        expect(decide(given).decision).toEqual(decision);
        if ("ignored" in decision) {
          expect(decision.ignored).toMatch(/[^.]$/);
          return;
        }
        for (const { request } of decision.builds) expect(BuildRequest.parse(request)).toEqual(request);
        expect(new Set(decision.builds.map(({ request }) => request.id)).size).toBe(decision.builds.length);
      }),
      { numRuns: 500 },
    );
  });

  it("never trusts a fork: no tags, no secrets, no id of a trusted build, nothing run that nobody approved", () => {
    fc.assert(
      fc.property(scene, (given) => {
        const { asking, decision } = decide(given);
        if ("ignored" in decision) return;
        const { ref } = asking;
        const isFork = ref.kind === "pull-request" && ref.pullRequest.isFork;
        for (const { request, end } of decision.builds) {
          expect(request.isTrusted).toBe(!isFork);
          if (!isFork) continue;
          expect(request.image.tags).toEqual([]);
          expect(request.occasion).toBeDefined();
          if (end !== undefined) continue;
          expect(request.approval).toEqual({ by: "bob" });
          expect(request.image.args).toEqual([]);
          expect(given.forks).toBe("approval");
        }
      }),
      { numRuns: 500 },
    );
  });

  it("lets what ends at once take no id of a real build", () => {
    fc.assert(
      fc.property(scene, (given) => {
        const { decision } = decide(given);
        if ("ignored" in decision) return;
        for (const { request, end } of decision.builds)
          if (end !== undefined) expect(request.occasion).toBeDefined();
      }),
    );
  });

  it("needs the changed files only where it says so", () => {
    fc.assert(
      fc.property(scene, (given) => {
        if (needsChangedFiles(given.ref, given.config)) return;
        const [one, other] = [["src/a"], ["docs/a"]].map(
          (changedFiles) => decide({ ...given, changedFiles }).decision,
        );
        expect(one).toEqual(other);
      }),
      { numRuns: 300 },
    );
  });
});
