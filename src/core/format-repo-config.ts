import { formatDuration } from "./format-duration.ts";
import type { ImageConfig, PathFilter, RepoConfig } from "./repo-config.ts";
import { describeWish } from "./verification/format-wish.ts";

/** What a configuration comes to, in plain text for the person who wrote it. */
export function formatRepoConfig({ images, triggers, skipMarkers, supersede }: RepoConfig): string {
  return [
    `Builds ${images.length === 1 ? "one image" : `${images.length} images`}:`,
    ...images.flatMap((image) => ["", ...formatImage(image)]),
    "",
    "Triggers:",
    `  branches       ${formatList(triggers.branches)}`,
    `  Git tags       ${formatList(triggers.tags)}`,
    `  pull requests  ${triggers.pullRequests.length === 0 ? "none" : `to ${formatList(triggers.pullRequests)}`}`,
    `  changed files  ${formatFilter(triggers.paths)}`,
    `  skipped by     ${formatList(skipMarkers)}`,
    `  newer pushes   ${formatSupersede(supersede)}`,
    "",
  ].join("\n");
}

function formatImage(image: ImageConfig): string[] {
  const { name, path, context, target, platform, args, labels, tags, paths, deadlineSeconds } = image;
  const place = path ?? `<owner>/<repository>${name === undefined ? "" : `/${name}`}`;
  const row = (label: string, value: string) => `    ${label.padEnd(12)} ${value}`;
  const secrets = args.flatMap(({ name, value }) =>
    typeof value === "string" ? [] : [`${name} from ${value.secret}`],
  );
  return [
    `  ${place}`,
    ...(name === undefined ? [] : [row("name", name)]),
    row("context", context === "" ? "the repository's root" : context),
    ...formatDockerfileRow(image, row),
    ...(target === undefined ? [] : [row("stage", target)]),
    ...(platform === undefined ? [] : [row("platform", platform)]),
    ...(args.length === 0 ? [] : [row("arguments", formatList(args.map(({ name }) => name)))]),
    ...(secrets.length === 0 ? [] : [row("secrets", formatList(secrets))]),
    ...(Object.keys(labels).length === 0 ? [] : [row("labels", formatList(Object.keys(labels)))]),
    row("tags", formatList(["the commit's SHA", ...(tags.length === 0 ? ["the Git tag's name"] : tags)])),
    row("files", formatFilter(paths)),
    ...(deadlineSeconds === undefined ? [] : [row("timeout", formatDuration(deadlineSeconds * 1000))]),
    ...(image.class === undefined ? [] : [row("class", image.class)]),
    ...formatResources(image).map((line, at) => row(at === 0 ? "resources" : "", line)),
    ...formatVerify(image).map((line, at) => row(at === 0 ? "verified" : "", line)),
  ];
}

function formatResources({ resources = {} }: ImageConfig): string[] {
  return Object.entries(resources).map(([kind, { request, limit }]) =>
    [
      kind,
      ...(request === undefined ? [] : [`request ${request}`]),
      ...(limit === undefined ? [] : [`limit ${limit}`]),
    ].join(" "),
  );
}

function formatVerify({ verify }: ImageConfig): string[] {
  if (verify === undefined) return [];
  const { timeoutSeconds } = verify;
  return [...describeWish(verify), `within ${formatDuration(timeoutSeconds * 1000)}`];
}

function formatDockerfileRow(
  { dockerfile }: ImageConfig,
  row: (label: string, value: string) => string,
): string[] {
  if ("path" in dockerfile) return [row("Dockerfile", dockerfile.path)];
  const lines = dockerfile.text.trimEnd().split("\n");
  return lines.map((line, at) => row(at === 0 ? "Dockerfile" : "", line));
}

function formatFilter({ include, ignore }: PathFilter): string {
  const some = include.includes("**") ? "any" : formatList(include);
  return ignore.length === 0 ? some : `${some}, but not ${formatList(ignore)}`;
}

function formatSupersede(supersede: boolean | undefined): string {
  if (supersede === undefined) return "end older builds of their branch, unless it is the default one";
  return supersede ? "end older builds of their branch" : "end no build";
}

function formatList(items: readonly string[]): string {
  return items.length === 0 ? "none" : items.join(", ");
}
