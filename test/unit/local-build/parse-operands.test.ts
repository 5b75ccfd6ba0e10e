import { describe, expect, it } from "vitest";
import { parseOperands } from "../../../src/local-build/parse-operands.ts";

const PLACE = "registry.example.com:5000/team";
const parse = (...operands: string[]) => parseOperands(operands, PLACE);

describe("local-build/parse-operands", () => {
  it("asks for a folder and an image, and has defaults for the rest", () => {
    expect(parse("app", "--image", "tools/hello")).toEqual({
      folder: "app",
      imagePath: "tools/hello",
      tags: ["latest"],
      dockerfile: "Dockerfile",
      args: {},
      isPushed: true,
      noCache: false,
      json: false,
    });
  });

  it("takes tags with the image's name and by themselves, each once", () => {
    const operands = parse("app", "--image=hello:1.0", "--tag", "stable", "--tag=1.0", "--tag", "stable");
    expect(operands).toMatchObject({ imagePath: "hello", tags: ["1.0", "stable"] });
  });

  it("takes build arguments with whatever value they have", () => {
    const operands = parse("app", "--image=a", "--build-arg", "A=b=c d", "--build-arg", "EMPTY=");
    expect(operands).toMatchObject({ args: { A: "b=c d", EMPTY: "" } });
  });

  it("takes the other options as they are", () => {
    const operands = parse(
      "--no-push",
      "--no-cache",
      "--json",
      "--target=first",
      "--image=a",
      "--dockerfile=-",
      ".",
    );
    const expected = {
      isPushed: false,
      noCache: true,
      json: true,
      target: "first",
      dockerfile: "-",
      folder: ".",
    };
    expect(operands).toMatchObject(expected);
  });

  it.each([
    [[], ["name the folder to build", "--image NAME: is required"]],
    [["a", "b", "--image=c"], ["b: one folder is built at a time"]],
    [
      ["a", `--image=${PLACE}/hello`],
      [`--image ${PLACE}/hello: is a name below ${PLACE} already; write --image hello`],
    ],
    [["a", "--image=Hello"], [expect.stringContaining("--image Hello: expected a name below")]],
    [["a", "--image=../b"], [expect.stringContaining("--image ../b: expected a name below")]],
    [["a", "--image="], [expect.stringContaining("expected a name below")]],
    [["a", "--image=b/pushwright-cache"], ["--image b/pushwright-cache: is the name of a layer cache"]],
    [["a", "--image=b", "--tag=a b"], ["--tag a b: is no image tag"]],
    [["a", "--image=b:"], ["--tag : is no image tag"]],
    [["a", "--image=b", "--build-arg", "C"], ["--build-arg C: expected NAME=VALUE"]],
    [["a", "--image=b", "--what"], [expect.stringContaining("--what")]],
  ])("says what is wrong with %j", (operands, faults) => {
    expect(parse(...operands)).toEqual({ faults });
  });
});
