import type { BuildArgument, DockerfileSource } from "./image-build.ts";

/** Globs over paths from the repository's root: something must match `include`, and not all may match `ignore`. */
export type PathFilter = { include: string[]; ignore: string[] };

/** One image of a repository, as its configuration says. */
export type ImageConfig = {
  /** Absent when the repository has just one image and gives it no name. */
  name?: string;
  /** Below the registry's place, if it is not `<owner>/<repo>` or `<owner>/<repo>/<name>`. */
  path?: string;
  /** Folder from the repository's root, without a leading or trailing slash; `""` is the root. */
  context: string;
  /** A path is from the repository's root. */
  dockerfile: DockerfileSource;
  target?: string;
  args: BuildArgument[];
  labels: Record<string, string>;
  platform?: string;
  /** Templates: `{{branch}}`, `{{major}}.{{minor}}`, `latest`. */
  tags: string[];
  /** Beyond the filter of the whole repository. */
  paths: PathFilter;
  deadlineSeconds?: number;
};

/** What a repository wants: `.pushwright.yml`, with every default filled in. */
export type RepoConfig = {
  images: [ImageConfig, ...ImageConfig[]];
  triggers: {
    /** Globs; a branch must match one. */
    branches: string[];
    /** Globs; a Git tag must match one. */
    tags: string[];
    /** Globs over the base branch; none: pull requests build nothing. */
    pullRequests: string[];
    paths: PathFilter;
  };
  /** In lower case. */
  skipMarkers: string[];
  /** Whether newer pushes end older builds; absent: on every branch but the default one. */
  supersede?: boolean;
  /** The repository has no configuration: this is what is assumed of it. */
  isAssumed?: true;
};

/** Something that is wrong with a configuration, and where. */
export type ConfigFault = {
  /** Counted from 1. */
  line: number;
  column: number;
  /** What is there and what was expected, as one sentence without a full stop. */
  message: string;
};

export const CONFIG_FILE = ".pushwright.yml";
