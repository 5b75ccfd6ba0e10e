import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDockerfile } from "../../../../src/core/dockerfile.ts";
import { parseRepoConfig } from "../../../../src/core/repo-config/parse-repo-config.ts";

/** Other tests may be running beside these. */
const PATIENCE_MS = 60_000;

/** JSON is YAML: any value can be written. */
function dockerfileOf(dockerfile: object, args: object = {}): string {
  const parsed = parseRepoConfig(JSON.stringify({ images: [{ dockerfile, args }] }));
  if ("faults" in parsed) throw new Error(parsed.faults.map(({ message }) => message).join("\n"));
  const [image] = parsed.config.images;
  if (!("text" in image.dockerfile)) throw new Error("it has a path");
  return image.dockerfile.text;
}

function faultsOf(dockerfile: object): string[] {
  const parsed = parseRepoConfig(JSON.stringify({ images: [{ dockerfile }] }));
  return "faults" in parsed ? parsed.faults.map(({ message }) => message) : [];
}

describe("core/repo-config: a Dockerfile written out", { timeout: PATIENCE_MS }, () => {
  it("is a program on a base of the cluster's own", () => {
    const text = dockerfileOf({
      from: "registry.registry.svc:5000/base/static:3",
      workdir: "/usr/local/app",
      copy: { main: "/usr/local/app/main" },
      entrypoint: "/usr/local/app/main",
    });
    expect(text).toBe(
      [
        "FROM registry.registry.svc:5000/base/static:3",
        "WORKDIR /usr/local/app",
        "COPY main /usr/local/app/main",
        'ENTRYPOINT ["/usr/local/app/main"]',
        "",
      ].join("\n"),
    );
  });

  it("has its instructions in the order in which they are of use, whatever the order in the file", () => {
    const text = dockerfileOf(
      {
        cmd: ["a"],
        entrypoint: ["b"],
        user: "1000",
        expose: ["80", "53/udp"],
        run: ["c", "d"],
        copy: { e: "f" },
        workdir: "g",
        env: { H: "i" },
        from: "scratch",
      },
      { ARG_ONE: "x", ARG_TWO: { secret: "y" } },
    );
    expect(parseDockerfile(text).map(({ keyword }) => keyword)).toEqual([
      "FROM",
      ...["ARG", "ARG", "ENV", "WORKDIR", "COPY", "RUN", "RUN", "EXPOSE", "EXPOSE", "USER"],
      ...["ENTRYPOINT", "CMD"],
    ]);
  });

  it("names the arguments, and never their values", () => {
    const text = dockerfileOf({ from: "a" }, { TOKEN: { secret: "npm-token" }, VERSION: "1.2.3" });
    expect(text).toBe("FROM a\nARG TOKEN\nARG VERSION\n");
  });

  it.each([
    [{ env: { A: "b" } }, "ENV A=b"],
    [{ env: { A: "" } }, 'ENV A=""'],
    [{ env: { A: "/opt/bin:$PATH" } }, 'ENV A="/opt/bin:$PATH"'],
    [{ env: { A: "$B$$C" } }, String.raw`ENV A="$B\$C"`],
    [{ env: { A: 'b "c" d\\' } }, String.raw`ENV A="b \"c\" d\\"`],
    [{ env: { A: "it's # fine" } }, `ENV A="it's # fine"`],
    [{ workdir: "/a b" }, 'WORKDIR "/a b"'],
    [{ copy: { ".": "/srv/" } }, "COPY . /srv/"],
    [{ copy: { "--from=a": "/b" } }, 'COPY ["--from=a", "/b"]'],
    [{ copy: { "a b": "/c d/" } }, 'COPY ["a b", "/c d/"]'],
    [{ copy: { "it's": 'a"b' } }, String.raw`COPY ["it\\'s", "a\\\"b"]`],
    [{ copy: { "[id].ts": "$DIR/" } }, 'COPY ["[id].ts", "$DIR/"]'],
    [{ run: "npm ci && npm test" }, "RUN npm ci && npm test"],
    [{ run: "sort < a > b" }, "RUN sort < a > b"],
    [{ run: "--mount=type=secret cat" }, 'RUN ["/bin/sh", "-c", "--mount=type=secret cat"]'],
    [{ run: '["a", "b"]' }, String.raw`RUN ["/bin/sh", "-c", "[\"a\", \"b\"]"]`],
    [{ run: "a \\" }, String.raw`RUN ["/bin/sh", "-c", "a \\"]`],
    [{ run: "a\nRUN b\n" }, String.raw`RUN ["/bin/sh", "-ec", "a\nRUN b"]`],
    [{ run: "cat <<EOF" }, String.raw`RUN ["/bin/sh", "-c", "cat \u003c\u003cEOF"]`],
    [{ entrypoint: ["a", "b c", 'd"'] }, String.raw`ENTRYPOINT ["a", "b c", "d\""]`],
    [{ cmd: "node" }, 'CMD ["node"]'],
    [{ cmd: ["sh", "-c", "a\nb"] }, String.raw`CMD ["sh", "-c", "a\nb"]`],
    [{ user: "node:www-data" }, "USER node:www-data"],
    [{ expose: "8080/tcp" }, "EXPOSE 8080/tcp"],
  ])("has for %j the line %s", (dockerfile, line) => {
    const lines = dockerfileOf({ from: "a", ...dockerfile }).split("\n");
    expect(lines).toEqual(["FROM a", line, ""]);
  });

  it.each([
    { from: "a\nRUN b" },
    { from: "a AS b" },
    { from: "$BASE" },
    { from: "--platform=x a" },
    { from: "A" },
    { from: "" },
    { from: "a", env: { A: "b\nRUN c" } },
    { from: "a", env: { "A B": "c" } },
    { from: "a", env: { A: "$1" } },
    { from: "a", env: { A: "$" } },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what a person might write
    { from: "a", env: { A: "${B:-c}" } },
    { from: "a", workdir: "b\nRUN c" },
    { from: "a", workdir: "" },
    { from: "a", copy: { "b\nRUN c": "d" } },
    { from: "a", copy: { b: "d\nRUN c" } },
    { from: "a", copy: { b: "" } },
    { from: "a", copy: { "<<EOF": "b" } },
    { from: "a", copy: { b: "<<EOF" } },
    { from: "a", copy: { "../b": "c" } },
    { from: "a", run: " \n " },
    { from: "a", run: "b\u0000" },
    { from: "a", run: "b\rRUN c" },
    { from: "a", entrypoint: "node server.js" },
    { from: "a", entrypoint: [] },
    { from: "a", user: "b\nRUN c" },
    { from: "a", user: "b c" },
    { from: "a", expose: "80\nRUN c" },
    { from: "a", expose: "65536" },
    { from: "a", expose: "0" },
    { from: "a", volume: "b" },
  ])("refuses %j", (dockerfile) => {
    expect(faultsOf(dockerfile)).toHaveLength(1);
  });

  it("has one instruction for each thing asked for, whatever the values are", () => {
    const piece = fc.constantFrom(
      ..."ab \"'\\$<>`#[]{}=,;|&é".split(""),
      ...["$$", "$A", "<<EOF", "EOF", "\n", "\t", "\nRUN x", "\\\n", "--mount=x", "# escape=`\n", "\u2028"],
    );
    const text = fc.array(piece, { minLength: 1, maxLength: 15 }).map((pieces) => pieces.join(""));
    const line = text.map((value) => value.replace(/[\n\t]/g, "").replace(/\$/g, "$$$$") || "a");
    const name = fc.stringMatching(/^[A-Z]{1,5}$/);
    const command = text.filter((value) => value.trim() !== "");
    const dockerfile = fc.record({
      from: fc.constant("a"),
      env: fc.dictionary(name, line, { maxKeys: 3 }),
      workdir: line.filter((value) => value.trim() !== ""),
      copy: fc.dictionary(
        line.map((value) => `./${value.replaceAll("\\", "")}`),
        line.map((value) => `/${value}`),
        {
          maxKeys: 3,
        },
      ),
      run: fc.array(command, { maxLength: 3 }),
      entrypoint: fc.array(text, { minLength: 1, maxLength: 3 }),
      cmd: fc.array(text, { minLength: 1, maxLength: 3 }),
    });
    fc.assert(
      fc.property(dockerfile, (written) => {
        const instructions = parseDockerfile(dockerfileOf(written));
        expect(instructions.map(({ keyword }) => keyword)).toEqual([
          "FROM",
          ...Object.keys(written.env).map(() => "ENV"),
          "WORKDIR",
          ...Object.keys(written.copy).map(() => "COPY"),
          ...written.run.map(() => "RUN"),
          "ENTRYPOINT",
          "CMD",
        ]);
        expect(instructions.map(({ line: at }) => at)).toEqual(instructions.map((_, at) => at + 1));
        const words = (at: number) => JSON.parse(instructions.at(at)?.text.replace(/^\w+ /, "") ?? "");
        expect([words(-2), words(-1)]).toEqual([written.entrypoint, written.cmd]);
      }),
      { numRuns: 300 },
    );
  });
});
