import { describe, expect, it } from "vitest";
import { DEFAULT_REPO_CONFIG } from "../../../../src/core/repo-config/default-repo-config.ts";
import { parseRepoConfig } from "../../../../src/core/repo-config/parse-repo-config.ts";
import type { RepoConfig } from "../../../../src/core/repo-config.ts";

function configOf(text: string): RepoConfig {
  const parsed = parseRepoConfig(text);
  if ("faults" in parsed) throw new Error(parsed.faults.map(({ message }) => message).join("\n"));
  return parsed.config;
}

function faultsOf(text: string): string[] {
  const parsed = parseRepoConfig(text);
  return "faults" in parsed
    ? parsed.faults.map(({ line, column, message }) => `${line}:${column} ${message}`)
    : [];
}

const imageOf = (text: string) => configOf(`images: [{ ${text} }]`).images[0];

describe("core/repo-config: what may be written", () => {
  it("is assumed to be the root's Dockerfile, whatever is pushed, where there is none", () => {
    const everything = { include: ["**"], ignore: [] };
    expect(DEFAULT_REPO_CONFIG).toEqual({
      images: [
        {
          context: "",
          dockerfile: { path: "Dockerfile" },
          args: [],
          labels: {},
          tags: [],
          paths: everything,
        },
      ],
      triggers: { branches: ["**"], tags: ["**"], pullRequests: ["**"], paths: everything },
      skipMarkers: ["[skip ci]", "[ci skip]", "[skip build]"],
      isAssumed: true,
    });
  });

  it.each(["", "# nothing yet\n", "~", "---\n", "{}", "\uFEFF", "images: [{}]", "images:\n  - {}\n"])(
    "is the same, and no assumption any more, for %j",
    (text) => {
      const { isAssumed, ...config } = DEFAULT_REPO_CONFIG;
      expect(configOf(text)).toEqual(config);
    },
  );

  it("reads all there is", () => {
    const text = `
images:
  - name: api
    image: acme/tools/api
    context: services/api
    dockerfile: docker/Dockerfile
    target: runtime
    args: { VERSION: "1", TOKEN: { secret: npm-token } }
    labels: { org.opencontainers.image.title: The API }
    platform: linux/arm/v7
    tags: ["{{branch}}"]
    paths: { include: [services/**], ignore: "**/*.md" }
    timeout: 5m
  - name: web
tags: [latest]
triggers: { branches: [main], tags: [v*], pull-requests: [], paths: [src/**] }
skip-markers: ["[No CI]"]
timeout: 1h30m
supersede: false
`;
    expect(configOf(text)).toEqual({
      images: [
        {
          name: "api",
          path: "acme/tools/api",
          context: "services/api",
          dockerfile: { path: "docker/Dockerfile" },
          target: "runtime",
          args: [
            { name: "VERSION", value: "1" },
            { name: "TOKEN", value: { secret: "npm-token" } },
          ],
          labels: { "org.opencontainers.image.title": "The API" },
          platform: "linux/arm/v7",
          tags: ["{{branch}}"],
          paths: { include: ["services/**"], ignore: ["**/*.md"] },
          deadlineSeconds: 300,
        },
        {
          name: "web",
          context: "",
          dockerfile: { path: "Dockerfile" },
          args: [],
          labels: {},
          tags: ["latest"],
          paths: { include: ["**"], ignore: [] },
          deadlineSeconds: 5400,
        },
      ],
      triggers: {
        branches: ["main"],
        tags: ["v*"],
        pullRequests: [],
        paths: { include: ["src/**"], ignore: [] },
      },
      skipMarkers: ["[no ci]"],
      supersede: false,
    });
  });

  it.each([
    [".", "", "Dockerfile"],
    ["./", "", "Dockerfile"],
    ["./services//api/", "services/api", "services/api/Dockerfile"],
    ["a..b/..c", "a..b/..c", "a..b/..c/Dockerfile"],
  ])("takes the context %j as %j, with the Dockerfile %j in it", (written, context, path) => {
    expect(imageOf(`context: "${written}"`)).toMatchObject({ context, dockerfile: { path } });
  });

  it("takes the Dockerfile's path from the root, not from the context", () => {
    expect(imageOf("context: api, dockerfile: ./docker/api.Dockerfile")).toMatchObject({
      dockerfile: { path: "docker/api.Dockerfile" },
    });
  });

  it.each([
    ["1.20", "1.20"],
    ["0x1F", "0x1F"],
    ["True", "True"],
    ["yes", "yes"],
    ["2024-01-01", "2024-01-01"],
    ["'null'", "null"],
    ['"~"', "~"],
    ['""', ""],
  ])("takes the argument %s as it is written", (written, value) => {
    expect(imageOf(`args: { A: ${written} }`).args).toEqual([{ name: "A", value }]);
  });

  it("lets names through that objects have of themselves", () => {
    const image = imageOf("args: { constructor: a, toString: b }, labels: { hasOwnProperty: c }");
    expect(image.args.map(({ name }) => name)).toEqual(["constructor", "toString"]);
    expect(image.labels).toEqual({ hasOwnProperty: "c" });
  });

  it.each([
    ["90", 90],
    ["90s", 90],
    ["20m", 1200],
    ["1h30m", 5400],
    ["1h0m5s", 3605],
    ["168h", 604_800],
  ])("reads the timeout %s as %d seconds", (written, seconds) => {
    expect(configOf(`timeout: ${written}`).images[0].deadlineSeconds).toBe(seconds);
  });

  it("lets anchors and aliases repeat what stands there", () => {
    const { images } = configOf(
      "images:\n  - name: a\n    args: &args { A: x }\n  - { name: b, args: *args }\n",
    );
    expect(images.map(({ args }) => args)).toEqual(Array(2).fill([{ name: "A", value: "x" }]));
  });

  it("reads Windows line ends, also within a text of several lines", () => {
    const text = "images:\r\n  - args:\r\n      A: |\r\n        b\r\n        c\r\n";
    expect(configOf(text).images[0].args).toEqual([{ name: "A", value: "b\nc\n" }]);
  });
});

