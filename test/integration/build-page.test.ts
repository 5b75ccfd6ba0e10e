import { mkdir } from "node:fs/promises";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pino } from "pino";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Build } from "../../src/core/build.ts";
import type { BuildId } from "../../src/core/build-id.ts";
import { createBuildLinks } from "../../src/web/build-links.ts";
import { createBuildPage } from "../../src/web/build-page/build-page.ts";
import { createWebServer } from "../../src/web/server.ts";
import { describeWith } from "../describe-with.ts";
import { chromiumObstacle, startChromium } from "../harness/chromium.ts";
import { buildOf, endedOf, successOf } from "../unit/core/build-of.ts";

/** For people who want to see the pages: a folder that the tests leave their screenshots in. */
const SCREENSHOTS = process.env.PUSHWRIGHT_TEST_SCREENSHOTS;

const LAYOUT = `({
  background: getComputedStyle(document.body).backgroundColor,
  overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
})`;

const log: string[] = [];
const builds = new Map<BuildId, Build>();
let reads = 0;
let broken: Error | undefined;
let server: Server;
let origin: string;
let links: ReturnType<typeof createBuildLinks>;

beforeAll(async () => {
  server = createWebServer(
    {
      webhooks: {},
      pages: { "/builds/": (url) => createBuildPage(history, links)(url) },
      ready: async () => {},
    },
    pino({}, { write: (line: string) => void log.push(line) }),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  links = createBuildLinks({ publicUrl: `${origin}/`, secret: "webhook secret" });
});
afterAll(() => server.close());

/** What of the history the page asks for. */
const history = {
  async get(id: BuildId) {
    reads += 1;
    if (broken) throw broken;
    return builds.get(id);
  },
  async list({ commit }: { commit?: string }) {
    return { builds: [...builds.values()].filter(({ request }) => request.commit === commit) };
  },
};

function keep(build: Build): { build: Build; link: string } {
  builds.set(build.request.id, build);
  return { build, link: links.linkTo(build.request.id) ?? "" };
}

const HOSTILE = `<script>document.title="owned"</script><img src=https://evil.example/x onerror=alert(1)>"'|\`**@acme**`;

function failedBuild(): Build {
  const failed = endedOf("failure", {
    title: `make failed ${HOSTILE}`,
    cause: "`make` ended with exit code 2. Its last words: `make: *** No rule to make target 'all'.  Stop.`",
    remedy:
      "See the end of the log. [Not this](javascript:alert(1)), and <b>not</b> ![that](https://evil.example/y).",
    step: "RUN make -j4 all && make install PREFIX=/usr/local",
    line: 12,
    annotations: [
      {
        path: ".pushwright.yml",
        line: 3,
        column: 7,
        title: "unknown key `imagse`",
        message: "did you mean `images`?",
      },
    ],
  });
  failed.logTail = [...Array.from({ length: 60 }, (_, at) => `#${at} compiling src/module-${at}.c`), HOSTILE];
  return buildOf(11, {
    state: "completed",
    builder: "Kaniko v1.24.0",
    result: failed,
    request: {
      branch: HOSTILE,
      trigger: {
        kind: "push",
        by: HOSTILE,
        deliveryId: "secret-delivery",
        rule: "branch `main` matches `**`",
      },
    },
  });
}

function succeededBuild(): Build {
  const result = successOf({ outdatedTags: ["latest"] }, { cache: { hits: 7, misses: 2 } });
  const { accepted } = result.timings;
  result.timings = {
    accepted,
    started: accepted + 900,
    builderStarted: accepted + 1300,
    archiveFetched: accepted + 1700,
    running: accepted + 2400,
    contextSent: accepted + 3100,
    pushed: accepted + 11_500,
    finished: accepted + 12_000,
  };
  return buildOf(12, { state: "completed", builder: "Kaniko v1.24.0", result, request: { attempt: 2 } });
}

describe("a build's page", () => {
  it("is for whoever has its key, and for nobody else to know of", async () => {
    const { build, link } = keep(succeededBuild());
    const { id } = build.request;
    const other = new URL(keep(failedBuild()).link).searchParams.get("key");
    const unknown = buildOf(99).request.id;
    expect((await fetch(link)).status).toBe(200);
    const answer = async (path: string) => {
      const response = await fetch(`${origin}${path}`);
      return {
        status: response.status,
        body: await response.text(),
        type: response.headers.get("content-type"),
      };
    };
    const nowhere = await answer("/nowhere");
    expect(nowhere.status).toBe(404);
    reads = 0;
    for (const path of [
      `/builds/${id}`,
      `/builds/${id}?key=`,
      `/builds/${id}?key=${other}`,
      `/builds/${id}?key=${"A".repeat(43)}`,
      `/builds/${id}.json?key=${other}`,
      `/builds/${unknown}?key=${other}`,
      "/builds/",
      "/builds/..%2f?key=x",
      "/builds//?key=x",
      `/builds/${id.toUpperCase()}?key=${new URL(link).searchParams.get("key")}`,
    ]) {
      expect(await answer(path), path).toEqual(nowhere);
    }
    expect(reads).toBe(0);
    expect(
      await answer(
        new URL(links.linkTo(unknown) ?? "").pathname + new URL(links.linkTo(unknown) ?? "").search,
      ),
    ).toEqual(nowhere);
    expect(reads).toBe(1);
  });

  it("has a key of its own secret, which nobody else's opens", () => {
    const { build, link } = keep(succeededBuild());
    const key = new URL(link).searchParams.get("key");
    expect(links.mayRead(build.request.id, key)).toBe(true);
    expect(createBuildLinks({ publicUrl: origin, secret: "another" }).mayRead(build.request.id, key)).toBe(
      false,
    );
    expect(
      createBuildLinks({ publicUrl: undefined, secret: "webhook secret" }).linkTo(build.request.id),
    ).toBeUndefined();
    for (const wrong of [null, "", "é", "=".repeat(43), `${key}A`, key?.slice(1) ?? ""])
      expect(links.mayRead(build.request.id, wrong)).toBe(false);
  });

  it("allows no script, nothing from elsewhere, no frame and no cache, and its address goes nowhere", async () => {
    const { headers } = await fetch(keep(succeededBuild()).link);
    const policy = headers.get("content-security-policy");
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; img-src data:;/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("shows what strangers wrote as they wrote it", async () => {
    const body = await (await fetch(keep(failedBuild()).link)).text();
    expect(body).not.toMatch(/<script|<img|<b>|javascript:alert\(1\)"/);
    expect(body).toContain("&#60;script&#62;");
  });

  it("is read with GET and HEAD alone", async () => {
    const { link } = keep(succeededBuild());
    const head = await fetch(link, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    for (const method of ["POST", "PUT", "DELETE"]) expect((await fetch(link, { method })).status).toBe(404);
  });

  it("is also there as JSON, without what only the bot needs", async () => {
    const { build, link } = keep(failedBuild());
    const response = await fetch(link.replace("?", ".json?"));
    expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({
      id: build.request.id,
      state: "completed",
      conclusion: "failure",
      repository: "acme/shop",
      commit: build.request.commit,
      annotations: [
        { path: "Dockerfile", line: 12 },
        { path: ".pushwright.yml", line: 3 },
      ],
      result: { outcome: "failure", diagnosis: { code: "run-failed" } },
    });
    expect(text).not.toContain("secret-delivery");
    expect(text).not.toContain("access");
  });

  it("whose record cannot be read is an error that the log tells, without the key", async () => {
    const { link } = keep(succeededBuild());
    broken = new Error("history is away");
    expect((await fetch(link)).status).toBe(500);
    broken = undefined;
    const told = log.find((line) => line.includes("history is away")) ?? "";
    expect(told).toContain("/builds/");
    expect(told).not.toContain(new URL(link).searchParams.get("key"));
  });
});

describeWith(chromiumObstacle(), "a build's page in a browser without JavaScript", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(() => browser.close());

  const stories: [string, () => Build, string[]][] = [
    [
      "success",
      succeededBuild,
      [
        "built",
        "docker pull",
        "7 of 9 steps",
        "Image pushed",
        "8.4 s",
        "attempt 2",
        "Other builds of this commit",
      ],
    ],
    [
      "failure",
      failedBuild,
      ["failed", "line 12", "What to do", "compiling src/module-59.c", ".pushwright.yml:3:7", HOSTILE],
    ],
    [
      "running",
      () => buildOf(13, { state: "running", builder: "Kaniko v1.24.0" }),
      ["building", "This page renews itself"],
    ],
    [
      "approval",
      () =>
        buildOf(14, {
          state: "waiting-for-approval",
          request: {
            approval: "needed",
            isTrusted: false,
            pullRequest: { number: 7, isFork: true, baseBranch: "main" },
          },
        }),
      ["waiting for approval", "/ok-to-build"],
    ],
    [
      "superseded",
      () =>
        buildOf(15, {
          state: "completed",
          result: endedOf("cancelled"),
          cancellation: { reason: "superseded", by: "ada", commit: buildOf(16).request.commit, at: 1 },
        }),
      ["cancelled", "Superseded by 0000000", "took its place"],
    ],
  ];

  it.each(stories)(
    "%s: reads well, wide and narrow, light and dark, and asks nobody for anything",
    async (name, story, words) => {
      const { build, link } = keep(story());
      keep({
        ...buildOf(12),
        request: {
          ...build.request,
          id: buildOf(120 + words.length).request.id,
          image: { ...build.request.image, name: "api" },
        },
      });
      for (const [colorScheme, width] of [
        ["light", 1100],
        ["dark", 1100],
        ["light", 375],
      ] as const) {
        const context = await browser.newContext({
          javaScriptEnabled: false,
          colorScheme,
          viewport: { width, height: 800 },
        });
        const page = await context.newPage();
        const asked: string[] = [];
        const complaints: string[] = [];
        page.on("request", (request) => asked.push(request.url()));
        page.on("console", (message) => complaints.push(message.text()));
        await page.goto(link);
        // biome-ignore lint/performance/useDomNodeTextContent: what people can see is asked for
        const shown = await page.locator("body").innerText();
        for (const word of words) expect(shown).toContain(word);
        expect(await page.title()).not.toBe("owned");
        expect(asked.filter((url) => !url.startsWith("data:"))).toEqual([link]);
        expect(complaints).toEqual([]);
        const { background, overflow } = await page.evaluate<{ background: string; overflow: number }>(
          LAYOUT,
        );
        expect(background).toBe(colorScheme === "dark" ? "rgb(13, 17, 23)" : "rgb(246, 247, 249)");
        expect(overflow).toBe(0);
        expect(await page.locator("meta[http-equiv=refresh]").count()).toBe(
          build.state === "completed" ? 0 : 1,
        );
        if (SCREENSHOTS !== undefined) {
          await mkdir(SCREENSHOTS, { recursive: true });
          await page.screenshot({
            path: join(SCREENSHOTS, `${name}-${colorScheme}-${width}.png`),
            fullPage: true,
          });
        }
        await context.close();
      }
    },
  );

  it("leads to the other builds of the commit", async () => {
    const one = keep(buildOf(21, { state: "running" }));
    const two = keep({
      ...buildOf(22, { state: "completed", result: successOf() }),
      request: { ...buildOf(22).request, commit: one.build.request.commit, attempt: 2 },
    });
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(one.link);
    await page.getByRole("link", { name: "acme/shop", exact: true }).last().click();
    expect(page.url()).toBe(two.link);
    expect(await page.locator("h1").textContent()).toContain("built");
    await context.close();
  });
});
