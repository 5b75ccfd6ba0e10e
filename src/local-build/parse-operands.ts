import { parseArgs } from "node:util";
import { isCachePath, PATH_COMPONENT } from "../core/image-reference.ts";

/** What the command line asks for. */
export type BuildOperands = {
  folder: string;
  /** Below the registry's place. */
  imagePath: string;
  /** The first is the one that is confirmed; the others are set once it is. */
  tags: [string, ...string[]];
  /** From the folder, or absolute; `-`: the standard input. */
  dockerfile: string;
  target?: string;
  args: Record<string, string>;
  isPushed: boolean;
  noCache: boolean;
  json: boolean;
};

// https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
const TAG = /^\w[\w.-]{0,127}$/;
const ARGUMENT = /^([A-Za-z_]\w*)=([\s\S]*)$/;

/** The operands, or what is wrong with them, each as one line. `place` is where images go. */
export function parseOperands(operands: string[], place: string): BuildOperands | { faults: string[] } {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(operands);
  } catch (error) {
    return { faults: [(error as Error).message] };
  }
  const { values, positionals } = parsed;
  const [folder, ...others] = positionals;
  const { path, tag } = splitImage(values.image ?? "");
  const [first = "latest", ...further] = [...(tag === undefined ? [] : [tag]), ...(values.tag ?? [])];
  const given = (values["build-arg"] ?? []).map((text) => ({ text, parts: ARGUMENT.exec(text) }));
  const faults = [
    ...(folder === undefined ? ["name the folder to build"] : []),
    ...others.map((other) => `${other}: one folder is built at a time`),
    ...imageFaults(values.image, path, place),
    ...[first, ...further].filter((each) => !TAG.test(each)).map((each) => `--tag ${each}: is no image tag`),
    ...given
      .filter(({ parts }) => parts === null)
      .map(({ text }) => `--build-arg ${text}: expected NAME=VALUE`),
  ];
  if (faults.length > 0 || folder === undefined) return { faults };
  return {
    folder,
    imagePath: path,
    tags: [first, ...new Set(further.filter((each) => each !== first))],
    dockerfile: values.dockerfile ?? "Dockerfile",
    ...(values.target === undefined ? {} : { target: values.target }),
    args: Object.fromEntries(given.flatMap(({ parts }) => (parts ? [[parts[1], parts[2]]] : []))),
    isPushed: !values["no-push"],
    noCache: values["no-cache"] ?? false,
    json: values.json ?? false,
  };
}

function parse(args: string[]) {
  return parseArgs({
    args,
    allowPositionals: true,
    options: {
      image: { type: "string" },
      dockerfile: { type: "string" },
      target: { type: "string" },
      "build-arg": { type: "string", multiple: true },
      tag: { type: "string", multiple: true },
      "no-push": { type: "boolean" },
      "no-cache": { type: "boolean" },
      json: { type: "boolean" },
    },
  });
}

/** `tools/hello:1.0` → `tools/hello` and `1.0` */
function splitImage(image: string): { path: string; tag?: string } {
  const colon = image.indexOf(":", image.lastIndexOf("/") + 1);
  return colon < 0 ? { path: image } : { path: image.slice(0, colon), tag: image.slice(colon + 1) };
}

function imageFaults(image: string | undefined, path: string, place: string): string[] {
  if (image === undefined) return ["--image NAME: is required"];
  if (path.startsWith(`${place}/`))
    return [
      `--image ${image}: is a name below ${place} already; write --image ${image.slice(place.length + 1)}`,
    ];
  if (isCachePath(path)) return [`--image ${image}: is the name of a layer cache`];
  if (path.split("/").every((component) => PATH_COMPONENT.test(component))) return [];
  return [
    `--image ${image}: expected a name below ${place}, in lower case, such as tools/hello or tools/hello:1.0`,
  ];
}