describe("core/repo-config: what is wrong", () => {
  it.each([
    ["imags: []", ["1:1 there is no `imags`: did you mean `images`?"]],
    [
      "branches: [main]",
      [
        "1:1 there is no `branches`: expected `images`, `tags`, `triggers`, `skip-markers`, `timeout`, `supersede`",
      ],
    ],
    ["images: [{ dockrfile: x }]", ["1:12 there is no `images[0].dockrfile`: did you mean `dockerfile`?"]],
    ["images: []", ["1:9 `images`: expected at least one image, found a list"]],
    ["images: {}", ["1:9 `images`: expected a list of images, found a mapping"]],
    ["images:\n", ["1:8 `images`: expected a list of images, found nothing"]],
    [
      "images:\n  - api\n",
      ["2:5 `images[0]`: expected an image: a mapping with `name`, `context`, `dockerfile`, …, found `api`"],
    ],
    [
      "images:\n  - target: a\n    dockerfile: { from: b }\n",
      [
        "2:13 `images[0].target`: a Dockerfile that is written out here has one stage, and no other can be built",
      ],
    ],
    [
      "images: [{ dockerfile: { run: x } }]",
      ["1:24 `images[0].dockerfile.from` is missing: expected an image such as `node:22-alpine`"],
    ],
    [
      "images: [{ dockerfile: [a] }]",
      [
        "1:24 `images[0].dockerfile`: expected a file of the repository, from its root and without `..`, such as `docker/Dockerfile` or a mapping with `from`, `copy`, `run`, …, found a list",
      ],
    ],
    [
      "images: [{ args: { A: [b] } }]",
      [
        "1:23 `images[0].args.A`: expected a text without control characters or `{ secret: name }`, found a list",
      ],
    ],
    [
      "triggers: { paths: }",
      [
        "1:20 `triggers.paths`: expected a pattern or a list of globs or a mapping with `include` and `ignore`, found nothing",
      ],
    ],
    [
      "skip-markers: [[skip ci]]",
      [
        '1:16 `skip-markers[0]`: expected a text of three characters or more such as `"[skip ci]"`, in quotes, found a list',
      ],
    ],
    ["supersede: maybe", ["1:12 `supersede`: expected `true` or `false`, found `maybe`"]],
    ["tags: ['{{brnch}}']", ["1:8 `tags[0]`: there is no `{{brnch}}`: did you mean `branch`?"]],
    [
      "images:\n  - &a { name: a }\n  - *a\n",
      ["2:16 `images[1].name`: `images[0]` has the same name, and each needs its own"],
    ],
  ])("is told of %j, and where", (text, faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  it("is told all at once, in the file's order", () => {
    const text = `images:
  - name: api
    context: ../other
    platform: windows/amd64
  - name: api
    image: Acme/API
    timeout: soon
  - {}
supersede: perhaps
supersede: true
`;
    expect(faultsOf(text).map((fault) => fault.replace(/^(\S+ \S+) .*/, "$1"))).toEqual([
      "3:14 `images[0].context`:",
      "4:15 `images[0].platform`:",
      "5:11 `images[1].name`:",
      "6:12 `images[1].image`:",
      "7:14 `images[1].timeout`:",
      "8:5 `images[2].name`",
      "9:12 `supersede`:",
      "10:1 `supersede`",
    ]);
  });

  it("is told once for each value, however much is wrong with it", () => {
    expect(faultsOf(`images: [{ context: ${"../".repeat(1000)} }]`)).toHaveLength(1);
  });

  it.each([
    "..",
    "../x",
    "a/../../x",
    "a/..",
    "/",
    "/abs",
    "a\\b",
    "..\\x",
    "a\u0000b",
    "a\nb",
    "x".repeat(1025),
    "",
  ])("refuses the path %j for a context, a Dockerfile and a source to copy", (path) => {
    const written = JSON.stringify(path);
    expect(faultsOf(`images: [{ context: ${written} }]`)).toHaveLength(1);
    expect(faultsOf(`images: [{ dockerfile: ${written} }]`)).toHaveLength(1);
    expect(faultsOf(`images: [{ dockerfile: { from: a, copy: { ${written}: /x } } }]`)).toHaveLength(1);
  });

  it.each(["docker/", ".", "docker/."])("refuses the folder %j for a Dockerfile", (path) => {
    expect(faultsOf(`images: [{ dockerfile: ${path} }]`)).toHaveLength(1);
  });

  it.each([
    ["name", ["API", "a b", "-a", "a-", "a/b", "", "ü", "a".repeat(65), "a..b", "pushwright-cache"]],
    [
      "image",
      [
        "Acme/x",
        "/a",
        "a/",
        "a//b",
        "a:1",
        "a@sha256:0",
        "host:5000/a",
        "a/".repeat(101),
        "a/../b",
        "a/pushwright-cache",
      ],
    ],
    ["target", ["a b", "", "-a", "$a"]],
    [
      "platform",
      ["amd64", "windows/amd64", "linux/", "linux/amd46", "linux/arm/7", "linux/amd64,linux/arm64"],
    ],
    ["timeout", ["0", "0s", "-1", "1d", "1h 5m", "30m1h", "169h", "1.5h", "", "9999999"]],
    ["tags", ["a b", "{{sha}", "{{ }}", "-a", ".a", "a/b", "a".repeat(129), "", "{{{sha}}}"]],
  ])("refuses as %s: %j", (key, values) => {
    for (const value of values)
      expect(faultsOf(`images: [{ ${key}: ${JSON.stringify(value)} }]`), value).toHaveLength(1);
  });

  it.each([
    ["args: { 1A: x }", "`1A` is no fit name"],
    ["args: { A-B: x }", "`A-B` is no fit name"],
    ['args: { "A=B": x }', "`A=B` is no fit name"],
    ["args: { A: { secret: a b } }", "`images[0].args.A.secret`"],
    ["args: { A: { secret: a, more: b } }", "there is no `images[0].args.A.more`"],
    ['args: { A: "\\0" }', "without control characters"],
    ['args: { A: "\\ud800" }', "whole Unicode characters"],
    ['labels: { "a=b": x }', "`a=b` is no fit name"],
    ['labels: { "a b": x }', "`a b` is no fit name"],
    ["labels: { a: [x] }", "`images[0].labels.a`: expected a text"],
    ["paths: [/src/**]", "from the repository's root"],
    ["paths: { include: [] }", "at least one glob"],
    ["paths: [a, '[b']", "`images[0].paths[1]`"],
  ])("refuses { %s }", (image, message) => {
    expect(faultsOf(`images: [{ ${image} }]`)).toEqual([expect.stringContaining(message)]);
  });

  it("refuses more than fifty images", () => {
    const images = (count: number) =>
      `images: [${Array.from({ length: count }, (_, at) => `{ name: i${at} }`).join(", ")}]`;
    expect(configOf(images(50)).images).toHaveLength(50);
    expect(faultsOf(images(51))).toEqual(["1:9 `images`: expected at most 50 images, found a list"]);
  });

  it("refuses two images that would go to the same place", () => {
    expect(faultsOf("images: [{ name: a, image: x/y }, { name: b, image: x/y }]")).toEqual([
      "1:53 `images[1].image`: `images[0]` has the same image, and each needs its own",
    ]);
  });
});
