import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BuildOutput } from "../../../../src/builders/kaniko/build-output.ts";
import { LineSplitter } from "../../../../src/builders/kaniko/line-splitter.ts";
import { type LogLine, parseLogLine, pushedImage } from "../../../../src/builders/kaniko/log-line.ts";
import { runningFirst } from "../../../../src/builders/kaniko/running-first.ts";
import { recordBuild } from "../../../contract/build-record.ts";

const digest = `sha256:${"a".repeat(64)}`;
const record = (msg: string, level = "info") => JSON.stringify({ level, msg, time: "2026-01-02T03:04:05Z" });

describe("a log's lines", () => {
  it("are the same however their bytes come", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "grapheme" })),
        fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
        (texts, sizes) => {
          const lines = texts.map((text) => text.replaceAll("\n", " "));
          const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
          const splitter = new LineSplitter();
          const found: string[] = [];
          for (let at = 0; at < bytes.length; ) {
            const size = sizes.next().value ?? 1;
            found.push(...splitter.push(bytes.subarray(at, at + size)));
            at += size;
          }
          expect([...found, ...splitter.end()]).toEqual(lines);
        },
      ),
    );
  });

  it("need no end at the log's end", () => {
    const splitter = new LineSplitter();
    expect(splitter.push(Buffer.from("one\ntwo"))).toEqual(["one"]);
    expect(splitter.end()).toEqual(["two"]);
    expect(splitter.end()).toEqual([]);
  });

  it("are bounded", () => {
    const splitter = new LineSplitter();
    expect(splitter.push(Buffer.alloc(1_000_000, "x"))).toEqual([]);
    const [long, short] = splitter.push(Buffer.from("\nshort\n"));
    expect(long).toHaveLength(64 * 1024);
    expect(long?.at(-1)).toBe("…");
    expect(short).toBe("short");
  });
});

describe("a line of the log", () => {
  it.each([
    [record("RUN make"), "RUN make"],
    [record("careful", "warning"), "Warning: careful"],
    [record("oh", "error"), "Error: oh"],
    ["\u001b[31mred\u001b[0m and \u001b]0;title\u0007plain", "red and plain"],
    ["10%\r50%\r100%\r", "100%"],
    ["bell\u0007 null\u0000 tab\tend", "bell null tab\tend"],
    [
      '{"level":"info","msg":"an app\'s","time":"now","user":1}',
      '{"level":"info","msg":"an app\'s","time":"now","user":1}',
    ],
    ['{"level":"inf', '{"level":"inf'],
    ["", ""],
  ])("%j", (raw, text) => {
    expect(parseLogLine(raw)?.text).toBe(text);
  });

  it.each([
    ["line ends", `${"\r".repeat(60_000)}x`, "x"],
    ["line ends between words", `a${"\r".repeat(60_000)}b`, "b"],
    ["escapes", "\u001b[".repeat(30_000), ""],
    ["escapes without end", "\u001b]a".repeat(20_000), `${"]a".repeat(2047)}]…`],
    ["halves of surrogate pairs", "a\ud800b", "a\ufffdb"],
    ["line breaks in a record", record("one\ntwo\u0000"), "one two"],
  ])("takes many %s before the test's time is over", (_, raw, text) => {
    expect(parseLogLine(raw)?.text.replace(/^\[+…?$/, "")).toBe(text);
  });

  it("is cut where it is shown", () => {
    const { text, whole } = parseLogLine("x".repeat(5000)) as LogLine;
    expect([text.length, text.at(-1), whole.length]).toEqual([4096, "…", 5000]);
  });

  it("leaves out Kaniko's advice for people at a terminal", () => {
    expect(parseLogLine(record("To simulate EOF and exit, press 'Ctrl+D'"))).toBeUndefined();
  });

  it("announces a digest only in Kaniko's own words", () => {
    const said = (raw: string) => pushedImage(parseLogLine(raw) as LogLine);
    const repository = "registry.test/acme/shop";
    expect(said(record(`Pushed ${repository}@${digest}`))).toEqual({ repository, digest });
    expect(said(`Pushed registry.test/acme/shop@${digest}`)).toBeUndefined();
    expect(said(record(`Pushed registry.test/acme/shop@${digest} not`))).toBeUndefined();
    expect(said(record("Pushed registry.test/acme/shop@sha256:abc"))).toBeUndefined();
  });
});

describe("a build's output", () => {
  const pushed = record(`Pushed registry.test:5000/acme/shop@${digest}`);
  const place = "registry.test:5000/acme/shop";
  const to = (...tags: string[]) => ({ destinations: tags.map((tag) => `${place}:${tag}`) });

  it("announces the digest that was its last word", () => {
    const output = new BuildOutput(to("1"));
    output.line(pushed);
    expect(output.announced).toBe(digest);
    output.line("a daemon that the build left behind");
    expect(output.announced).toBeUndefined();
  });

  it("announces nothing before all destinations are pushed to", () => {
    const output = new BuildOutput(to("1", "2"));
    output.line(pushed);
    expect(output.announced).toBeUndefined();
    output.line(record("Pushing image to registry.test/acme/shop:2"));
    output.line(pushed);
    expect(output.announced).toBe(digest);
  });

  it("does not take a layer that went into the cache for the image", () => {
    const cached = record(`Pushed registry.test:5000/cache@sha256:${"b".repeat(64)}`);
    const output = new BuildOutput(to("1", "2"));
    for (const line of [cached, cached, pushed]) output.line(line);
    expect(output.announced).toBeUndefined();
    output.line(pushed);
    expect(output.announced).toBe(digest);
    const unpushed = new BuildOutput(to());
    unpushed.line(cached);
    expect(unpushed.announced).toBeUndefined();
  });

  it("knows a destination on Docker Hub by the name that Kaniko gives it", () => {
    const output = new BuildOutput({ destinations: ["docker.io/acme/shop:1"] });
    output.line(record(`Pushed index.docker.io/acme/shop@${digest}`));
    expect(output.announced).toBe(digest);
  });

  it("is cleaned before anybody hears it, in Kaniko's records and in what commands write", () => {
    const output = new BuildOutput(to("1"), (text) => text.replaceAll('a"b', "***"));
    for (const line of [record('RUN echo a"b'), 'said a"b']) output.line(line);
    expect(output.tail).toEqual(["RUN echo ***", "said ***"]);
    expect(output.steps.step).toBe("RUN echo ***");
  });

  it("remembers the instruction that began last, in Kaniko's own words", () => {
    const output = new BuildOutput(to("1"));
    for (const line of [record("COPY a b"), record("run make"), "RUN rm -rf /", record("Running: [make]")])
      output.line(line);
    expect(output.steps.step).toBe("run make");
  });

  it("knows a long instruction whole", () => {
    const run = `RUN ${"x".repeat(20_000)}`;
    const output = new BuildOutput(to("1"));
    const lines = Buffer.from(`${record("COPY a b")}\n${record(run)}\n`);
    for (const line of new LineSplitter().push(lines)) output.line(line);
    expect(output.steps.step).toBe(run);
  });

  it("remembers the image that was asked for, in Kaniko's own words", () => {
    const output = new BuildOutput(to("1"));
    output.line(record("Retrieving image manifest busybox:stable"));
    output.line("Retrieving image manifest posed:1");
    expect(output.image).toBe("busybox:stable");
  });

  it("keeps the end of the log, for late listeners too", () => {
    const output = new BuildOutput(to("1"));
    for (let line = 0; line < 1000; line++) output.line(`line ${line}`);
    expect(output.tail).toHaveLength(400);
    expect(output.tail.at(-1)).toBe("line 999");
    const { observer, log } = recordBuild();
    const leave = output.observe(observer);
    expect(log).toEqual(output.tail);
    output.line("more");
    leave();
    output.line("too late");
    expect(log.at(-1)).toBe("more");
    for (let line = 0; line < 100; line++) output.line("x".repeat(4000));
    expect(output.tail.join("").length).toBeLessThanOrEqual(64 * 1024);
  });

  it("is heard once the build is said to run", () => {
    const { observer, heard } = recordBuild();
    const told = runningFirst(observer);
    told.log("one");
    told.running();
    expect(heard).toEqual(["running", "log"]);
  });

  it("leaves out the page of flags that Kaniko shows with some errors", () => {
    const output = new BuildOutput(to("1"));
    for (const line of ["Error: no Dockerfile", "Usage:", "  executor [flags]", "", "Flags:"])
      output.line(line);
    expect(output.tail).toEqual(["Error: no Dockerfile"]);
    const other = new BuildOutput(to("1"));
    for (const line of [record("RUN tool"), "Usage:", "  tool [flags]"]) other.line(line);
    expect(other.tail).toEqual(["RUN tool", "Usage:", "  tool [flags]"]);
  });
});
